import type { Meta, StoryObj } from '@storybook/react-vite';
import { Profiler, useRef, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { getProgressProps, useCancelable, useProgress, type CancelableState } from 'use-cancelable';

interface ViewProps {
  readonly of: CancelableState<void>;
  readonly throttle: number;
}

function Words({ of, throttle }: ViewProps): ReactNode {
  const view = useProgress(of, { throttle });
  return (
    <div {...getProgressProps(view)} aria-label="In words">
      {view.message ?? 'Nothing yet'}
    </div>
  );
}

/** Renders for each tenth only, however often is reported. */
function Tenths({ of }: Pick<ViewProps, 'of'>): ReactNode {
  const renders = useRef(0);
  const tenths = useProgress(of, { select: ({ progress }) => Math.floor((progress ?? 0) / 10) });
  return (
    <Profiler id="tenths" onRender={() => (renders.current += 1)}>
      <output>{tenths} tenths</output>
    </Profiler>
  );
}

interface ReportsProps {
  /** How many reports the work makes. */
  reports: number;
  /** Milliseconds between two renders of the words. */
  throttle: number;
}

function Reports({ reports, throttle }: ReportsProps): ReactNode {
  const work = useCancelable<void>({ name: 'Work' });
  const start = (): void =>
    void work.settle(async (op) => {
      for (let current = 1; current <= reports; current += 1) {
        op.report(`Report ${current}`, { current, total: reports });
        if (current % 10 === 0) await op.sleep(10);
      }
    });
  return (
    <section aria-label="Work">
      <button onClick={start}>Start</button>
      <Words of={work} throttle={throttle} />
      <Tenths of={work} />
    </section>
  );
}

const meta: Meta<typeof Reports> = {
  title: 'Hooks/useProgress',
  component: Reports,
  args: { reports: 500, throttle: 50 },
};
export default meta;

export const Throttled: StoryObj<typeof Reports> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(canvas.getByRole('progressbar')).toHaveAttribute('data-status', 'completed'), {
      timeout: 5000,
    });
    await expect(canvas.getByRole('progressbar')).toHaveTextContent('Report 500');
    await expect(canvas.getByRole('status')).toHaveTextContent('10 tenths');
  },
};
