import { Activity, startTransition, useEffect, useState, ViewTransition, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { createJournal, Worker, type Journal } from './Worker.tsx';

interface RoutesProps {
  readonly journal: Journal;
  /** Hides the route that is not shown, instead of removing it. */
  readonly keepsState?: boolean;
}

const names = ['one', 'two'];

/** Goes from one route to the other; the heading is animated. */
function Routes({ journal, keepsState = false }: RoutesProps): ReactNode {
  const [route, setRoute] = useState('one');
  return (
    <>
      <button type="button" id="go" onClick={() => startTransition(() => setRoute('two'))}>
        Go
      </button>
      <style>{'::view-transition-group(*) { animation-duration: 1s; }'}</style>
      <ViewTransition key={`heading ${route}`}>
        <h1>{route}</h1>
      </ViewTransition>
      {names.map((name) =>
        keepsState || route === name ? (
          <Activity key={name} mode={route === name ? 'visible' : 'hidden'}>
            <CancelableBoundary name={`page ${name}`}>
              <Worker name={name} journal={journal} start="layout" policy="drop" />
            </CancelableBoundary>
          </Activity>
        ) : null,
      )}
      <Passive key={`passive ${route}`} onEffect={() => journal.write(`${route} settled`)} />
    </>
  );
}

function Passive({ onEffect }: { readonly onEffect: () => void }): ReactNode {
  useEffect(onEffect, [onEffect]);
  return null;
}

describe('a view transition', () => {
  it('that removes the old route cancels what it did; what the new one has started in a layout effect goes on', async () => {
    const journal = createJournal();
    const { find } = mount(<Routes journal={journal} />, { strict: false });
    await vi.waitFor(() => expect(journal.lines).toContain('one settled'));
    find('go').click();
    await vi.waitFor(() => expect(journal.of('two').status).toBe('running'));
    // React holds passive effects back while it animates: the new run must not be taken for a hidden one meanwhile.
    expect(journal.lines).not.toContain('two settled');
    expect(journal.fates()).toEqual(['one canceled parent', 'two running']);
    await vi.waitFor(() => expect(journal.lines).toContain('two settled'), { timeout: 5000 });
    await quiet();
    expect(journal.fates()).toEqual(['one canceled parent', 'two running']);
    expect(journal.of('one').parent).toMatchObject({ name: 'page one', reason: 'unmount' });
  });

  it('that hides the old route does so too', async () => {
    const journal = createJournal();
    const { find } = mount(<Routes journal={journal} keepsState />, { strict: false });
    await vi.waitFor(() => expect(journal.lines).toContain('one settled'));
    find('go').click();
    await vi.waitFor(() => expect(journal.lines).toContain('two settled'), { timeout: 5000 });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['one canceled parent', 'two running']));
    await quiet();
    expect(journal.of('two').status).toBe('running');
    expect(journal.of('one').parent).toMatchObject({ name: 'page one', reason: 'hidden' });
  });
});
