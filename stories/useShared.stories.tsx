import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { CancelableBoundary, useShared, type Cancelable } from 'use-cancelable';
import { count } from './work.ts';

interface PanelsProps {
  /** How many panels share the work. */
  panels: number;
  /** How long the work takes, in steps of 20 ms. */
  steps: number;
}

interface PanelProps {
  readonly body: (op: Cancelable) => Promise<number>;
  readonly onClose: () => void;
}

function Panel({ body, onClose }: PanelProps): ReactNode {
  const { status, data, cancel, run } = useShared('report', body, { name: 'Report' });
  return (
    <li>
      {[status, data].filter((part) => part !== undefined).join(' ')} <button onClick={onClose}>Close</button>
      <button onClick={cancel}>Cancel</button>
      <button onClick={() => void run()}>Again</button>
    </li>
  );
}

/** All panels show the same work. It is canceled when the last of them is closed. */
function Panels({ panels, steps }: PanelsProps): ReactNode {
  const [open, setOpen] = useState(() => Array.from({ length: panels }, (_, index) => index));
  const [lines, setLines] = useState<readonly string[]>([]);
  const body = (op: Cancelable): Promise<number> => {
    setLines((before) => [...before, 'started']);
    op.onCancel(({ cancelReason }) => setLines((before) => [...before, `canceled: ${cancelReason}`]));
    return count(op, steps);
  };
  return (
    <CancelableBoundary name="Page">
      <ul>
        {open.map((index) => (
          <Panel key={index} body={body} onClose={() => setOpen(open.filter((other) => other !== index))} />
        ))}
      </ul>
      <button onClick={() => setOpen([...open, Math.max(-1, ...open) + 1])}>Open a panel</button>
      <output>{lines.join(', ')}</output>
    </CancelableBoundary>
  );
}

const meta: Meta<typeof Panels> = {
  title: 'Hooks/useShared',
  component: Panels,
  args: { panels: 3, steps: 10 },
};
export default meta;

type Story = StoryObj<typeof Panels>;

const panelsIn = (element: HTMLElement): string[] =>
  within(element)
    .queryAllByRole('listitem')
    .map(({ firstChild }) => firstChild?.textContent?.trim() ?? '');

export const StartsOnceForAll: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(panelsIn(canvasElement)).toEqual(['completed 10', 'completed 10', 'completed 10']));
    await userEvent.click(canvas.getByRole('button', { name: 'Open a panel' }));
    await expect(panelsIn(canvasElement)).toHaveLength(4);
    await waitFor(() => expect(panelsIn(canvasElement)[3]).toBe('completed 10'));
    await expect(canvas.getByRole('status')).toHaveTextContent('started');
  },
};

export const EndsWithTheLast: Story = {
  args: { steps: 1000 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const close = (): Promise<void> => userEvent.click(canvas.getAllByRole('button', { name: 'Close' })[0]!);
    await waitFor(() => expect(panelsIn(canvasElement)).toEqual(['running', 'running', 'running']));
    await close();
    await close();
    await waitFor(() => expect(panelsIn(canvasElement)).toEqual(['running']));
    await expect(canvas.getByRole('status')).toHaveTextContent(/^started$/);
    await close();
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('started, canceled: unmount'));
  },
};
