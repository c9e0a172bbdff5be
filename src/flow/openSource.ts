import { isThenable, promiseThen } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { wrongType } from '../base/checks.js';

/** What a stream may be made of. Promises in a plain iterable are awaited, as `for await` does. */
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

/** `length` or `size` of what has one. */
export function totalOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((count) => typeof count === 'number');
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
  const close = (): unknown => iterator.return?.();
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
