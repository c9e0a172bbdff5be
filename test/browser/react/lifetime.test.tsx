import { useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, type Lifetime, type Policy } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { createJournal, type Journal } from './Worker.tsx';

interface SaveProps {
  readonly journal: Journal;
  readonly lifetime?: Lifetime;
  readonly policy?: Policy;
}

function Save({ journal, lifetime, policy }: SaveProps): ReactNode {
  const { run } = useCancelable((op) => journal.body(op), {
    name: 'save',
    ...(lifetime === undefined ? {} : { lifetime }),
    ...(policy === undefined ? {} : { policy }),
  });
  return (
    <button type="button" id="save" onClick={() => void run()}>
      Save
    </button>
  );
}

/** A page with a dialog in it, which may be closed while it saves. */
function Page({ isOpen, ...save }: SaveProps & { readonly isOpen: boolean }): ReactNode {
  return (
    <CancelableBoundary name="application">
      <CancelableBoundary name="page">{isOpen && <Save {...save} />}</CancelableBoundary>
    </CancelableBoundary>
  );
}

describe.each([
  ['in StrictMode', true],
  ['without StrictMode', false],
])('the lifetime of a run, %s', (_, strict) => {
  const start = async (save: SaveProps) => {
    const mounted = mount(<Page isOpen {...save} />, { strict });
    await vi.waitFor(() => mounted.find('save').click());
    expect(save.journal.fates()).toEqual(['save running']);
    const close = async (): Promise<void> => {
      mounted.render(<Page isOpen={false} {...save} />);
      await quiet();
    };
    const leave = async (): Promise<void> => {
      mounted.render(null);
      await quiet();
    };
    return { ...mounted, close, leave };
  };

  it.each([undefined, 'component'] as const)('is that of its component by default (%s)', async (lifetime) => {
    const journal = createJournal();
    const { close } = await start({ journal, ...(lifetime === undefined ? {} : { lifetime }) });
    await close();
    expect(journal.fates()).toEqual(['save canceled unmount']);
  });

  it('of boundary outlives the component and ends with the boundary', async () => {
    const journal = createJournal();
    const { close, leave } = await start({ journal, lifetime: 'boundary' });
    await close();
    expect(journal.fates()).toEqual(['save running']);
    expect(journal.of('save').parent).toMatchObject({ name: 'page', status: 'running' });
    await leave();
    expect(journal.fates()).toEqual(['save canceled parent']);
    expect(journal.of('save').parent?.parent?.reason).toBe('unmount');
  });

  it('of app outlives the boundary too: it is a root, and nobody here cancels it', async () => {
    const journal = createJournal();
    const { close, leave, unmount } = await start({ journal, lifetime: 'app' });
    expect(journal.of('save').parent).toBeUndefined();
    await close();
    await leave();
    unmount();
    await quiet();
    expect(journal.fates()).toEqual(['save running']);
    journal.of('save').cancel();
  });

  it('of boundary is the life of the page where there is no boundary', async () => {
    const journal = createJournal();
    const { find, unmount } = mount(<Save journal={journal} lifetime="boundary" />, { strict });
    await vi.waitFor(() => find('save').click());
    unmount();
    await quiet();
    expect(journal.fates()).toEqual(['save running']);
    journal.of('save').cancel();
  });

  it('is that of its own time: what was started before keeps the one it had', async () => {
    const journal = createJournal();
    const { render, find, close } = await start({ journal, lifetime: 'boundary', policy: 'parallel' });
    render(<Page isOpen journal={journal} lifetime="component" policy="parallel" />);
    await quiet();
    find('save').click();
    await close();
    expect(journal.fates()).toEqual(['save running', 'save canceled unmount']);
  });

  it('counts for runs that wait, too: they have their turn after the component has gone', async () => {
    const journal = createJournal();
    const { find, close } = await start({ journal, lifetime: 'boundary', policy: 'enqueue' });
    find('save').click();
    await close();
    journal.of('save').cancel();
    await vi.waitFor(() => expect(journal.fates()).toEqual(['save canceled manual', 'save running']));
  });

  it('ends what waits with the component by default', async () => {
    const journal = createJournal();
    const { find, close } = await start({ journal, policy: 'enqueue' });
    find('save').click();
    await close();
    await quiet();
    expect(journal.fates()).toEqual(['save canceled unmount']);
  });
});

describe('a cancel of the hook', () => {
  it.each(['boundary', 'app'] as const)(
    'ends what lives as long as the %s, as long as the hook is there',
    async (lifetime) => {
      const journal = createJournal();
      function Dialog(): ReactNode {
        const [count, setCount] = useState(0);
        const { run, cancel, status } = useCancelable((op) => journal.body(op), { name: 'save', lifetime });
        return (
          <>
            <button type="button" id="save" onClick={() => void run()}>
              {status}
            </button>
            <button type="button" id="cancel" onClick={cancel}>
              Cancel
            </button>
            <button type="button" id="render" onClick={() => setCount(count + 1)}>
              {count}
            </button>
          </>
        );
      }
      const { find } = mount(
        <CancelableBoundary name="page">
          <Dialog />
        </CancelableBoundary>,
      );
      await vi.waitFor(() => find('save').click());
      await vi.waitFor(() => expect(find('save').textContent).toBe('running'));
      find('cancel').click();
      await vi.waitFor(() => expect(find('save').textContent).toBe('canceled'));
      expect(journal.fates()).toEqual(['save canceled manual']);
    },
  );
});
