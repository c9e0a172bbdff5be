import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { ProgressBar, useCancelableEffect } from 'use-cancelable';
import { count } from './work.ts';

interface ChapterProps {
  /** How long a chapter takes, in steps of 20 ms. */
  steps: number;
}

/** Loads a chapter whenever another one is chosen, which supersedes the one before. */
function Chapter({ steps }: ChapterProps): ReactNode {
  const [chapter, setChapter] = useState(1);
  const loading = useCancelableEffect(
    async (op) => {
      await count(op, steps);
      return `Chapter ${chapter}`;
    },
    [chapter, steps],
    { name: 'Load' },
  );
  const { status, data, reason, cancel, settle } = loading;
  return (
    <section aria-label="Book">
      <button onClick={() => setChapter(chapter + 1)}>Next chapter</button>
      <button onClick={cancel}>Stop</button>
      <button onClick={() => void settle()}>Again</button>
      <ProgressBar of={loading} aria-label="Chapter" />
      <output>{[status, reason, data].filter(Boolean).join(', ')}</output>
    </section>
  );
}

const meta: Meta<typeof Chapter> = {
  title: 'Hooks/useCancelableEffect',
  component: Chapter,
  args: { steps: 10 },
};
export default meta;

type Story = StoryObj<typeof Chapter>;

export const RunsAnewForNewDependencies: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('completed, Chapter 1'));
    await userEvent.click(canvas.getByRole('button', { name: 'Next chapter' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('running, Chapter 1');
    await userEvent.click(canvas.getByRole('button', { name: 'Next chapter' }));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('completed, Chapter 3'));
  },
};

export const IsStoppedAndRunAgain: Story = {
  args: { steps: 50 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('running'));
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('canceled, manual');
    await userEvent.click(canvas.getByRole('button', { name: 'Again' }));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('completed, Chapter 1'), {
      timeout: 5000,
    });
  },
};
