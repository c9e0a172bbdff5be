import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { takeTurns } from './randomTree.ts';

// Operations that run below one that has not started. Found by the properties in properties.test.ts.

const never = new Promise<never>(() => {});

/** A running root, a pending operation below it, and one that runs below that. */
function start(body: (op: Cancelable) => unknown = (op) => op.wait(never)) {
  const root = new Cancelable({ parent: null });
  const middle = root.child();
  const below = middle.child();
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const rootOutcome = root.settle(() => root.wait(ended));
  const outcome = below.settle(body);
  return { root, middle, below, end, rootOutcome, outcome };
}

async function isClosed(op: Cancelable): Promise<boolean> {
  let closed = false;
  void op.closed.then(() => (closed = true));
  for (let turn = 0; turn < 5; turn += 1) await takeTurns();
  return closed;
}

describe('an operation below a pending one', () => {
  it('holds the running one above both', async () => {
    let finish!: () => void;
    const { root, middle, below, end, rootOutcome, outcome } = start(
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    end();
    await takeTurns();
    expect([root.status, middle.status, below.status]).toEqual(['running', 'pending', 'running']);
    finish();
    expect((await outcome).status).toBe('completed');
    expect((await rootOutcome).status).toBe('completed');
    expect(await isClosed(root)).toBe(true);
  });

  it('is canceled with the one above both', async () => {
    const { root, middle, below, rootOutcome, outcome } = start();
    root.cancel();
    expect([root.reason, middle.reason, below.reason]).toEqual(['manual', 'parent', 'parent']);
    await Promise.all([rootOutcome, outcome]);
    expect(await Promise.all([root, middle, below].map(isClosed))).toEqual([true, true, true]);
  });

  it('does not start when the one above both has ended', async () => {
    const root = new Cancelable({ parent: null });
    root.cancel();
    const below = root.child().child();
    let started = false;
    const outcome = await below.settle(() => (started = true));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'parent' });
    expect(started).toBe(false);
  });

  it.each([
    ['is canceled', (root: Cancelable) => root.cancel()],
    ['fails', (root: Cancelable) => root.fail(new Error('failed'))],
  ])('lets all of them close when the root %s and the pending one is run too late', async (_name, stop) => {
    const { root, middle, below, rootOutcome, outcome } = start();
    stop(root);
    expect(await middle.settle(() => 'never called')).toMatchObject({ status: 'canceled', reason: 'parent' });
    await Promise.all([rootOutcome, outcome]);
    expect(await Promise.all([root, middle, below].map(isClosed))).toEqual([true, true, true]);
  });

  it('lets all of them close when it does not heed the cancel and the pending one is run too late', async () => {
    let finish!: () => void;
    const { root, middle, below } = start(() => new Promise<void>((resolve) => (finish = resolve)));
    root.cancel();
    await middle.settle(() => undefined);
    expect(await isClosed(root)).toBe(false);
    finish();
    expect(await Promise.all([root, middle, below].map(isClosed))).toEqual([true, true, true]);
  });

  it('is still held when the pending one starts after it', async () => {
    let finish!: () => void;
    const { root, middle, end, rootOutcome, outcome } = start(() => new Promise<void>((resolve) => (finish = resolve)));
    const middleOutcome = middle.settle(() => 'value');
    end();
    await takeTurns();
    expect([root.status, middle.status]).toEqual(['running', 'running']);
    finish();
    expect((await middleOutcome).status).toBe('completed');
    await Promise.all([rootOutcome, outcome]);
    expect(await Promise.all([root, middle].map(isClosed))).toEqual([true, true]);
  });

  it('counts once: the root closes when the pending one has started and ended before it', async () => {
    let finish!: () => void;
    const { root, middle, end, rootOutcome } = start(() => new Promise<void>((resolve) => (finish = resolve)));
    const middleOutcome = middle.settle(() => middle.wait(never));
    middle.cancel();
    await middleOutcome;
    end();
    finish();
    expect((await rootOutcome).status).toBe('completed');
    expect(await Promise.all([root, middle].map(isClosed))).toEqual([true, true]);
  });

  it('may hang below several pending ones', async () => {
    const root = new Cancelable({ parent: null });
    const rootOutcome = root.settle((op) => op.wait(never));
    const pending = [root.child()];
    while (pending.length < 5) pending.push(pending.at(-1)!.child());
    const below = pending.at(-1)!.child();
    const outcome = below.settle((op) => op.wait(never));
    pending[2]!.cancel();
    expect((await outcome).status).toBe('canceled');
    await pending[1]!.settle(() => undefined);
    root.cancel();
    await rootOutcome;
    expect(await Promise.all([root, ...pending.slice(0, 3), below].map(isClosed))).toEqual(Array(5).fill(true));
  });
});
