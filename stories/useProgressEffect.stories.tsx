import type { Meta, StoryObj } from '@storybook/react-vite';
import { useRef, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { getProgressProps, useCancelable, useProgressEffect } from 'use-cancelable';
import { count } from './work.ts';

interface RingProps {
  /** How long the work takes, in steps of 20 ms. */
  steps: number;
}

/** A ring of one's own: its element is written to, and nothing renders while it turns. */
function Ring({ steps }: RingProps): ReactNode {
  const work = useCancelable({ name: 'Work' });
  const ring = useRef<HTMLDivElement>(null);
  useProgressEffect(work, (view) => {
    for (const [name, value] of Object.entries(getProgressProps(view))) {
      if (value === undefined) ring.current!.removeAttribute(name);
      else ring.current!.setAttribute(name, String(value));
    }
    ring.current!.style.background = `conic-gradient(CanvasText ${view.progress ?? 0}%, transparent 0)`;
  });
  const style = { width: 64, height: 64, borderRadius: '50%', border: '1px solid', margin: 16 };
  return (
    <section aria-label="Ring">
      <button onClick={() => void work.settle((op) => count(op, steps))}>Start</button>
      <div ref={ring} aria-label="Work" style={style} />
    </section>
  );
}

const meta: Meta<typeof Ring> = {
  title: 'Hooks/useProgressEffect',
  component: Ring,
  args: { steps: 20 },
};
export default meta;

export const ARingOfYourOwn: StoryObj<typeof Ring> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('progressbar')).toHaveAttribute('data-status', 'idle');
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(canvas.getByRole('progressbar')).toHaveAttribute('data-status', 'completed'), {
      timeout: 5000,
    });
    await expect(canvas.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
  },
};
