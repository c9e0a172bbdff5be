import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { useCancelable, type Policy } from 'use-cancelable';
import { count } from './work.ts';

interface CounterProps {
  policy: Policy;
  steps: number;
  /** Milliseconds; 0: none. */
  timeout: number;
}

function Counter({ policy, steps, timeout }: CounterProps): ReactNode {
  const options = timeout === 0 ? { policy } : { policy, timeout };
  const { run, cancel, reset, status, data, reason, partialResult } = useCancelable<number>(options);
  return (
    <section aria-label="Counter">
      <button onClick={() => void run((op) => count(op, steps))}>Count</button>
      <button onClick={cancel}>Cancel</button>
      <button onClick={reset}>Reset</button>
      <output>
        {status}
        {reason === undefined ? '' : `: ${reason}, at ${(partialResult as number | undefined) ?? 0}`}
        {data === undefined ? '' : `, last result ${data}`}
      </output>
    </section>
  );
}

const meta: Meta<typeof Counter> = {
  title: 'Hooks/useCancelable',
  component: Counter,
  args: { policy: 'restart', steps: 20, timeout: 0 },
  argTypes: { policy: { control: 'select', options: ['restart', 'drop', 'parallel'] } },
};
export default meta;

type Story = StoryObj<typeof Counter>;

export const Completes: Story = {
  args: { steps: 3 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('status')).toHaveTextContent('idle');
    await userEvent.click(canvas.getByRole('button', { name: 'Count' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('running');
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('completed, last result 3'));
  },
};

export const IsCanceledByItsButton: Story = {
  args: { steps: 1000 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Count' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }));
    await expect(canvas.getByRole('status')).toHaveTextContent(/canceled: manual, at \d+/);
  },
};

export const TimesOut: Story = {
  args: { steps: 1000, timeout: 60 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Count' }));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('canceled: timeout'));
  },
};
