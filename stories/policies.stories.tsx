import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { useCancelable, type Policy } from 'use-cancelable';
import { count } from './work.ts';

interface RunsProps {
  policy: Policy;
  /** How many may run before the policy has its say. */
  maxConcurrency: number;
  /** How long a run takes, in steps of 20 ms. */
  steps: number;
}

/** Each click asks for one more run; the list shows what has become of each. */
function Runs({ policy, maxConcurrency, steps }: RunsProps): ReactNode {
  const [fates, setFates] = useState<readonly { readonly run: number; readonly fate: string }[]>([]);
  const { settle, cancel, isRunning, queued } = useCancelable((op) => count(op, steps), { policy, maxConcurrency });
  const tell = (run: number, fate: string): void => setFates((before) => before.with(run, { run, fate }));
  const start = (): void => {
    const run = fates.length;
    setFates([...fates, { run, fate: 'asked for' }]);
    void settle().then((outcome) => tell(run, outcome.status === 'canceled' ? outcome.reason : outcome.status));
  };
  return (
    <section aria-label="Runs">
      <button onClick={start}>Run</button>
      <button onClick={cancel} disabled={!isRunning}>
        Cancel all
      </button>
      <output>
        {isRunning ? 'running' : 'at rest'}, {queued} waiting
      </output>
      <ol>
        {fates.map(({ run, fate }) => (
          <li key={run}>{fate}</li>
        ))}
      </ol>
    </section>
  );
}

const meta: Meta<typeof Runs> = {
  title: 'Policies',
  component: Runs,
  args: { maxConcurrency: 1, steps: 40 },
  argTypes: {
    policy: { control: 'select', options: ['restart', 'drop', 'enqueue', 'keepLatest', 'parallel'] },
    maxConcurrency: { control: { type: 'number', min: 1, max: 5 } },
  },
};
export default meta;

type Story = StoryObj<typeof Runs>;

/** Clicks four times, and sees what became of each run. */
const fatesAfterFourClicks =
  (waiting: number, fates: readonly string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    for (let click = 0; click < 4; click += 1) await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await expect(canvas.getByRole('status')).toHaveTextContent(`running, ${waiting} waiting`);
    const lines = (): Array<string | null> => canvas.getAllByRole('listitem').map(({ textContent }) => textContent);
    await waitFor(() => expect(lines()).toEqual(fates), { timeout: 10_000 });
    await expect(canvas.getByRole('status')).toHaveTextContent('at rest, 0 waiting');
  };

/** The newest wins: the older one is canceled. For a search as you type. */
export const Restart: Story = {
  args: { policy: 'restart' },
  play: fatesAfterFourClicks(0, ['superseded', 'superseded', 'superseded', 'completed']),
};

/** The newest does not start while one is on. For a button that must not send twice. */
export const Drop: Story = {
  args: { policy: 'drop' },
  play: fatesAfterFourClicks(0, ['completed', 'dropped', 'dropped', 'dropped']),
};

/** Each waits for its turn. For writes whose order counts. */
export const Enqueue: Story = {
  args: { policy: 'enqueue' },
  play: fatesAfterFourClicks(3, ['completed', 'completed', 'completed', 'completed']),
};

/** Only the newest waits. For saving a document that goes on changing. */
export const KeepLatest: Story = {
  args: { policy: 'keepLatest' },
  play: fatesAfterFourClicks(1, ['completed', 'superseded', 'superseded', 'completed']),
};

/** As many at once as `maxConcurrency` says; the rest waits. For uploads. */
export const Parallel: Story = {
  args: { policy: 'parallel', maxConcurrency: 2 },
  play: fatesAfterFourClicks(2, ['completed', 'completed', 'completed', 'completed']),
};
