import { Activity, Suspense, use, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { watchPage } from './pageWatch.ts';
import { mount } from './react/mount.tsx';
import { quiet } from './react/quiet.ts';
import { readLog } from './serverLog.ts';
import { createTraces, type Traces } from './transfer.ts';
import { expectStill, expectStopped, hasBytes, Overview, Transfer } from './TransferRoute.tsx';

interface TabsProps {
  readonly runs: readonly Traces[];
}

/** Tabs keep their state: what is not shown is hidden, not removed. */
function Tabs({ runs }: TabsProps): ReactNode {
  const [tab, setTab] = useState('transfer');
  return (
    <CancelableBoundary name="tabs">
      <button type="button" id="hide" onClick={() => setTab('other')}>
        Other
      </button>
      <button type="button" id="show" onClick={() => setTab('transfer')}>
        Transfer
      </button>
      <Activity mode={tab === 'transfer' ? 'visible' : 'hidden'}>
        <CancelableBoundary name="page">
          <Transfer runs={runs} />
        </CancelableBoundary>
      </Activity>
    </CancelableBoundary>
  );
}

describe('hiding a tab that downloads from the server', () => {
  it('closes the socket and stops all, with the reason hidden; shown again it starts afresh', async () => {
    const watch = watchPage();
    const runs = [createTraces(), createTraces()] as const;
    const { find, unmount } = mount(<Tabs runs={runs} />);
    await vi.waitFor(() => find('start').click());
    await hasBytes(runs[0]);

    find('hide').click();
    await expectStopped(runs[0]);
    const page = runs[0].operations[0]!.parent!;
    expect(page).toMatchObject({ name: 'page', reason: 'hidden' });
    expect(runs[0].operations.map(({ reason }) => reason)).toEqual(['parent', 'parent', 'parent']);
    await vi.waitFor(() => expect(page.parent).toMatchObject({ name: 'tabs', status: 'completed' }));
    await vi.waitFor(() => expect(watch.pending).toBe(0));
    await expectStill(runs[0]);

    find('show').click();
    await vi.waitFor(() => expect(find('transfer').textContent).toBe('canceled parent'));
    find('start').click();
    await hasBytes(runs[1]);
    expect(find('transfer').textContent).toBe('running');
    unmount();
    await expectStopped(runs[1]);
    expect(runs[1].operations[0]!.parent).toMatchObject({ name: 'page', reason: 'parent' });
    expect(runs[1].operations[0]!.parent!.parent).toMatchObject({ name: 'tabs', reason: 'unmount' });
    await vi.waitFor(() => expect(watch.pending).toBe(0));
    expect(watch.complaints).toEqual([]);
  });
});

const never = new Promise<never>(() => {});

function Waiting(): ReactNode {
  use(never);
  return null;
}

interface RouteProps {
  readonly isShown: boolean;
  readonly runs: readonly Traces[];
}

/** Has all hooks and would start by itself, but waits for something else before it is there. */
function SuspendedRoute({ isShown, runs }: RouteProps): ReactNode {
  return (
    <Suspense fallback={<i id="waiting">waiting</i>}>
      {isShown && (
        <CancelableBoundary name="page" timeout={60_000}>
          <Transfer runs={runs} starts />
          <Overview />
          <Waiting />
        </CancelableBoundary>
      )}
    </Suspense>
  );
}

describe('leaving a route that has suspended before it was ever there', () => {
  it('leaves nothing behind, and nothing was asked of the server', async () => {
    const watch = watchPage();
    const runs = [createTraces(), createTraces()];
    const { render, find } = mount(<SuspendedRoute isShown runs={runs} />);
    await vi.waitFor(() => find('waiting'));
    await quiet();
    expect(watch.pending).toBe(0);
    render(<SuspendedRoute isShown={false} runs={runs} />);
    await vi.waitFor(() => expect(document.getElementById('waiting')).toBeNull());
    await quiet();
    expect(runs.flatMap(({ operations }) => operations)).toEqual([]);
    expect((await readLog()).filter(({ requestId }) => runs.some((traces) => traces.requestId === requestId))).toEqual(
      [],
    );
    expect(watch.pending).toBe(0);
    expect(watch.complaints).toEqual([]);
  });
});
