import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Cancelable, createRegistry, registry, type Registry } from 'use-cancelable/core';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage until the list is as long as expected; its length after several rounds otherwise. */
async function lengthAfterCollection(own: Registry, expected: number): Promise<number> {
  for (let round = 0; round < 20 && own.list().length !== expected; round += 1) {
    // In a task of its own, so that no stack and no WeakRef of this job holds anything.
    await new Promise((resolve) => setTimeout(resolve));
    collectGarbage();
  }
  return own.list().length;
}

// Each operation is made in a function of its own: a variable of the test would hold it.
function dropPending(own: Registry | true): void {
  void new Cancelable({ parent: null, register: own, name: 'dropped' });
}
function dropRunning(own: Registry): WeakRef<Cancelable> {
  const op = new Cancelable({ parent: null, register: own, name: 'running' });
  void op.settle((self) => self.wait(new Promise<never>(() => {})));
  return new WeakRef(op);
}
/** Started when the registry knows it only weakly. */
async function dropRunningLate(own: Registry): Promise<WeakRef<Cancelable>> {
  const op = new Cancelable({ parent: null, register: own, name: 'running' });
  await new Promise((resolve) => setTimeout(resolve));
  void op.settle((self) => self.wait(new Promise<never>(() => {})));
  return new WeakRef(op);
}
async function keepLate(own: Registry): Promise<void> {
  const op = new Cancelable({ parent: null, register: own, name: 'kept' });
  await new Promise((resolve) => setTimeout(resolve));
  own.register(op);
}
function cancelRunning(own: Registry): void {
  own.cancelAll();
}

describe('a registry', () => {
  it('forgets what was dropped before it started, and says so', async () => {
    const own = createRegistry();
    let told = 0;
    for (let count = 0; count < 100; count += 1) dropPending(own);
    expect(own.getSnapshot()).toHaveLength(100);
    own.subscribe(() => {
      told += 1;
    });
    expect(await lengthAfterCollection(own, 0)).toBe(0);
    for (let round = 0; round < 20 && told < 100; round += 1) await new Promise((resolve) => setTimeout(resolve));
    expect([told, own.getSnapshot(), own.history()]).toEqual([100, [], []]);
  });

  it.each([
    ['at once', dropRunning],
    ['later', dropRunningLate],
  ])('holds what runs, started %s, and lets go of it when it has ended', async (_, drop) => {
    const own = createRegistry();
    const reference = await drop(own);
    dropPending(own);
    expect(await lengthAfterCollection(own, 1)).toBe(1);
    expect(own.list()[0]).toMatchObject({ name: 'running' });
    cancelRunning(own);
    expect(await lengthAfterCollection(own, 0)).toBe(0);
    for (let round = 0; round < 20 && reference.deref() !== undefined; round += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      collectGarbage();
    }
    expect(reference.deref()).toBeUndefined();
    expect(own.history()).toMatchObject([{ name: 'running', status: 'canceled' }]);
  });

  it('holds what it was given by hand', async () => {
    const own = createRegistry();
    (() => own.register(new Cancelable({ parent: null, name: 'kept' })))();
    await keepLate(own);
    expect(await lengthAfterCollection(own, 0)).toBe(2);
    own.clear();
  });

  it('of the package forgets as well', async () => {
    dropPending(true);
    expect(await lengthAfterCollection(registry, 0)).toBe(0);
  });
});
