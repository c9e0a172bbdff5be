import { describe, expect, it } from 'vitest';
import { Cancelable, CancelationToken, type OperationOptions } from 'use-cancelable/core';

// These run in Chromium, which is started with --expose-gc.
const { gc } = globalThis as { gc?: (options: { execution: 'async' }) => Promise<void> };

const forever = (): Promise<never> => new Promise<never>(() => {});

/** Collects garbage until the object is gone; false if it is still there after several rounds. */
async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 8; round += 1) {
    // In a task of its own, so that no stack and no WeakRef of this job holds anything.
    await new Promise((resolve) => setTimeout(resolve));
    await gc!({ execution: 'async' });
    if (reference.deref() === undefined) return true;
  }
  return false;
}

async function areCollected(references: Array<WeakRef<object>>): Promise<boolean> {
  for (const reference of references) if (!(await isCollected(reference))) return false;
  return true;
}

// Each operation is made in a function of its own: a variable of the test would hold it.
const makePending = (parent: Cancelable): WeakRef<Cancelable> => new WeakRef(parent.child());
const signalOfPending = (parent: Cancelable): AbortSignal => parent.child().signal;
const tokenOfPending = (parent: Cancelable): CancelationToken => parent.child().token;

describe('the garbage collector', () => {
  it('can be called here, and leaves alone what is held', async () => {
    const held = new Cancelable();
    expect(await isCollected(new WeakRef(held))).toBe(false);
    expect(held.status).toBe('pending');
    expect(await isCollected(new WeakRef({}))).toBe(true);
  });

  it('takes a child that never started, though its parent runs', async () => {
    const parent = new Cancelable({ parent: null });
    const run = parent.settle(forever);
    const references = Array.from({ length: 20 }, () => makePending(parent));
    expect(await areCollected(references)).toBe(true);
    expect(parent.children).toEqual([]);
    parent.cancel();
    await run;
  });

  it('leaves a child that never started alone while only its signal is held, and a cancel reaches it', async () => {
    const parent = new Cancelable({ parent: null });
    const run = parent.settle(forever);
    const signal = signalOfPending(parent);
    expect(await isCollected(makePending(parent))).toBe(true);
    parent.cancel();
    expect(signal.aborted).toBe(true);
    await run;
  });

  it('leaves a child that never started alone while only its token is held, and a cancel reaches it', async () => {
    const parent = new Cancelable({ parent: null });
    const run = parent.settle(forever);
    const token = tokenOfPending(parent);
    expect(await isCollected(makePending(parent))).toBe(true);
    parent.cancel();
    expect([token.isCanceled, token.reason]).toEqual([true, 'parent']);
    await run;
  });

  it('leaves a running child alone that nobody holds but its parent, which can cancel it [case 48]', async () => {
    const parent = new Cancelable({ parent: null });
    const events: string[] = [];
    const startChild = (): WeakRef<Cancelable> => {
      const child = parent.child();
      void child.onCancel(({ cancelReason }) => void events.push(String(cancelReason))).run(forever);
      return new WeakRef(child);
    };
    const run = parent.settle(() => {
      startChild();
      startChild();
    });
    expect(await isCollected(new WeakRef({}))).toBe(true);
    expect(parent.children).toHaveLength(2);
    parent.cancel();
    await run;
    expect(events).toEqual(['parent', 'parent']);
  });

  it('takes a hundred finished children while their parent runs [case 45]', async () => {
    const parent = new Cancelable({ parent: null });
    const ends: Array<(op: Cancelable) => unknown> = [
      () => 1,
      (op) => op.wait(Promise.resolve()),
      (op) => op.cancel(),
      () => Promise.reject(new Error('no')),
    ];
    const finishOne = async (index: number): Promise<WeakRef<Cancelable>> => {
      const child = parent.child({ timeout: 60_000 });
      child.onCancel(() => {}).signal.addEventListener('abort', () => {});
      await child.settle(ends[index % ends.length]!);
      return new WeakRef(child);
    };
    const gate = Promise.withResolvers<void>();
    const run = parent.settle(() => gate.promise);
    const references: Array<WeakRef<Cancelable>> = [];
    for (let index = 0; index < 100; index += 1) references.push(await finishOne(index));
    expect(await areCollected(references)).toBe(true);
    gate.resolve();
    await run;
  });

  it('takes a hundred finished operations though the token that they shared lives on [case 109]', async () => {
    const token = new CancelationToken();
    const finishOne = async (): Promise<WeakRef<Cancelable>> => {
      const op = new Cancelable({ token, parent: null });
      await op.run(() => {
        void token.whenCanceled();
      });
      return new WeakRef(op);
    };
    const references: Array<WeakRef<Cancelable>> = [];
    for (let index = 0; index < 100; index += 1) references.push(await finishOne());
    expect(await areCollected(references)).toBe(true);
    expect(token.cancel()).toBe(true);
  });

  it('takes finished operations though the foreign signals that they followed live on', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const finishOne = async (index: number): Promise<WeakRef<Cancelable>> => {
      const op = new Cancelable({
        signal: first.signal,
        sources: index % 2 === 0 ? [second.signal] : [],
        parent: null,
      });
      await op.run(() => op.signal.aborted);
      return new WeakRef(op);
    };
    const references: Array<WeakRef<Cancelable>> = [];
    for (let index = 0; index < 50; index += 1) references.push(await finishOne(index));
    expect(await areCollected(references)).toBe(true);
    first.abort();
    second.abort();
  });

  it('takes a finished operation though its timeout would still be running', async () => {
    const finishOne = async (): Promise<WeakRef<Cancelable>> => {
      const op = new Cancelable({ timeout: 3_600_000, parent: null });
      await op.run((self) => {
        void self.sleep(3_600_000);
      });
      return new WeakRef(op);
    };
    expect(await isCollected(await finishOne())).toBe(true);
  });

  it('leaves timeouts, tokens and merged signals alone that have work to cancel', async () => {
    const token = new CancelationToken();
    const [first, second] = [new AbortController(), new AbortController()];
    const reasons: string[] = [];
    const startOne = (options: OperationOptions): void => {
      void new Cancelable({ ...options, parent: null })
        .onCancel(({ cancelReason }) => void reasons.push(String(cancelReason)))
        .run(forever);
    };
    startOne({ timeout: 300 });
    startOne({ token });
    startOne({ sources: [first.signal, second.signal] });
    expect(await isCollected(new WeakRef({}))).toBe(true);
    token.cancel();
    second.abort();
    await expect.poll(() => reasons.toSorted()).toEqual(['manual', 'signal', 'timeout']);
  });

  it('takes an operation whose error is held no longer, with the tree that it belonged to', async () => {
    const build = async (): Promise<Array<WeakRef<Cancelable>>> => {
      const parent = new Cancelable({ parent: null });
      const child = parent.child();
      const run = parent.settle(() => child.run(forever));
      parent.cancel();
      await run;
      expect(child.error).toBeInstanceOf(Error);
      return [new WeakRef(parent), new WeakRef(child)];
    };
    expect(await areCollected(await build())).toBe(true);
  });
});
