import { describe, expect, it } from 'vitest';
import { Cancelable, ParentCancelation, type Outcome } from 'use-cancelable/core';

// Ten thousand levels and a hundred thousand children are ordinary cases, in every direction. What is left behind by as many:
// leftovers.chromium.test.ts.

const depth = 10_000;
const breadth = 100_000;
const never = new Promise<never>(() => {});

interface Chain {
  readonly levels: readonly Cancelable[];
  readonly outcomes: ReadonlyArray<Promise<Outcome<unknown>>>;
}

/** Operations each of which is the child of the one before; all run. */
function startChain(body: (op: Cancelable, level: number) => unknown, timeout?: number): Chain {
  const levels: Cancelable[] = [];
  const outcomes: Array<Promise<Outcome<unknown>>> = [];
  for (let level = 0; level < depth; level += 1) {
    const op = levels.at(-1)?.child() ?? new Cancelable({ parent: null, timeout });
    levels.push(op);
    outcomes.push(op.settle(() => body(op, level)));
  }
  return { levels, outcomes };
}

const statuses = (ops: readonly Cancelable[]): Set<string> => new Set(ops.map((op) => op.status));

/** A promise, and what resolves it. */
function gate(): [open: () => void, promise: Promise<void>] {
  let open!: () => void;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [open, promise];
}

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

describe('10,000 levels', { timeout: 60_000 }, () => {
  it('are canceled from the top, each with its reason, and joined and closed from the bottom', async () => {
    const { levels, outcomes } = startChain((op) => op.wait(never));
    const [root, leaf] = [levels[0]!, levels.at(-1)!];
    const { signal } = leaf;
    const order: number[] = [];
    for (const level of [0, 5000, 9999]) void levels[level]!.closed.then(() => order.push(level));

    expect(root.cancel('enough')).toBe(true);
    expect(statuses(levels)).toEqual(new Set(['canceled']));
    expect(signal.aborted).toBe(true);
    expect(levels.slice(1).every((op) => op.reason === 'parent')).toBe(true);

    const settled = await Promise.all(outcomes);
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['canceled']));
    await root.closed;
    expect(order).toEqual([9999, 5000, 0]);
    expect(levels.every((op) => op.children.length === 0)).toBe(true);

    const { error } = leaf;
    expect(error).toBeInstanceOf(ParentCancelation);
    expect((error as ParentCancelation).rootCause).toBe(root.error);
    expect(signal.reason).toBe(error);
  });

  it('are canceled though no body heeds it, and closed when the last of them has ended', async () => {
    const [end, ended] = gate();
    const { levels, outcomes } = startChain(() => ended);
    levels[0]!.cancel();
    await Promise.all(outcomes);
    let closed = false;
    const closing = levels[0]!.closed.then(() => {
      closed = true;
    });
    expect(levels.every((op) => op.isAbandoned)).toBe(true);
    expect(closed).toBe(false);
    end();
    await closing;
    expect(closed).toBe(true);
  });

  it('complete from the leaf up', async () => {
    const [begin, begun] = gate();
    const [end, ended] = gate();
    const order: number[] = [];
    const { levels, outcomes } = startChain((op, level) => {
      op.onComplete(() => order.push(level));
      return op.wait(level === depth - 1 ? ended : begun);
    });
    begin();
    await nextTask();
    expect(statuses(levels)).toEqual(new Set(['running']));
    expect(order).toEqual([]);
    end();
    const settled = await Promise.all(outcomes);
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['completed']));
    expect(order).toEqual(Array.from({ length: depth }, (_, index) => depth - 1 - index));
    await levels[0]!.closed;
  });

  it('fail with the error of the leaf when each was spawned by the one above', async () => {
    const error = new Error('deep down');
    let fail!: () => void;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = () => reject(error);
    });
    const levels: Cancelable[] = [];
    const root = new Cancelable({ parent: null });
    const running = root.settle((op) => op.wait(never));
    let at = root;
    for (let level = 0; level < depth; level += 1) {
      const last = level === depth - 1;
      void at.spawn((op) => {
        levels.push(op);
        return op.wait(last ? failed : never);
      });
      at = levels.at(-1)!;
    }
    fail();
    expect(await running).toEqual({ status: 'failed', error });
    expect(statuses(levels)).toEqual(new Set(['failed']));
    expect(levels.every((op) => op.error === error)).toBe(true);
    await root.closed;
  });

  it('are canceled by the timeout of the top, which all of them know', async () => {
    const { levels, outcomes } = startChain((op) => op.wait(never), 400);
    const [root, leaf] = [levels[0]!, levels.at(-1)!];
    expect(leaf.remaining).toBeLessThanOrEqual(400);
    expect(leaf.deadline).toBe(root.deadline);
    await Promise.all(outcomes);
    expect([root.reason, leaf.reason]).toEqual(['timeout', 'parent']);
    expect((leaf.error as ParentCancelation).rootCause).toBe(root.error);
  });

  it('hand a report up to the top, and the top knows how far the leaf is', async () => {
    const { levels, outcomes } = startChain((op) => op.wait(never));
    const [root, leaf] = [levels[0]!, levels.at(-1)!];
    let calls = 0;
    for (const op of levels) {
      op.onProgress((id, message) => {
        if (id === leaf.id && message === 'deep down') calls += 1;
      });
    }
    expect(root.progress.isIndeterminate).toBe(true);
    leaf.report('deep down', { progress: 40 });
    expect(calls).toBe(depth);
    expect(root.progress).toMatchObject({ progress: 40, message: 'deep down', isIndeterminate: false });
    expect(levels[depth / 2]!.progress.fraction).toBe(0.4);
    root.cancel();
    expect(root.progress.fraction).toBe(0.4);
    expect(levels[depth / 2]!.progress.fraction).toBe(0.4);
    await Promise.all(outcomes);
  });

  it('that never started are canceled from the top', () => {
    const levels = [new Cancelable({ parent: null })];
    while (levels.length < depth) levels.push(levels.at(-1)!.child());
    levels[0]!.cancel();
    expect(statuses(levels)).toEqual(new Set(['canceled']));
  });
});

describe('100,000 children', { timeout: 60_000 }, () => {
  it('are canceled, joined and closed', async () => {
    const parent = new Cancelable({ parent: null });
    const children: Cancelable[] = [];
    const running = parent.settle((op) => op.wait(never));
    let settled = 0;
    for (let index = 0; index < breadth; index += 1) {
      const child = parent.child();
      children.push(child);
      void child.settle((op) => op.wait(never)).then(() => (settled += 1));
    }
    expect(parent.children).toHaveLength(breadth);
    parent.cancel();
    expect(statuses(children)).toEqual(new Set(['canceled']));
    expect((await running).status).toBe('canceled');
    await parent.closed;
    await Promise.resolve();
    expect(settled).toBe(breadth);
    expect(parent.children).toHaveLength(0);
  });

  it('that never started are canceled', () => {
    const parent = new Cancelable({ parent: null });
    const children = Array.from({ length: breadth }, () => parent.child());
    expect(parent.children).toHaveLength(breadth);
    parent.cancel();
    expect(statuses(children)).toEqual(new Set(['canceled']));
    expect(parent.children).toHaveLength(0);
  });

  it('complete, and count in the progress of their parent', async () => {
    const parent = new Cancelable({ parent: null });
    await parent.run(async (op) => {
      const running: Array<Promise<unknown>> = [];
      for (let index = 0; index < breadth; index += 1) {
        const child = op.child();
        running.push(child.run(async (child) => (index % 2 === 0 ? undefined : await child.sleep(5))));
      }
      await op.wait(running[0]!);
      for (const child of op.children) child.report('on the way', { progress: 50 });
      expect(op.progress.progress).toBeGreaterThanOrEqual(75);
      await op.wait(Promise.all(running));
      expect(op.progress.progress).toBe(99);
      expect(op.children).toHaveLength(0);
    });
    expect(parent.isCompleted).toBe(true);
  });

  it('are canceled as siblings when one of them fails', async () => {
    const parent = new Cancelable({ parent: null });
    const error = new Error('the last one');
    const running = parent.settle((op) => {
      for (let index = 0; index < breadth; index += 1) void op.spawn((child) => child.wait(never));
      void op.spawn(() => Promise.reject(error));
      return op.wait(never);
    });
    const { children } = parent;
    expect(await running).toEqual({ status: 'failed', error });
    expect(children).toHaveLength(breadth + 1);
    expect(children.slice(0, breadth).every((child) => child.reason === 'sibling')).toBe(true);
  });

  it('may be waits of one operation: all end with it', async () => {
    const op = new Cancelable({ parent: null });
    let rejected = 0;
    const running = op.settle(async () => {
      const waits = Array.from({ length: breadth }, () => op.wait(never));
      for (const wait of waits) wait.catch(() => (rejected += 1));
      await op.wait(never);
    });
    op.cancel();
    await running;
    expect(rejected).toBe(breadth);
  });
});
