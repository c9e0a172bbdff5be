import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { CancelableBoundary, getProgressProps, ProgressBar, useCancelable, useProgress } from 'use-cancelable';
import { count, think } from './work.ts';

interface WorkProps {
  label: string;
  steps: number;
  /** Reports no total. */
  unknownTotal: boolean;
}

function Work({ label, steps, unknownTotal }: WorkProps): ReactNode {
  const work = useCancelable({ name: label });
  const { run } = work;
  return (
    <p>
      <button onClick={() => void run((op) => (unknownTotal ? think(op) : count(op, steps, 10)))}>Start</button>{' '}
      <ProgressBar of={work} aria-label={label} />
    </p>
  );
}

/** A bar of one's own, for the whole page. */
function OwnBar(): ReactNode {
  const view = useProgress();
  return (
    <div {...getProgressProps(view)} aria-label="Page" style={{ border: '1px solid', width: 160 }}>
      <div style={{ background: 'currentColor', height: 8, width: `${view.progress ?? 0}%` }} />
    </div>
  );
}

function Page(props: WorkProps): ReactNode {
  return (
    <CancelableBoundary name="page">
      <Work {...props} />
      <OwnBar />
    </CancelableBoundary>
  );
}

const meta: Meta<typeof Page> = {
  title: 'Components/ProgressBar',
  component: Page,
  args: { label: 'Download', steps: 10, unknownTotal: false },
};
export default meta;

type Story = StoryObj<typeof Page>;

export const Determinate: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const bar = canvas.getByRole('progressbar', { name: 'Download' });
    await expect(bar).toHaveAttribute('data-status', 'idle');
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(bar).toHaveAttribute('data-status', 'completed'));
    await expect(bar).toHaveValue(100);
    await waitFor(() =>
      expect(canvas.getByRole('progressbar', { name: 'Page' })).toHaveAttribute('aria-valuenow', '100'),
    );
  },
};

export const Indeterminate: Story = {
  args: { unknownTotal: true },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const bar = canvas.getByRole('progressbar', { name: 'Download' });
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(bar).not.toHaveAttribute('value'));
    await waitFor(() => expect(bar).toHaveAttribute('data-status', 'completed'));
  },
};
