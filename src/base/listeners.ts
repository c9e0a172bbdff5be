import { ignore, isThenable, promiseThen } from './jobs.js';
import { reportError } from './reportError.js';

/**
 * Listeners are immutable lists: whoever delivers holds the list of that moment, so that callbacks which come and go
 * during a delivery count from the next one on.
 */
export type Listeners<F> = readonly F[] | undefined;

export function withListener<F>(list: Listeners<F>, listener: F): readonly F[] {
  return list === undefined ? [listener] : [...list, listener];
}

/** Removes one registration of the listener; the others of the same function stay. */
export function withoutListener<F>(list: Listeners<F>, listener: F): Listeners<F> {
  const index = list?.indexOf(listener) ?? -1;
  if (list === undefined || index === -1) return list;
  return list.length === 1 ? undefined : list.toSpliced(index, 1);
}

/**
 * Calls user code whose failure must not break ours: what it throws or rejects with goes to `reportError`.
 * Returns a promise that fulfills when an asynchronous callback is done; undefined when it was synchronous.
 */
export function callSafely(callback: () => unknown): Promise<unknown> | undefined {
  try {
    const result = callback();
    if (!isThenable(result)) return undefined;
    return promiseThen.call(Promise.resolve(result), ignore, reportError);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
