import { expect, onTestFinished } from 'vitest';
import type { Cancelable } from 'use-cancelable/core';
import type { TypedWorker } from 'use-cancelable/worker';
import type { Api } from './functions.worker.ts';

/** A worker with the functions of functions.worker.ts, terminated after the test. */
export function openWorker(): TypedWorker<Api> {
  const worker = new Worker(new URL('./functions.worker.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  return worker;
}

/** The first report of an operation, or of one below it. */
export function firstReport(op: Cancelable): Promise<void> {
  return new Promise((resolve) => {
    op.onProgress(() => resolve());
  });
}

/** Listeners on this very target: how many there are now. */
export function countListeners(target: EventTarget): () => number {
  const listeners = new Set<string>();
  const ids = new Map<unknown, number>();
  const keyOf = (type: string, listener: unknown): string => {
    if (!ids.has(listener)) ids.set(listener, ids.size);
    return `${type} ${ids.get(listener)}`;
  };
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = function (this: EventTarget, ...args: Parameters<typeof addEventListener>) {
    listeners.add(keyOf(args[0], args[1]));
    addEventListener.apply(this, args);
  };
  target.removeEventListener = function (this: EventTarget, ...args: Parameters<typeof removeEventListener>) {
    listeners.delete(keyOf(args[0], args[1]));
    removeEventListener.apply(this, args);
  };
  return () => listeners.size;
}

/** Requests for locks of the package that wait. */
export async function countWaitingLocks(): Promise<number> {
  const { pending = [] } = await navigator.locks.query();
  return pending.filter(isOurs).length;
}

/** Locks of the package that are held, by whatever context. */
export async function countHeldLocks(): Promise<number> {
  const { held = [] } = await navigator.locks.query();
  return held.filter(isOurs).length;
}

function isOurs({ name }: LockInfo): boolean {
  return name?.startsWith('use-cancelable') === true;
}

/** What a promise is rejected with. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return error as Error;
  }
  throw new Error('It was not rejected.');
}
