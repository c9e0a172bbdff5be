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

/** A listener that is taken out when its signal is aborted. */
export interface Registration<F> {
  readonly callback: F;
  readonly signal: AbortSignal | undefined;
}

/**
 * The registrations that still stand. Asking their signals when the list is used needs no listener on them, so none can
 * outlive the list.
 */
export function standing<F>(list: Listeners<Registration<F>>): readonly Registration<F>[] {
  if (list === undefined) return none;
  // A loop, because a hot report comes by here at each level.
  for (const registration of list) if (isGone(registration)) return list.filter((each) => !isGone(each));
  return list;
}

const none: readonly never[] = [];
const isGone = ({ signal }: Registration<unknown>): boolean => signal !== undefined && signal.aborted;

/**
 * Calls user code whose failure must not break ours: what it throws or rejects with goes to `report`.
 * Returns a promise that fulfills when an asynchronous callback is done; undefined when it was synchronous.
 */
export function callSafely(callback: () => unknown, report = reportError): Promise<unknown> | undefined {
  try {
    const result = callback();
    if (!isThenable(result)) return undefined;
    return promiseThen.call(Promise.resolve(result), ignore, report);
  } catch (error) {
    report(error);
    return undefined;
  }
}
