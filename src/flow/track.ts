import { checkOptions, outOfRange, wrongType } from '../base/checks.js';
import { toMilliseconds, type Duration } from '../base/duration.js';
import type { Operation } from '../operation/node.js';
import { reportProgress } from '../operation/report.js';
import { currentNode } from '../operation/stack.js';
import { throwIfCanceled } from '../operation/throwIfCanceled.js';
import { createStream, type CancelableStream } from './createStream.js';
import { checkSource, isAsynchronous, openSource, totalOf, type StreamSource } from './openSource.js';

/**
 * What `track` may be told.
 *
 * @example
 * for (const row of op.track(parseRows(text), { total: 5000, every: 250 })) draw(row);
 */
export interface TrackOptions {
  /** How many items there will be. Default: `length` or `size` of the items. Without one there is a rate, but no eta. */
  readonly total?: number | undefined;
  /** The least time between two reports; the first and the last are always made. Default: 100 ms. 0: after each item. */
  readonly every?: Duration | undefined;
}

/**
 * Items that report how far the loop over them is; for `for … of` and for `for await`.
 *
 * @example
 * const tracked: TrackedItems<File> = track(files);
 * for await (const file of tracked) await wait(upload(file));
 */
export interface TrackedItems<T> extends Iterable<T> {
  [Symbol.asyncIterator](): CancelableStream<Awaited<T>>;
}

const checks = {
  total(option: string, value: unknown) {
    if (typeof value !== 'number') throw wrongType(option, 'a number', value);
    if (!(value >= 0 && value < Infinity)) throw outOfRange(option, 'a finite number, zero or more', value);
  },
  every: toMilliseconds,
};

/**
 * `op.track` for the current operation: the same items, in a loop that reports its own progress, as tqdm does: `current` is
 * the number of items that the loop is done with, rate and eta follow from it. The loop ends with the operation's error
 * at the first step after that was canceled. Unlike `stream` it reports by time, and keeps no partial result.
 *
 * @example
 * for (const file of track(files)) {
 *   await wait(upload(file));
 * }
 */
export function track<T>(items: Iterable<T>, options?: TrackOptions): TrackedItems<T>;
export function track<T>(items: AsyncIterable<T> | ReadableStream<T>, options?: TrackOptions): CancelableStream<T>;
export function track<T>(items: StreamSource<T>, options?: TrackOptions): CancelableStream<T> | TrackedItems<T>;
export function track<T>(items: StreamSource<T>, options?: TrackOptions): unknown {
  return trackIn(currentNode(), items, options);
}

export function trackIn<T>(node: Operation | undefined, items: StreamSource<T>, options: TrackOptions = {}): unknown {
  checkOptions('The options of track', options, checks);
  checkSource(items);
  const { total = isAsynchronous(items) ? undefined : totalOf(items) } = options;
  const interval = toMilliseconds('Option "every"', options.every ?? 100);
  const begin = (): Tell => createTell(node, total, interval);
  const loop = items as Iterable<T>;
  if (typeof loop[Symbol.iterator] !== 'function') return trackSteps(node, items, begin());
  return {
    [Symbol.iterator]: () => trackLoop(node, loop, begin()),
    [Symbol.asyncIterator]: () => trackSteps(node, items, begin()),
  };
}

type Tell = (done: number, isLast: boolean) => void;

/** Reports the number of items that are done, unless it has just reported or has nothing new to say. */
function createTell(node: Operation | undefined, total: number | undefined, interval: number): Tell {
  let told = -1;
  let toldAt = -Infinity;
  return (current, isLast) => {
    if (node === undefined || current === told) return;
    const now = performance.now();
    if (!isLast && now - toldAt < interval) return;
    told = current;
    toldAt = now;
    const message = total === undefined ? `${current} items` : `${current} of ${total}`;
    void reportProgress(node, message, { current, total });
  };
}

function* trackLoop<T>(node: Operation | undefined, items: Iterable<T>, tell: Tell): Generator<T, void> {
  let done = 0;
  if (node !== undefined) throwIfCanceled(node);
  tell(done, false);
  try {
    for (const item of items) {
      yield item;
      done += 1;
      if (node !== undefined) throwIfCanceled(node);
      tell(done, false);
    }
  } finally {
    tell(done, true);
  }
}

function trackSteps<T>(node: Operation | undefined, items: StreamSource<T>, tell: Tell): CancelableStream<T> {
  let done = 0;
  return createStream<T, T>(node, openSource(items), {
    // The item that a loop is left in is not done.
    onAsk: (isLeaving) => tell(isLeaving ? Math.max(done - 1, 0) : done, isLeaving),
    collect: (value) => ({ done: false, value }),
    finish() {
      tell(done, true);
      return undefined;
    },
    onDelivered() {
      done += 1;
      return undefined;
    },
  });
}
