import { checkBoolean, checkCount, checkFunction, checkOptions } from '../base/checks.js';
import { callSafely } from '../base/listeners.js';
import { coldOf, type Operation } from '../operation/node.js';
import { reportProgress } from '../operation/report.js';
import { reportFailure } from '../operation/reportFailure.js';
import { callWith, currentNode } from '../operation/stack.js';
import { createStream, type CancelableStream } from './createStream.js';
import { openSource, type StreamSource } from './openSource.js';

/**
 * What `stream` may be told.
 *
 * @example
 * op.stream(rows, { reportEvery: 100, bufferPartial: true });
 */
export interface StreamOptions<T> {
  /** Reports progress after every so many items, with `{ count, latestItem, current, total }`. Default: never. */
  readonly reportEvery?: number | undefined;
  /** Keeps the last 1000 items in the partial result. Default: false, only their number. */
  readonly bufferPartial?: boolean | undefined;
  /**
   * Called after every `reportEvery` items, or after each one when that is not given. The next item waits for its promise;
   * what it throws goes to `reportError`.
   */
  readonly onProgress?: ((count: number, item: T) => unknown) | undefined;
}

/**
 * What a stream leaves in `op.context.partialResult`, up to date at every moment: from its first item on, or from its
 * start with `bufferPartial`.
 *
 * @example
 * const partial = op.context.partialResult as StreamPartialResult<Row>;
 * console.log(`${partial.count} rows before the end`);
 */
export interface StreamPartialResult<T> {
  /** Items that were handed over; for `chunked`, that were read. */
  readonly count: number;
  /** The last 1000 of them, with `bufferPartial`; for `chunked`, those of the incomplete chunk. */
  readonly buffer?: readonly T[];
  /** True when the source has ended by itself. */
  readonly completed: boolean;
}

const bufferLimit = 1000;

const checks = {
  reportEvery: checkCount,
  bufferPartial: checkBoolean,
  onProgress: checkFunction,
};

/**
 * `op.stream` for the current operation: its items, one by one. Rejects with the operation's error as soon as that is
 * canceled, also while the source is blocked. Outside of an operation it only follows the source. The source is closed
 * on every way out; what closing it throws goes to `reportError`. A name, a timeout or a token of its own is given by an
 * operation around it: `new Cancelable({ name, timeout, token }).run((op) => …)`.
 *
 * @example
 * for await (const chunk of stream(file.stream(), { reportEvery: 10 })) {
 *   await wait(save(chunk));
 * }
 */
export function stream<T>(source: StreamSource<T>, options?: StreamOptions<T>): CancelableStream<T> {
  return streamIn(currentNode(), source, options);
}

export function streamIn<T>(
  node: Operation | undefined,
  source: StreamSource<T>,
  options: StreamOptions<T> = {},
): CancelableStream<T> {
  checkOptions('The options of stream', options, checks);
  const { reportEvery, bufferPartial, onProgress } = options;
  const reader = openSource(source);
  const { total } = reader;
  const buffer: T[] | undefined = bufferPartial === true ? [] : undefined;
  const partial = { count: 0, ...(buffer && { buffer }), completed: false };
  if (node !== undefined && buffer !== undefined) coldOf(node).partialResult = partial;
  return createStream(node, reader, {
    collect: (value) => ({ done: false, value }),
    finish() {
      partial.completed = true;
      return undefined;
    },
    onDelivered(latestItem) {
      const count = (partial.count += 1);
      if (buffer !== undefined && buffer.push(latestItem) > bufferLimit) buffer.shift();
      if (node !== undefined) {
        if (count === 1) coldOf(node).partialResult = partial;
        if (reportEvery !== undefined && count % reportEvery === 0)
          void reportProgress(node, `Processed ${count} items`, { count, latestItem, current: count, total });
      }
      if (onProgress === undefined || count % (reportEvery ?? 1) !== 0) return undefined;
      return callSafely(() => callWith(node, () => onProgress(count, latestItem)), reportFailure);
    },
  });
}
