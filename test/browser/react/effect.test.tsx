import { useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelableEffect, type Cancelable, type UseCancelableOptions } from 'use-cancelable';
import { createGate } from '../../unit/operation/gate.ts';
import { expectConsoleError } from '../../consoleErrors.ts';
import { collectUnhandled } from './collectUnhandled.ts';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { createJournal, type Journal } from './Worker.tsx';

interface UserProps {
  readonly id: number;
  readonly journal: Journal;
  readonly options?: UseCancelableOptions;
}

/** Loads a user until it is canceled. */
function User({ id, journal, options }: UserProps): ReactNode {
  const { status, run, cancel } = useCancelableEffect((op) => journal.body(op), [id], {
    name: `user ${id}`,
    ...options,
  });
  return (
    <>
      <button type="button" id="user" onClick={() => void run()}>
        {status}
      </button>
      <button type="button" id="stop" onClick={cancel}>
        Stop
      </button>
    </>
  );
}

const page = (children: ReactNode): ReactNode => <CancelableBoundary name="page">{children}</CancelableBoundary>;

describe('useCancelableEffect', () => {
  it('runs after the first render, in the boundary; without StrictMode once', async () => {
    const journal = createJournal();
    const { find } = mount(page(<User id={1} journal={journal} />), { strict: false });
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(['user 1 running']);
    expect(journal.of('user 1').parent).toMatchObject({ name: 'page' });
  });

  it.each<[UseCancelableOptions, string[]]>([
    [{}, ['user 1 canceled superseded', 'user 1 running']],
    [{ policy: 'drop' }, ['user 1 running']],
    [{ policy: 'parallel' }, ['user 1 running', 'user 1 running']],
  ])('with %o: the second start of a replay in StrictMode meets the policy', async (options, fates) => {
    const journal = createJournal();
    const { find } = mount(page(<User id={1} journal={journal} options={options} />));
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(fates);
  });

  it('runs anew when a dependency has changed, and supersedes the run before; not for any other render', async () => {
    const journal = createJournal();
    const { find, render } = mount(page(<User id={1} journal={journal} />), { strict: false });
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    render(page(<User id={1} journal={journal} options={{ timeout: 60_000 }} />));
    await quiet();
    expect(journal.fates()).toEqual(['user 1 running']);
    render(page(<User id={2} journal={journal} />));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['user 1 canceled superseded', 'user 2 running']));
  });

  it('never shows the answer for an older dependency, though its body heeds no signal', async () => {
    const gates = [createGate<string>(), createGate<string>()] as const;
    function Name({ id }: { readonly id: 0 | 1 }): ReactNode {
      const { data, isRunning } = useCancelableEffect(() => gates[id].promise, [id]);
      return <p id="name">{`${data ?? 'nobody'} ${isRunning}`}</p>;
    }
    const { find, render } = mount(page(<Name id={0} />));
    await vi.waitFor(() => expect(find('name').textContent).toBe('nobody true'));
    render(page(<Name id={1} />));
    await quiet();
    gates[1].open('Ada');
    await vi.waitFor(() => expect(find('name').textContent).toBe('Ada false'));
    gates[0].open('somebody else');
    await quiet();
    expect(find('name').textContent).toBe('Ada false');
  });

  it('is canceled when its component leaves, and by its cancel; run starts it again', async () => {
    const journal = createJournal();
    const { find, render } = mount(page(<User id={1} journal={journal} />), { strict: false });
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    find('stop').click();
    await vi.waitFor(() => expect(find('user').textContent).toBe('canceled'));
    find('user').click();
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    render(page(null));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['user 1 canceled manual', 'user 1 canceled unmount']));
  });

  it('may be a generator function, and give data', async () => {
    function Count(): ReactNode {
      const { data } = useCancelableEffect(function* (op) {
        const one = yield* op.wait(Promise.resolve(1));
        return one + 1;
      }, []);
      return <p id="count">{data}</p>;
    }
    const { find } = mount(page(<Count />));
    await vi.waitFor(() => expect(find('count').textContent).toBe('2'));
  });

  it('reports a failure that it does not catch, as any effect, and shows it', async () => {
    expectConsoleError('[object PromiseRejectionEvent]'); // written by the test page
    const raised = collectUnhandled();
    const failure = new Error('out of paper');
    function Failing(): ReactNode {
      const { error, isFailed } = useCancelableEffect(() => Promise.reject(failure), []);
      return <p id="failing">{isFailed ? (error as Error).message : 'fine'}</p>;
    }
    const { find } = mount(page(<Failing />), { strict: false });
    await vi.waitFor(() => expect(find('failing').textContent).toBe('out of paper'));
    await vi.waitFor(() => expect(raised).toEqual([failure]));
  });

  it('raises nothing for a cancelation', async () => {
    const raised = collectUnhandled();
    const journal = createJournal();
    const { find, render } = mount(page(<User id={1} journal={journal} />));
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    for (const id of [2, 3, 4]) {
      render(page(<User id={id} journal={journal} />));
      await quiet();
    }
    render(null);
    await quiet();
    expect(journal.operations.every(({ isCanceled }) => isCanceled)).toBe(true);
    expect(raised).toEqual([]);
  });

  it('may start the work of another hook in its body; both end with their component', async () => {
    const journal = createJournal();
    function Outer(): ReactNode {
      const [isDone, setIsDone] = useState(false);
      useCancelableEffect(
        async (op: Cancelable) => {
          await op.sleep(1);
          setIsDone(true);
        },
        [],
        { policy: 'drop' },
      );
      return <>{isDone ? <User id={1} journal={journal} /> : <p>waiting</p>}</>;
    }
    const { find, render } = mount(page(<Outer />), { strict: false });
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    render(page(null));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['user 1 canceled unmount']));
  });
});
