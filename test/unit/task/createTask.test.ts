import { describe, expect, it } from 'vitest';
import { Cancelable, createTask, currentOperation, type Policy } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate, type Gate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

/** A task whose runs end when the test says so, and a journal of what they did. */
function createGated(policy: Policy, maxConcurrency?: number) {
  const gates = new Map<string, Gate>();
  const journal: string[] = [];
  const operations = new Map<string, Cancelable>();
  const task = createTask(
    async (op, name: string) => {
      operations.set(name, op);
      journal.push(`${name} begins`);
      const gate = createGate();
      gates.set(name, gate);
      try {
        await op.wait(gate.promise);
        journal.push(`${name} ends`);
        return name;
      } finally {
        if (op.isCanceled) journal.push(`${name} ${op.reason}`);
      }
    },
    { policy, maxConcurrency },
  );
  return { ...task, gates, journal, operations, end: (name: string) => gates.get(name)!.open() };
}

const statusesOf = async (outcomes: readonly PromiseLike<{ status: string; reason?: string }>[]): Promise<string[]> =>
  (await Promise.all(outcomes)).map(({ status, reason }) => reason ?? status);

describe('createTask', () => {
  it('runs its function in a new operation for each call', async () => {
    const task = createTask((op, first: number, second: number) => [op, currentOperation(), first + second] as const);
    const [one, current, sum] = await task.run(1, 2);
    const [other] = await task.run(3, 4);
    expect(sum).toBe(3);
    expect(one).toBe(current);
    expect(other).not.toBe(one);
    expect(task.getSnapshot()).toMatchObject({ status: 'completed', operation: other, queued: 0 });
  });

  it('runs what it is given when it has no function', async () => {
    const task = createTask<number>({ name: 'count' });
    expect(await task.run(async (op) => op.name!.length)).toBe(5);
    const generator = await task.settle(function* (op) {
      return yield* op.wait(Promise.resolve(7));
    });
    expect(generator).toEqual({ status: 'completed', value: 7 });
    await task.settle(() => Promise.reject(new Error('broken')));
    expect(task.getSnapshot()).toMatchObject({ status: 'failed', data: 7 });
  });

  it('makes roots, also in the body of another operation, unless it is given a parent', async () => {
    const session = new Cancelable({ name: 'session' }).start();
    const free = createTask((op) => op.parent);
    const bound = createTask((op) => op.parent, { parent: session });
    await new Cancelable().run(async () => {
      expect(await free.run()).toBeUndefined();
      expect(await bound.run()).toBe(session);
    });
    session.cancel('signed out');
    await expect(bound.run()).rejects.toMatchObject({ reason: 'parent' });
  });

  it('tells its subscribers, until they leave, and gives the same snapshot while nothing changes', async () => {
    const task = createTask(() => 5);
    const seen: string[] = [];
    const stop = task.subscribe(() => seen.push(task.getSnapshot().status));
    expect(task.getSnapshot()).toBe(task.getSnapshot());
    const run = task.run();
    expect(seen.at(-1)).toBe('completed');
    await run;
    const before = seen.length;
    stop();
    await task.run();
    expect(seen).toHaveLength(before);
  });

  it.each<[object, RegExp]>([
    [{ policy: 'newest' }, /"policy".*"restart", "drop", "enqueue", "keepLatest", "parallel".*"newest"/],
    [{ maxConcurrency: 0 }, /"maxConcurrency".*whole number above zero.*0/],
    [{ maxConcurrency: 1.5 }, /"maxConcurrency".*1\.5/],
    [{ maxConcurrency: '2' }, /"maxConcurrency".*"2" \(string\)/],
    [{ parent: {} }, /"parent".*an operation or null/],
    [{ id: 'one' }, /createTask.*"id"/],
    [{ lifetime: 'app' }, /createTask.*"lifetime"/],
  ])('refuses %o', (options, message) => {
    expect(() => createTask(options)).toThrow(message);
    expect(() => createTask(() => 1, options)).toThrow(message);
  });

  it('rejects a run of what is no function, and nothing else changes', async () => {
    const task = createTask({ policy: 'enqueue' });
    void task.run(untilCanceled);
    const before = task.getSnapshot();
    await expect(task.run('body' as never)).rejects.toThrow(/must be a function.*"body"/);
    expect(task.getSnapshot()).toBe(before);
    task.cancel();
  });
});

describe('the policy enqueue', () => {
  it('runs one after the other, in order', async () => {
    const { settle, getSnapshot, journal, operations, end } = createGated('enqueue');
    const outcomes = ['one', 'two', 'three'].map((name) => settle(name));
    expect(getSnapshot()).toMatchObject({ status: 'running', queued: 2 });
    for (const name of ['one', 'two', 'three']) {
      expect(getSnapshot().operation).toBe(operations.get(name));
      end(name);
      await nextTask();
    }
    expect(await statusesOf(outcomes)).toEqual(['completed', 'completed', 'completed']);
    expect(journal).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
    expect(getSnapshot()).toMatchObject({ status: 'completed', data: 'three', queued: 0 });
  });

  it('goes on after a failure and after a cancelation of one', async () => {
    const { settle, operations, gates, end } = createGated('enqueue');
    const outcomes = ['one', 'two', 'three'].map((name) => settle(name));
    gates.get('one')!.fail(new Error('broken'));
    await nextTask();
    operations.get('two')!.cancel();
    await nextTask();
    end('three');
    expect(await statusesOf(outcomes)).toEqual(['failed', 'manual', 'completed']);
  });

  it('starts the next when the one before has unwound, not when it was canceled', async () => {
    const cleaned = createGate();
    const journal: string[] = [];
    const task = createTask(
      async (op, name: string) => {
        journal.push(`${name} begins`);
        try {
          await op.wait(new Promise<never>(() => {}));
        } finally {
          await op.shield((op) => op.wait(cleaned.promise));
          journal.push(`${name} has cleaned up`);
        }
      },
      { policy: 'enqueue' },
    );
    void task.run('one');
    void task.run('two');
    task.getSnapshot().operation!.cancel();
    await nextTask();
    expect(task.getSnapshot()).toMatchObject({ status: 'canceled', queued: 1 });
    expect(journal).toEqual(['one begins']);
    cleaned.open();
    await nextTask();
    expect(journal).toEqual(['one begins', 'one has cleaned up', 'two begins']);
    task.cancel();
  });

  it('cancels what runs and what waits with one cancel; nothing that waits begins', async () => {
    const { settle, cancel, getSnapshot, journal } = createGated('enqueue');
    const outcomes = ['one', 'two', 'three'].map((name) => settle(name));
    expect(cancel('enough')).toBe(true);
    expect(getSnapshot()).toMatchObject({ status: 'canceled', message: 'enough', queued: 0 });
    expect(await statusesOf(outcomes)).toEqual(['manual', 'manual', 'manual']);
    expect(journal).toEqual(['one begins', 'one manual']);
    expect(cancel()).toBe(false);
  });

  it('counts the timeout of a run from its start, not from its place in the queue', async () => {
    const task = createTask(async (op, milliseconds: number) => op.sleep(milliseconds), {
      policy: 'enqueue',
      timeout: 200,
    });
    const outcomes = [120, 120, 120].map((milliseconds) => task.settle(milliseconds));
    expect(await statusesOf(outcomes)).toEqual(['completed', 'completed', 'completed']);
  });

  it('loses a run that is canceled while it waits, at once, and the others keep their order', async () => {
    const parent = new Cancelable();
    const task = createTask((op) => op.wait(gate.promise), { policy: 'enqueue', parent });
    const gate = createGate();
    const outcomes = [task.settle(), task.settle(), task.settle()];
    const waiting = parent.children.filter(({ isPending }) => isPending);
    expect(waiting).toHaveLength(2);
    waiting[0]!.cancel('not needed');
    expect(task.getSnapshot()).toMatchObject({ status: 'running', queued: 1 });
    expect(await outcomes[1]).toMatchObject({ status: 'canceled', message: 'not needed' });
    gate.open();
    expect(await statusesOf(outcomes)).toEqual(['completed', 'manual', 'completed']);
  });

  it('is canceled with its parent, what waits too, and no more begins', async () => {
    const session = new Cancelable().start();
    const task = createTask(untilCanceled, { policy: 'enqueue', parent: session });
    const outcomes = [task.settle(), task.settle(), task.settle()];
    session.cancel('signed out');
    expect(task.getSnapshot()).toMatchObject({ status: 'canceled', reason: 'parent', queued: 0 });
    expect(await statusesOf(outcomes)).toEqual(['parent', 'parent', 'parent']);
  });

  it('lets many bodies that return at once run without recursion', async () => {
    const task = createTask((_op, index: number) => index, { policy: 'enqueue' });
    const values = await Promise.all(Array.from({ length: 20_000 }, (_, index) => task.run(index)));
    expect(values).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
  });

  it('takes a run that its own body asks for, which must not await it', async () => {
    const journal: string[] = [];
    const task = createTask(
      (_op, depth: number): void => {
        journal.push(`at ${depth}`);
        if (depth < 3) void task.run(depth + 1);
        journal.push(`end of ${depth}`);
      },
      { policy: 'enqueue' },
    );
    await task.run(1);
    await nextTask();
    expect(journal).toEqual(['at 1', 'end of 1', 'at 2', 'end of 2', 'at 3', 'end of 3']);
  });
});

describe('the policy keepLatest', () => {
  it('lets the newest wait, and supersedes the one that has waited', async () => {
    const { settle, getSnapshot, journal, end } = createGated('keepLatest');
    const outcomes = ['one', 'two', 'three', 'four'].map((name) => settle(name));
    expect(getSnapshot()).toMatchObject({ status: 'running', queued: 1 });
    end('one');
    await nextTask();
    end('four');
    expect(await statusesOf(outcomes)).toEqual(['completed', 'superseded', 'superseded', 'completed']);
    expect(journal).toEqual(['one begins', 'one ends', 'four begins', 'four ends']);
  });
});

describe('maxConcurrency', () => {
  it.each<[Policy, fates: string[], begun: number]>([
    ['restart', ['superseded', 'superseded', 'completed', 'completed'], 4],
    ['drop', ['completed', 'completed', 'dropped', 'dropped'], 2],
    ['enqueue', ['completed', 'completed', 'completed', 'completed'], 4],
    ['keepLatest', ['completed', 'completed', 'superseded', 'completed'], 3],
    ['parallel', ['completed', 'completed', 'completed', 'completed'], 4],
  ])('of two with %s', async (policy, fates, begun) => {
    const { settle, gates, journal, getSnapshot } = createGated(policy, 2);
    const names = ['one', 'two', 'three', 'four'];
    const outcomes = names.map((name) => settle(name));
    while (getSnapshot().isRunning) {
      for (const gate of gates.values()) gate.open();
      await nextTask();
    }
    expect(await statusesOf(outcomes)).toEqual(fates);
    expect(journal.filter((line) => line.endsWith('begins'))).toHaveLength(begun);
  });
});

describe('a task', () => {
  it('that is reset forgets what was, and cancels what waits, too', async () => {
    const { settle, reset, getSnapshot } = createGated('enqueue');
    const outcomes = ['one', 'two'].map((name) => settle(name));
    reset();
    expect(getSnapshot()).toMatchObject({ status: 'idle', queued: 0, data: undefined, operation: undefined });
    expect(await statusesOf(outcomes)).toEqual(['manual', 'manual']);
    expect(getSnapshot().status).toBe('idle');
  });

  it('shows the run that runs, not one that was canceled while it waited', async () => {
    const { settle, getSnapshot, operations, end } = createGated('keepLatest');
    void settle('one');
    void settle('two');
    void settle('three');
    await nextTask();
    expect(getSnapshot()).toMatchObject({ status: 'running', reason: undefined, operation: operations.get('one') });
    end('one');
    await nextTask();
    end('three');
    await nextTask();
    expect(getSnapshot()).toMatchObject({ status: 'completed', data: 'three' });
  });
});
