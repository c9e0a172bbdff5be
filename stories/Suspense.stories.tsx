import type { Meta, StoryObj } from '@storybook/react-vite';
import { Suspense, use, useState, useTransition, type ReactNode } from 'react';
import { expect, waitFor, within } from 'storybook/test';
import { CancelableBoundary, useCancelable, type Outcome } from 'use-cancelable';
import { count } from './work.ts';

function Part({ outcome }: { readonly outcome: PromiseLike<Outcome<string>> }): ReactNode {
  const result = use(outcome as Promise<Outcome<string>>);
  if (result.status === 'completed') return <p>{result.value}</p>;
  return <p>{result.status === 'canceled' ? `Canceled: ${result.reason}` : 'Failed'}</p>;
}

interface BookProps {
  /** How long a part takes, in steps of 20 ms. */
  steps: number;
}

/** `settle` never rejects, so no cancelation is thrown into render; its promise lives in state. */
function Book({ steps }: BookProps): ReactNode {
  const [outcome, setOutcome] = useState<PromiseLike<Outcome<string>>>();
  const [isPending, startTransition] = useTransition();
  const { settle, cancel } = useCancelable(
    async (op, part: number) => {
      await count(op, steps);
      return `Part ${part}`;
    },
    { name: 'Load' },
  );
  const open = (part: number): void => startTransition(() => setOutcome(settle(part)));
  return (
    <section aria-label="Book" aria-busy={isPending}>
      {[1, 2].map((part) => (
        <button key={part} onClick={() => open(part)}>
          Part {part}
        </button>
      ))}
      <button onClick={cancel}>Cancel</button>
      <Suspense fallback={<p>Loading</p>}>{outcome !== undefined && <Part outcome={outcome} />}</Suspense>
    </section>
  );
}

function Page(props: BookProps): ReactNode {
  return (
    <CancelableBoundary name="Page">
      <Book {...props} />
    </CancelableBoundary>
  );
}

const meta: Meta<typeof Page> = {
  title: 'Recipes/Suspense, live',
  component: Page,
  args: { steps: 10 },
};
export default meta;

// Clicked as the DOM does it: Storybook's own clicks run in React's `act`, in which a suspended transition does not go on.
export const TheNewestWins: StoryObj<typeof Page> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    canvas.getByRole('button', { name: 'Part 1' }).click();
    canvas.getByRole('button', { name: 'Part 2' }).click();
    await waitFor(() => expect(canvas.getByText('Part 2', { selector: 'p' })).toBeVisible(), { timeout: 5000 });
    await expect(canvas.getByRole('region', { name: 'Book' })).toHaveAttribute('aria-busy', 'false');
  },
};

export const ACancelationIsAnOutcome: StoryObj<typeof Page> = {
  args: { steps: 1000 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    canvas.getByRole('button', { name: 'Part 1' }).click();
    await waitFor(() => expect(canvas.getByRole('region', { name: 'Book' })).toHaveAttribute('aria-busy', 'true'));
    canvas.getByRole('button', { name: 'Cancel' }).click();
    await waitFor(() => expect(canvas.getByText('Canceled: manual')).toBeVisible());
  },
};
