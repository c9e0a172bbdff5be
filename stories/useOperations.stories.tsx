import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  CancelableBoundary,
  createRegistry,
  useBoundary,
  useCancelable,
  useIsBusy,
  useOperations,
} from 'use-cancelable';
import { count } from './work.ts';

interface DeskProps {
  /** What the list shows: part of a name. */
  name: string;
}

/** What runs, whether something runs, and the boundary around it. */
function Desk({ name }: DeskProps): ReactNode {
  const [registry] = useState(() => createRegistry());
  const operations = useOperations({ name }, registry);
  const isBusy = useIsBusy({}, registry);
  const page = useBoundary();
  const load = useCancelable({ name: 'Load', register: registry, policy: 'parallel' });
  const save = useCancelable({ name: 'Save', register: registry, policy: 'parallel' });
  return (
    <section aria-label="Desk" aria-busy={isBusy}>
      <button onClick={() => void load.settle((op) => count(op, 1000))}>Load</button>
      <button onClick={() => void save.settle((op) => count(op, 1000))}>Save</button>
      <button onClick={page?.cancel} disabled={!page?.isRunning}>
        Cancel the page
      </button>
      <ul>
        {operations.map(({ id, name, status }) => (
          <li key={id}>
            {name}: {status}
          </li>
        ))}
      </ul>
      <output>{[isBusy ? 'busy' : 'at rest', page?.status, page?.reason].filter(Boolean).join(', ')}</output>
    </section>
  );
}

function Page(props: DeskProps): ReactNode {
  return (
    <CancelableBoundary name="Page">
      <Desk {...props} />
    </CancelableBoundary>
  );
}

const meta: Meta<typeof Page> = {
  title: 'Hooks/useOperations, useIsBusy, useBoundary',
  component: Page,
  args: { name: '' },
};
export default meta;

type Story = StoryObj<typeof Page>;

const play =
  (listed: readonly string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const lines = (): Array<string | null> => canvas.queryAllByRole('listitem').map(({ textContent }) => textContent);
    await expect(canvas.getByRole('status')).toHaveTextContent('at rest, idle');
    await userEvent.click(canvas.getByRole('button', { name: 'Load' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(lines()).toEqual(listed));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('busy, running'));
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel the page' }));
    await waitFor(() => expect(lines()).toEqual([]));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('at rest, canceled, manual'));
  };

export const ListsWhatRuns: Story = { play: play(['Load: running', 'Save: running']) };

export const ListsWhatMatches: Story = { args: { name: 'save' }, play: play(['Save: running']) };
