import { Suspense, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, ProgressBar, useShared, type Cancelable } from 'use-cancelable';
import { createGate, type Gate } from '../../unit/operation/gate.ts';
import { CancelPage } from './CancelPage.tsx';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { Sharer } from './Sharer.tsx';
import { createJournal } from './Worker.tsx';

const page = (children: ReactNode): ReactNode => <CancelableBoundary name="page">{children}</CancelableBoundary>;

describe.each([
  ['in StrictMode', true],
  ['without StrictMode', false],
])('shared work %s', (_, strict) => {
  it('starts once for several components, and all see it', async () => {
    const journal = createJournal();
    const { find } = mount(
      page(
        <>
          <Sharer id="one" body={journal.body} options={{ name: 'load' }} />
          <Sharer id="two" body={journal.body} />
          <div>
            <Sharer id="three" body={journal.body} />
          </div>
        </>,
      ),
      { strict },
    );
    for (const id of ['one', 'two', 'three']) await vi.waitFor(() => expect(find(id).textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    expect(journal.of('load').parent).toMatchObject({ name: 'page' });
  });

  it('goes on until the last of them has left, and says why then', async () => {
    const journal = createJournal();
    const sharers = (ids: readonly string[]): ReactNode =>
      page(ids.map((id) => <Sharer key={id} id={id} body={journal.body} options={{ name: 'load' }} />));
    const { find, render } = mount(sharers(['one', 'two', 'three']), { strict });
    await vi.waitFor(() => expect(find('three').textContent).toBe('running'));
    render(sharers(['two', 'three']));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(sharers(['three']));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(sharers([]));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled unmount']));
    expect(journal.of('load').message).toBe('The last component that shared it was unmounted');
  });

  it('is handed from one component to another that comes in the same commit', async () => {
    const journal = createJournal();
    const sharer = (key: string): ReactNode =>
      page(<Sharer key={key} id={key} body={journal.body} options={{ name: 'load' }} />);
    const { find, render } = mount(sharer('one'), { strict });
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    render(sharer('two'));
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
  });

  it('is there for who comes later: the run that is on, or what it has found', async () => {
    const gate = createGate<string>();
    const runs: Cancelable[] = [];
    const body = (op: Cancelable): Promise<string> => {
      runs.push(op);
      return op.wait(gate.promise);
    };
    const sharers = (...ids: string[]): ReactNode => page(ids.map((id) => <Sharer key={id} id={id} body={body} />));
    const { find, render } = mount(sharers('one'), { strict });
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    render(sharers('one', 'two'));
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    gate.open('found');
    await vi.waitFor(() => expect(find('two').textContent).toBe('completed found'));
    render(sharers('one', 'two', 'three'));
    await vi.waitFor(() => expect(find('three').textContent).toBe('completed found'));
    await quiet();
    expect(runs).toHaveLength(1);
  });

  it('is forgotten when nobody is left: who comes then begins anew', async () => {
    let runs = 0;
    const body = (): number => (runs += 1);
    const { find, render } = mount(page(<Sharer id="one" body={body} />), { strict });
    await vi.waitFor(() => expect(find('one').textContent).toBe('completed 1'));
    render(page(null));
    await quiet();
    render(page(<Sharer id="two" body={body} />));
    await vi.waitFor(() => expect(find('two').textContent).toBe('completed 2'));
  });

  it.each([
    ['was canceled', (gate: Gate<string>, cancel: () => void) => (cancel(), gate), 'canceled manual'],
    ['has failed', (gate: Gate<string>) => (gate.fail(new Error('out of paper')), gate), 'failed out of paper'],
  ])('that %s shows it to all, and starts anew for who comes then', async (_word, end, text) => {
    const gates: Gate<string>[] = [];
    const body = (op: Cancelable): Promise<string> => {
      gates.push(createGate<string>());
      return op.wait(gates.at(-1)!.promise);
    };
    const sharers = (...ids: string[]): ReactNode => page(ids.map((id) => <Sharer key={id} id={id} body={body} />));
    const { find, render } = mount(sharers('one', 'two'), { strict });
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    end(gates[0]!, () => find('cancel-one').click());
    await vi.waitFor(() => expect([find('one').textContent, find('two').textContent]).toEqual([text, text]));
    render(sharers('one', 'two', 'three'));
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    gates[1]!.open('at last');
    await vi.waitFor(() => expect(find('three').textContent).toBe('completed at last'));
    expect(gates).toHaveLength(2);
  });

  it('starts anew for all when one asks for it', async () => {
    let runs = 0;
    const { find } = mount(
      page(
        <>
          <Sharer id="one" body={() => (runs += 1)} />
          <Sharer id="two" body={() => (runs += 1)} />
        </>,
      ),
      { strict },
    );
    await vi.waitFor(() => expect(find('two').textContent).toBe('completed 1'));
    find('two').click();
    await vi.waitFor(() => expect(find('one').textContent).toBe('completed 2'));
    expect(find('two').textContent).toBe('completed 2');
  });

  it('is another one for another key, and in another boundary', async () => {
    const journal = createJournal();
    const { find, render } = mount(
      <>
        {page(
          <>
            <Sharer id="one" body={journal.body} shared={['user', 1]} options={{ name: 'one' }} />
            <Sharer id="same" body={journal.body} shared={['user', 1]} options={{ name: 'same' }} />
            <Sharer id="two" body={journal.body} shared={['user', 2]} options={{ name: 'two' }} />
            <Sharer id="text" body={journal.body} shared={['user', '2']} options={{ name: 'text' }} />
          </>,
        )}
        <CancelableBoundary name="other">
          <Sharer id="three" body={journal.body} shared={['user', 1]} options={{ name: 'three' }} />
        </CancelableBoundary>
        <Sharer id="four" body={journal.body} shared={['user', 1]} options={{ name: 'four' }} />
      </>,
      { strict },
    );
    await vi.waitFor(() => expect(find('four').textContent).toBe('running'));
    const fates = journal.fates().toSorted();
    expect(fates).toEqual(['four running', 'one running', 'text running', 'three running', 'two running']);
    render(null);
    await quiet();
    expect(journal.operations.map((op) => op.reason)).not.toContain(undefined);
  });

  it('moves with its key: the old one is left, the new one begins', async () => {
    const journal = createJournal();
    const sharer = (id: number): ReactNode =>
      page(<Sharer id="user" shared={id} body={journal.body} options={{ name: `user ${id}` }} />);
    const { find, render } = mount(sharer(1), { strict });
    await vi.waitFor(() => expect(find('user').textContent).toBe('running'));
    render(sharer(2));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['user 1 canceled unmount', 'user 2 running']));
    expect(find('user').textContent).toBe('running');
  });

  /** Work beside what suspends when it is clicked, and goes on with `arrive`. */
  function openSuspending() {
    const journal = createJournal();
    const suspended = { arrive: (): void => {} };
    const { find } = mount(
      page(
        <Suspense fallback={<span id="waiting">waiting</span>}>
          <Sharer id="one" body={journal.body} options={{ name: 'load' }} />
          <Suspender onSuspend={(arrive) => (suspended.arrive = arrive)} />
        </Suspense>,
      ),
      { strict },
    );
    return { journal, suspended, find };
  }

  it('survives that a visible tree suspends again', async () => {
    const { journal, suspended, find } = openSuspending();
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    find('suspend').click();
    await vi.waitFor(() => find('waiting'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    suspended.arrive();
    await vi.waitFor(() => expect(document.getElementById('waiting')).toBeNull());
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
  });

  it('that was canceled stays so when a visible tree suspends again', async () => {
    const { journal, suspended, find } = openSuspending();
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    find('cancel-one').click();
    find('suspend').click();
    await vi.waitFor(() => find('waiting'));
    suspended.arrive();
    await vi.waitFor(() => expect(document.getElementById('waiting')).toBeNull());
    await quiet();
    expect(journal.fates()).toEqual(['load canceled manual']);
  });

  it('starts nothing when its first mount is abandoned', async () => {
    const journal = createJournal();
    const Never = (): ReactNode => {
      throw new Promise(() => {});
    };
    const { find, render } = mount(
      <Suspense fallback={<span id="waiting">waiting</span>}>
        {page(
          <>
            <Sharer id="one" body={journal.body} />
            <Never />
          </>,
        )}
      </Suspense>,
      { strict },
    );
    await vi.waitFor(() => find('waiting'));
    render(null);
    await quiet();
    expect(journal.operations).toEqual([]);
  });

  it('ends with its boundary, and begins anew in the next episode when asked to', async () => {
    const journal = createJournal();
    const { find } = mount(
      page(
        <>
          <Sharer id="one" body={journal.body} options={{ name: 'load' }} />
          <CancelPage />
        </>,
      ),
      { strict },
    );
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    find('cancel-page').click();
    await vi.waitFor(() => expect(find('one').textContent).toBe('canceled parent'));
    find('one').click();
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    expect(journal.fates()).toEqual(['load canceled parent', 'load running']);
  });

  it('may be asked for in an effect of a child, before its own have run', async () => {
    const journal = createJournal();
    function Child({ run }: { readonly run: () => unknown }): ReactNode {
      useLayoutEffect(() => void run(), [run]);
      return null;
    }
    function Parent(): ReactNode {
      const { settle, status } = useShared('work', journal.body, { name: 'load' });
      return (
        <p id="parent">
          {status}
          <Child run={settle} />
        </p>
      );
    }
    const { find } = mount(page(<Parent />), { strict });
    await vi.waitFor(() => expect(find('parent').textContent).toBe('running'));
    await quiet();
    expect(journal.of('load').status).toBe('running');
    expect(journal.fates().filter((fate) => fate === 'load running')).toHaveLength(1);
  });

  it('has progress like any other', async () => {
    function Bar(): ReactNode {
      const shared = useShared('work', async (op) => {
        op.report('Half', { progress: 50 });
        await op.wait(new Promise<never>(() => {}));
      });
      return <ProgressBar of={shared} id="bar" />;
    }
    const { find } = mount(page(<Bar />), { strict });
    await vi.waitFor(() => expect((find('bar') as HTMLProgressElement).value).toBe(50));
  });
});

interface SuspenderProps {
  readonly onSuspend: (arrive: () => void) => void;
}

/** Suspends when it is clicked, as libraries did before `use`. */
function Suspender({ onSuspend }: SuspenderProps): ReactNode {
  const [until, setUntil] = useState<Promise<void> & { isOver?: boolean }>();
  if (until !== undefined && until.isOver !== true) throw until;
  const suspend = (): void => {
    const promise: Promise<void> & { isOver?: boolean } = new Promise<void>((resolve) => {
      onSuspend(() => {
        promise.isOver = true;
        resolve();
      });
    });
    flushSync(() => setUntil(promise));
  };
  return (
    <button type="button" id="suspend" onClick={suspend}>
      Suspend
    </button>
  );
}

describe('a run of shared work after its component has gone', () => {
  it('is canceled one job later', async () => {
    const journal = createJournal();
    let late!: () => unknown;
    function Grabber(): ReactNode {
      const { settle } = useShared('work', journal.body, { name: 'load' });
      useEffect(() => {
        late = settle;
      }, [settle]);
      return null;
    }
    const { render } = mount(<Grabber />, { strict: false });
    await vi.waitFor(() => expect(journal.operations).toHaveLength(1));
    render(null);
    await quiet();
    void late();
    await quiet();
    expect(journal.fates()).toEqual(['load canceled unmount', 'load canceled unmount']);
  });
});
