import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { createOperationStore, type OperationStore } from '../../../playground/operations/createOperationStore.ts';
import { getRunningCount, subscribeToRunning } from '../../../playground/operations/running.ts';
import { metadataText, progressOf } from '../../../playground/operations/view.ts';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextFrame } from '../react/nextFrame.ts';

/** Until the store has seen a frame: what was asked for before comes before. */
const seen = async (): Promise<void> => {
  await nextFrame();
  await nextFrame();
};

function listenTo(store: OperationStore): ReturnType<typeof vi.fn> {
  const listener = vi.fn<() => void>();
  onTestFinished(store.subscribe(listener));
  return listener;
}

const statesOf = (store: OperationStore): unknown[] =>
  store.getSnapshot().map(({ name, depth, status }) => [name, depth, status]);

const open: Cancelable[] = [];

function start(name: string): Cancelable {
  const operation = new Cancelable({ name, parent: null });
  open.push(operation);
  return operation;
}

afterEach(() => {
  for (const operation of open.splice(0)) operation.cancel();
});

describe('a store of operations', () => {
  it('counts a shielded one as running, until it has finished', async () => {
    const store = createOperationStore();
    const before = getRunningCount(); // of other files' stores
    const gate = createGate();
    const operation = start('Pipeline');
    const ended = operation.settle((op) => op.shield(() => gate.promise, { name: 'Save draft' }));
    store.add(operation);
    expect(getRunningCount()).toBe(before + 2);
    operation.cancel();
    expect(getRunningCount()).toBe(before + 1);
    gate.open();
    await ended;
    expect(getRunningCount()).toBe(before);
  });

  it('tells of a change of status at once', async () => {
    const store = createOperationStore();
    const listener = listenTo(store);
    const operation = start('Transfer');
    store.add(operation);
    expect(statesOf(store)).toEqual([['Transfer', 0, 'pending']]);
    const ended = operation.settle(untilCanceled);
    expect(statesOf(store)).toEqual([['Transfer', 0, 'running']]);
    operation.cancel('enough');
    expect(store.getSnapshot()).toMatchObject([{ status: 'canceled', reason: 'manual', message: 'enough' }]);
    expect(listener).toHaveBeenCalledTimes(3);
    await ended;
  });

  it('shows the whole tree as canceled when its root is', async () => {
    const store = createOperationStore();
    const operation = start('Transfer');
    const ended = operation.settle((op) => op.child({ name: 'Download' }).run(untilCanceled));
    store.add(operation);
    const heard: unknown[] = [];
    onTestFinished(store.subscribe(() => heard.push(statesOf(store))));
    operation.cancel();
    expect(heard).toEqual([
      [
        ['Transfer', 0, 'canceled'],
        ['Download', 1, 'canceled'],
      ],
    ]);
    await ended;
  });

  it('finds children within a frame, and remembers them when they have ended', async () => {
    const store = createOperationStore();
    listenTo(store);
    const operation = start('Pipeline');
    store.add(operation);
    const gate = createGate();
    void operation.settle(async (op) => {
      await op.child({ name: 'Read' }).run((op) => op.wait(gate.promise));
      await op.child({ name: 'Publish' }).run(untilCanceled);
    });
    await seen();
    expect(statesOf(store)).toEqual([
      ['Pipeline', 0, 'running'],
      ['Read', 1, 'running'],
    ]);
    gate.open();
    await vi.waitFor(() => expect(operation.children).toMatchObject([{ name: 'Publish' }]));
    await seen();
    expect(statesOf(store)).toEqual([
      ['Pipeline', 0, 'running'],
      ['Read', 1, 'completed'],
      ['Publish', 1, 'running'],
    ]);
  });

  it('finds those that come and go within a frame by their first word, as on a page that is hidden', async () => {
    const store = createOperationStore();
    const operation = start('Pipeline');
    store.add(operation);
    await operation.settle((op) =>
      op.child({ name: 'Analyze' }).run((op) => op.spawn((op) => op.report('Counting'), { name: 'Count' })),
    );
    expect(statesOf(store)).toEqual([
      ['Pipeline', 0, 'completed'],
      ['Analyze', 1, 'completed'],
      ['Count', 2, 'completed'],
    ]);
  });

  it('tells of progress once a frame, and of nothing when there is no news', async () => {
    const store = createOperationStore();
    const listener = listenTo(store);
    const operation = start('Transfer');
    store.add(operation);
    void operation.settle(untilCanceled);
    await seen();
    listener.mockClear();
    const before = store.getSnapshot();
    await seen();
    expect(store.getSnapshot()).toBe(before);
    expect(listener).not.toHaveBeenCalled();
    for (let percent = 1; percent <= 50; percent += 1) operation.report('row', { progress: percent });
    await seen();
    expect(listener).toHaveBeenCalledOnce();
    expect(progressOf(store.getSnapshot()[0]!)).toBe(50);
  });

  it('keeps the picture of what has not changed', async () => {
    const store = createOperationStore();
    listenTo(store);
    const [one, other] = [start('One'), start('Other')];
    store.add(one);
    store.add(other);
    const before = store.getSnapshot();
    void other.settle(untilCanceled);
    expect(store.getSnapshot()[0]).toBe(before[0]);
    expect(store.getSnapshot()[1]).not.toBe(before[1]);
  });

  it('tells that a body has ignored its signal, and asks for no frame once that has ended too', async () => {
    const store = createOperationStore();
    listenTo(store);
    const operation = start('Find names');
    store.add(operation);
    const gate = createGate();
    const ended = operation.settle(() => gate.promise);
    operation.cancel();
    await ended;
    await seen();
    expect(store.getSnapshot()).toMatchObject([{ status: 'canceled', isAbandoned: true }]);
    gate.open();
    await operation.closed;
    await seen();
    const ask = vi.spyOn(window, 'requestAnimationFrame');
    onTestFinished(() => ask.mockRestore());
    await seen();
    expect(ask).toHaveBeenCalledTimes(2); // by this test itself
  });

  it('is told by the operations themselves while nobody listens', async () => {
    const store = createOperationStore();
    const operation = start('Transfer');
    store.add(operation);
    const ended = operation.settle(untilCanceled);
    operation.cancel({ reason: 'unmount' });
    await ended;
    expect(store.getSnapshot()).toMatchObject([{ status: 'canceled', reason: 'unmount' }]);
  });

  it('forgets all when it is cleared, also what still runs', () => {
    const store = createOperationStore();
    const listener = listenTo(store);
    const operation = start('Transfer');
    store.add(operation);
    void operation.settle(untilCanceled);
    store.clear();
    expect(store.getSnapshot()).toEqual([]);
    listener.mockClear();
    operation.cancel();
    expect(store.getSnapshot()).toEqual([]);
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('the number of operations that run', () => {
  it('is the sum over all stores', async () => {
    const [one, other] = [createOperationStore(), createOperationStore()];
    const heard: number[] = [];
    const before = getRunningCount(); // of other files' stores
    onTestFinished(subscribeToRunning(() => heard.push(getRunningCount() - before)));
    const [search, transfer] = [start('Search'), start('Transfer')];
    one.add(search);
    other.add(transfer);
    expect(getRunningCount()).toBe(before);
    void search.settle(untilCanceled);
    void transfer.settle(untilCanceled);
    expect(getRunningCount()).toBe(before + 2);
    search.cancel();
    other.clear();
    expect(heard).toEqual([1, 2, 1, 0]);
  });
});

describe('the picture of an operation', () => {
  it('has a deadline only while it runs, and only if that is its own', async () => {
    const store = createOperationStore();
    const operation = new Cancelable({ parent: null, timeout: 20_000 });
    open.push(operation);
    const slow = operation.child({ timeout: 60_000 });
    const quick = operation.child({ timeout: 2000 });
    store.add(operation);
    const has = (): boolean[] => store.getSnapshot().map(({ deadline }) => deadline !== undefined);
    expect(has()).toEqual([false, false, false]);
    const ended = operation.settle(() => Promise.all([slow.run(untilCanceled), quick.run(untilCanceled)]));
    expect(has()).toEqual([true, false, true]);
    expect(store.getSnapshot()[2]!.deadline).toBe(quick.deadline);
    operation.cancel();
    await ended;
    expect(has()).toEqual([false, false, false]);
  });

  it('says how long it had when its time was over, and that nothing was done without a word of it', async () => {
    const store = createOperationStore();
    const operation = new Cancelable({ parent: null, timeout: 200, metadata: { after: 'Split', count: 2 } });
    store.add(operation);
    const ended = operation.settle(untilCanceled);
    expect(progressOf(store.getSnapshot()[0]!)).toBeUndefined();
    await ended;
    const [view] = store.getSnapshot();
    expect(view).toMatchObject({ name: 'timeout 200ms', reason: 'timeout', timeout: 200 });
    expect(progressOf(view!)).toBe(0);
    expect([metadataText(view!, 'after'), metadataText(view!, 'count'), metadataText(view!, 'none')]).toEqual([
      'Split',
      undefined,
      undefined,
    ]);
  });
});
