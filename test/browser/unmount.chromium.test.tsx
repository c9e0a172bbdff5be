import { Profiler, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, isCancelation } from 'use-cancelable';
import { watchPage } from './pageWatch.ts';
import { mount } from './react/mount.tsx';
import { quiet } from './react/quiet.ts';
import { readLog, waitForRow } from './serverLog.ts';
import { createTraces, type Traces } from './transfer.ts';
import {
  expectStill,
  expectStopped,
  hasBytes,
  namesAndReasons,
  Overview,
  small,
  Transfer,
  type TransferProps,
} from './TransferRoute.tsx';

/** The request was let go of, if it has left the browser at all before it was taken back. */
async function expectLetGo({ requestId }: Traces): Promise<void> {
  await vi.waitFor(async () => {
    const row = (await readLog()).find((row) => row.requestId === requestId);
    expect(row?.state ?? 'letGo').toBe('letGo');
  });
}

interface AppProps extends TransferProps {
  readonly onRender?: () => void;
}

const nothing = (): void => {};

/** Two routes; the first works while it is there. */
function App({ onRender = nothing, ...transfer }: AppProps): ReactNode {
  const [route, setRoute] = useState('transfer');
  return (
    <>
      <button type="button" id="leave" onClick={() => setRoute('other')}>
        Other route
      </button>
      <button type="button" id="back" onClick={() => setRoute('transfer')}>
        Back
      </button>
      <Profiler id="route" onRender={onRender}>
        {route === 'transfer' ? (
          <CancelableBoundary name="page">
            <Overview />
            <Transfer {...transfer} />
          </CancelableBoundary>
        ) : (
          <p id="other">Other route</p>
        )}
      </Profiler>
    </>
  );
}

describe('leaving a route that downloads from the server', () => {
  it('closes the socket and stops the download, the hash and all timers, without a word of complaint', async () => {
    const watch = watchPage();
    const traces = createTraces();
    let renders = 0;
    const { find } = mount(<App runs={[traces]} onRender={() => (renders += 1)} />);
    await vi.waitFor(() => find('start').click());
    await hasBytes(traces);
    expect(find('transfer').textContent).toBe('running');
    expect(await waitForRow(traces.requestId, ({ bytes }) => bytes > 0)).toMatchObject({ state: 'sending' });
    const [operation] = traces.operations;
    const page = operation!.parent!;
    const { closed } = page;
    expect(watch.pending).toBeGreaterThan(0);

    find('leave').click();
    await vi.waitFor(() => find('other'));
    const rendersWhenLeft = renders;
    await expectStopped(traces);
    await closed;

    expect(page).toMatchObject({
      name: 'page',
      status: 'canceled',
      reason: 'unmount',
      message: 'Boundary "page" was unmounted',
    });
    expect(namesAndReasons(traces)).toEqual([
      ['transfer', 'canceled', 'parent'],
      ['download', 'canceled', 'parent'],
      ['hash', 'canceled', 'parent'],
    ]);
    for (const { error, signal } of traces.operations) {
      expect(error).toMatchObject({ rootCause: page.error });
      expect(signal.reason).toBe(error);
    }
    expect(isCancelation(page.error, page)).toBe(true);
    expect(traces.operations.every(({ isAbandoned }) => !isAbandoned)).toBe(true);

    await vi.waitFor(() => expect(watch.pending).toBe(0));
    await expectStill(traces);
    expect(watch.pending).toBe(0);
    expect(renders).toBe(rendersWhenLeft);
    expect(watch.complaints).toEqual([]);
  });

  it('does so for what was started by an effect; StrictMode starts twice and lets go of the first at once', async () => {
    const watch = watchPage();
    const runs = [createTraces(), createTraces()] as const;
    const { find } = mount(<App runs={runs} starts />);
    await hasBytes(runs[1]);
    expect(runs[0].operations[0]).toMatchObject({ status: 'canceled', reason: 'superseded' });
    find('leave').click();
    await expectStopped(runs[1]);
    expect(runs[1].operations[0]?.parent).toMatchObject({ name: 'page', reason: 'unmount' });
    await expectLetGo(runs[0]);
    await vi.waitFor(() => expect(watch.pending).toBe(0));
    expect(watch.complaints).toEqual([]);
  });

  it('lets the route work anew when the user comes back', async () => {
    const runs = [createTraces(), createTraces()] as const;
    const { find } = mount(<App runs={runs} />);
    await vi.waitFor(() => find('start').click());
    await hasBytes(runs[0]);
    find('leave').click();
    await expectStopped(runs[0]);
    find('back').click();
    await vi.waitFor(() => expect(find('transfer').textContent).toBe('idle'));
    find('start').click();
    await hasBytes(runs[1]);
    expect(runs[1].operations[0]?.parent).toMatchObject({ name: 'page', status: 'running' });
    find('leave').click();
    await expectStopped(runs[1]);
  });

  it('ends what the server has not even answered', async () => {
    const traces = createTraces();
    const { find } = mount(<App runs={[traces]} />);
    await vi.waitFor(() => find('start').click());
    find('leave').click();
    await vi.waitFor(() => expect(traces.unwound.toSorted()).toEqual(['download', 'hash', 'transfer']));
    await quiet();
    expect(namesAndReasons(traces).map((each) => (each as unknown[])[2])).toEqual(['parent', 'parent', 'parent']);
    await expectLetGo(traces);
  });

  it('is told from completing: what has ended before is as it was', async () => {
    const traces = createTraces();
    const { find } = mount(<App runs={[traces]} path={small} />);
    await vi.waitFor(() => find('start').click());
    await vi.waitFor(() => expect(find('transfer').textContent).toBe('completed'), { timeout: 60_000, interval: 100 });
    find('leave').click();
    await quiet();
    expect(namesAndReasons(traces)).toEqual([
      ['transfer', 'completed', undefined],
      ['download', 'completed', undefined],
      ['hash', 'completed', undefined],
    ]);
    expect(traces.hashed).toBe(traces.total);
    expect(await waitForRow(traces.requestId, ({ state }) => state !== 'sending')).toMatchObject({
      state: 'sent',
      bytes: traces.total,
    });
  }, 90_000);
});
