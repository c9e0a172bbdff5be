import type { Meta, StoryObj } from '@storybook/react-vite';
import { useOptimistic, useRef, type FormEvent, type ReactNode } from 'react';
import { startTransition } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { ProgressBar, useCancelableAction } from 'use-cancelable';
import { count } from './work.ts';

interface GuestBookProps {
  /** How long sending takes, in steps of 20 ms. */
  steps: number;
}

/** What is sent shows at once, and goes back when it is canceled; what was typed stays in the field. */
function GuestBook({ steps }: GuestBookProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const [names, add, isPending, cancel, action] = useCancelableAction(
    async (op, before: readonly string[], name: string) => {
      await count(op, steps);
      return [...before, name];
    },
    ['Ada'],
    { name: 'Sign' },
  );
  const [shown, showSoon] = useOptimistic(names, (before, name: string) => [...before, `${name} (sending)`]);
  const submit = (event: FormEvent): void => {
    event.preventDefault(); // as the form's `action`, React would empty the field
    const name = field.current!.value;
    startTransition(() => {
      showSoon(name);
      add(name);
    });
  };
  return (
    <form onSubmit={submit}>
      <label>
        Name <input ref={field} />
      </label>
      <button>Sign</button>
      <button type="button" onClick={cancel} disabled={!isPending}>
        Cancel
      </button>
      <ProgressBar of={action} aria-label="Sending" />
      <ul>
        {shown.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <output>{action.isCanceled ? `Not sent: ${action.reason}` : ''}</output>
    </form>
  );
}

const meta: Meta<typeof GuestBook> = {
  title: 'Hooks/useCancelableAction',
  component: GuestBook,
  args: { steps: 20 },
};
export default meta;

type Story = StoryObj<typeof GuestBook>;

const namesIn = (element: HTMLElement): Array<string | null> =>
  within(element)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

export const ShowsTheNameAtOnce: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'Grace');
    await userEvent.click(canvas.getByRole('button', { name: 'Sign' }));
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['Ada', 'Grace (sending)']));
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['Ada', 'Grace']), { timeout: 5000 });
  },
};

export const GoesBackWhenItIsCanceled: Story = {
  args: { steps: 500 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'Grace');
    await userEvent.click(canvas.getByRole('button', { name: 'Sign' }));
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['Ada', 'Grace (sending)']));
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['Ada']));
    await expect(canvas.getByRole('status')).toHaveTextContent('Not sent: manual');
    await expect(canvas.getByRole('textbox')).toHaveValue('Grace');
  },
};
