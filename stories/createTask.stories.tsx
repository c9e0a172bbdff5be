import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { createTask, type Policy } from 'use-cancelable/core';
import { count } from './work.ts';

interface SyncProps {
  policy: Policy;
  /** How long a run takes, in steps of 20 ms. */
  steps: number;
}

/** A task of its own, to which a view of any framework binds. */
function Sync({ policy, steps }: SyncProps): ReactNode {
  const [task] = useState(() => createTask((op) => count(op, steps), { name: 'Sync', policy }));
  const { status, queued, data } = useSyncExternalStore(task.subscribe, task.getSnapshot);
  return (
    <section aria-label="Sync">
      <button onClick={() => void task.settle()}>Sync</button>
      <button onClick={task.cancel}>Cancel</button>
      <button onClick={task.reset}>Reset</button>
      <output>{[status, `${queued} waiting`, data].filter((part) => part !== undefined).join(', ')}</output>
    </section>
  );
}

const meta: Meta<typeof Sync> = {
  title: 'Core/createTask',
  component: Sync,
  args: { policy: 'keepLatest', steps: 5 },
  argTypes: { policy: { control: 'select', options: ['restart', 'drop', 'enqueue', 'keepLatest', 'parallel'] } },
};
export default meta;

export const KeepsTheLatest: StoryObj<typeof Sync> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    for (let click = 0; click < 3; click += 1) await userEvent.click(canvas.getByRole('button', { name: 'Sync' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('running, 1 waiting');
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('completed, 0 waiting, 5'));
    await userEvent.click(canvas.getByRole('button', { name: 'Reset' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('idle, 0 waiting');
  },
};
