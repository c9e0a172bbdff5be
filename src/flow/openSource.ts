import { isThenable, promiseThen } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { wrongType } from '../base/checks.js';
import { rootOf } from '../operation/causes.js';
import { reportFailure } from '../operation/reportFailure.js';

/**
 * What a stream may be made of. Promises in a plain iterable are awaited, as `for await` does.
 *
 * @example
 * const source: StreamSource<Row> = [firstRow, fetchRow(2)];
 * for await (const row of stream(source)) draw(row);
 */
export type StreamSource<T> = ReadableStream<T> | AsyncIterable<T> | Iterable<T | PromiseLike<T>>;

/** The three kinds of sources, read in one way. */
export interface Reader<T> {
  /** How many items there will be, where the source says so. */
  readonly total?: number | undefined;
  next(): IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  /** Ends a source that has not ended by itself. */
  close(reason: unknown): unknown;
  /** Lets go of a source that has ended by itself. */
  release?(): void;
}

/** Begins to read a source. Throws a TypeError when it is none, or is read elsewhere. */
export function openSource<T>(source: StreamSource<T>): Reader<T> {
  // By a reader everywhere: WebKit's ReadableStream is not iterable.
  if (isReadableStream(source)) return readStream(source);
  if (isAsyncIterable(source)) {
    const iterator = source[Symbol.asyncIterator]();
    return { next: () => iterator.next(), close: () => iterator.return?.() };
  }
  checkSource(source);
  return readIterable(source as Iterable<T | PromiseLike<T>>); // checked
}

/** `ending` is the error of the operation if that has ended: what the source of an aborted fetch then says is no news. */
export function reportCloseFailure(error: unknown, ending: unknown): void {
  const isEcho = (error as Error | undefined)?.name === 'AbortError' || rootOf(error) === rootOf(ending);
  if (ending === undefined || !isEcho) reportFailure(error);
}

/** Throws a TypeError for what is no source. */
export function checkSource(source: unknown): void {
  if (
    !isAsynchronous(source as never) &&
    typeof (source as Iterable<never> | undefined)?.[Symbol.iterator] !== 'function'
  )
    throw wrongType('The source', 'an iterable, an async iterable or a ReadableStream', source);
}

/** True when a source can be read by `for await` alone. */
export function isAsynchronous<T>(source: StreamSource<T>): source is ReadableStream<T> | AsyncIterable<T> {
  return isReadableStream(source) || isAsyncIterable(source);
}

/** `length` or `size` of what has one. The length of a string is not how many items it gives. */
export function totalOf(items: unknown): number | undefined {
  if (typeof items === 'string') return undefined;
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((count): count is number => Number.isInteger(count));
}

function readStream<T>(source: ReadableStream<T>): Reader<T> {
  if (source.locked) throw new TypeError('The source is a locked ReadableStream: something else reads it already.');
  const reader = source.getReader();
  return {
    // What it resolves with has no value at the end, and is typed as if it had one.
    next: () => reader.read() as Promise<IteratorResult<T>>,
    close(reason) {
      const closing = reader.cancel(reason);
      reader.releaseLock();
      return closing;
    },
    release: () => reader.releaseLock(),
  };
}

function readIterable<T>(source: Iterable<T | PromiseLike<T>>): Reader<T> {
  const iterator = source[Symbol.iterator]();
  let isOpen = true; // a promise may still reject after the source was closed
  const close = (): unknown => {
    const wasOpen = isOpen;
    isOpen = false;
    return wasOpen ? iterator.return?.() : undefined;
  };
  return {
    total: totalOf(source),
    next() {
      const step = iterator.next();
      if (step.done === true || !isThenable(step.value)) return step as IteratorResult<T>;
      return promiseThen.call(
        Promise.resolve(step.value),
        (value) => ({ done: false, value }),
        (error: unknown) => {
          void callSafely(close);
          throw error;
        },
      ) as Promise<IteratorResult<T>>;
    },
    close,
  };
}

function isReadableStream(source: unknown): source is ReadableStream<never> {
  return typeof (source as ReadableStream | undefined)?.getReader === 'function';
}

function isAsyncIterable(source: unknown): source is AsyncIterable<never> {
  return typeof (source as AsyncIterable<never> | undefined)?.[Symbol.asyncIterator] === 'function';
}
