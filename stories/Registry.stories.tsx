import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { useCancelable } from 'use-cancelable';
import { createRegistry } from 'use-cancelable/core';
import { count } from './work.ts';

interface OperationsProps {
  /** How long the work takes, in steps of 20 ms; the shielded part of it takes 20 of them. */
  steps: number;
}

/** Lists what runs. The draft is saved in a shield: canceling leaves it alone, and the work waits for it. */
function Operations({ steps }: OperationsProps): ReactNode {
  const [registry] = useState(() => createRegistry());
  const operations = useSyncExternalStore(registry.subscribe, registry.getSnapshot, registry.getSnapshot);
  const { settle } = useCancelable({ name: 'Edit', register: registry });
  const edit = (): void =>
    void settle((op) => {
      void op.shield((draft) => count(draft, 20), { name: 'Save draft', register: registry });
      return count(op, steps);
    });
  return (
    <section aria-label="Operations">
      <button onClick={edit}>Edit</button>
      <button onClick={() => registry.cancelAll()}>Cancel all</button>
      <ul>
        {operations.map(({ id, name, status }) => (
          <li key={id}>
            {name}: {status}
          </li>
        ))}
      </ul>
      <output>{registry.statistics().history} ended</output>
    </section>
  );
}

const meta: Meta<typeof Operations> = {
  title: 'Core/registry',
  component: Operations,
  args: { steps: 1000 },
};
export default meta;

type Story = StoryObj<typeof Operations>;

export const CancelsAllButAShield: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const lines = (): Array<string | null> => canvas.queryAllByRole('listitem').map(({ textContent }) => textContent);
    await expect(lines()).toEqual([]);
    await userEvent.click(canvas.getByRole('button', { name: 'Edit' }));
    await waitFor(() => expect(lines()).toEqual(['Edit: running', 'Save draft: shielded']));
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel all' }));
    await waitFor(() => expect(lines()).toEqual(['Edit: canceled', 'Save draft: shielded']));
    await waitFor(() => expect(lines()).toEqual([]));
    await expect(canvas.getByRole('status')).toHaveTextContent('2 ended');
  },
};
