import { wrongType } from '../base/checks.js';
import { job, promiseThen } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { Deferred, type Awaitable } from '../operation/awaitable.js';
import { notice } from '../operation/lookout.js';
import { errorOf } from '../operation/errorOf.js';
import { isCancelation, leftBehindError } from '../operation/errors.js';
import { isOver, isSettled, type Operation, type Waiter } from '../operation/node.js';
import { callWith } from '../operation/stack.js';
import { addWaiter, removeWaiter } from '../operation/waiters.js';
import { reportCloseFailure, type Reader } from './openSource.js';

/**
 * Items under the guard of an operation, for `for await`. Each step is an Awaitable: the operation that the consumer had
 * is back after it. Steps that are asked for at the same time are served in order, `return` and `throw` too, as those of
 * an async generator are.
 *
 * @example
 * const chunks: CancelableStream<Uint8Array> = op.stream(file.stream());
 * const { value, done } = await chunks.next();
 */
export interface CancelableStream<T> extends AsyncIterableIterator<T, undefined> {
  /** The next item; rejects with the operation's error as soon as that is canceled. */
  next(): Awaitable<IteratorResult<T, undefined>>;
  /**
   * Closes the source and waits until that is done: for a branch of a ReadableStream that was tee'd, until the other one is
   * canceled, too (Streams standard, ReadableStreamDefaultTee), as in a native loop.
   */
  return(value?: undefined): Awaitable<IteratorResult<T, undefined>>;
  /** Closes the source, waits until that is done, then rejects with the error. */
  throw(error?: unknown): Awaitable<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): CancelableStream<T>;
}

/** What a stream makes of the items of its source. */
export interface Plan<T, R> {
  /** A step is about to be read, or the consumer leaves. */
  onAsk?(isLeaving: boolean): void;
  /** The step that the item completes; undefined when that takes more items. */
  collect(item: T): IteratorYieldResult<R> | undefined;
  /** The source has no more items: the step that is left. */
  finish(): IteratorYieldResult<R> | undefined;
  /** The step was handed over. The next one waits for the promise. */
  onDelivered(value: R): Promise<unknown> | undefined;
}

interface Request<R> {
  readonly kind: 'next' | 'return' | 'throw';
  readonly value: unknown;
  readonly deferred: Deferred<IteratorResult<R, undefined>>;
}

/**
 * Written by hand, because an async generator loses the consumer's operation. The source is read on demand only, with the
 * stream's operation current. When that is canceled, fails or completes, the source is closed at once and nobody waits
 * for it: a generator that is blocked in an `await` never closes.
 */
export function createStream<T, R>(
  node: Operation | undefined,
  source: Reader<T>,
  plan: Plan<T, R>,
): CancelableStream<R> {
  const requests: Request<R>[] = []; // the first one is being served
  let isServing = false;
  let reader: Reader<T> | undefined = source; // until it is closed or has ended
  let hasEnded = false;
  let interruption: { readonly error: unknown } | undefined;

  const waiter: Waiter = {
    previous: undefined,
    next: undefined,
    interrupt,
    leaveBehind: () => job(() => interrupt(leftBehindError(node!))), // a node holds it
  };
  if (node !== undefined) {
    if (isOver(node)) job(() => interrupt(errorOf(node)));
    else if (!isSettled(node)) addWaiter(node, waiter);
  }

  function ask(kind: Request<R>['kind'], value?: unknown): Awaitable<IteratorResult<R, undefined>> {
    const deferred = new Deferred<IteratorResult<R, undefined>>();
    requests.push({ kind, value, deferred });
    if (!isServing) serve();
    return deferred.promise;
  }

  function serve(): void {
    const request = requests[0];
    isServing = request !== undefined;
    if (request === undefined) return;
    if (reader === undefined) return job(answer);
    plan.onAsk?.(request.kind !== 'next');
    if (request.kind === 'next') return read();
    // The guard stays until the source is closed.
    void promiseThen.call(Promise.resolve(close(undefined)), () => {
      if (interruption !== undefined) return;
      end();
      answer();
    });
  }

  function read(): void {
    if (node !== undefined) notice(node);
    if (isOver(node)) return; // the interrupt is on its way
    try {
      void promiseThen.call(Promise.resolve(callWith(node, next)), onStep as (step: unknown) => void, onFailure);
    } catch (error) {
      job(() => onFailure(error));
    }
  }

  function next(): unknown {
    return reader!.next(); // read() is called with a reader only
  }

  function onStep(step: IteratorResult<T>): void {
    if (reader === undefined || isOver(node)) return;
    let made: IteratorYieldResult<R> | undefined;
    try {
      if (Object(step) !== step) throw wrongType('The result of next()', 'an object', step);
      if (step.done === true) {
        release();
        made = plan.finish();
      } else made = plan.collect(step.value);
    } catch (error) {
      onFailure(error);
      return;
    }
    if (made !== undefined) deliver(made);
    else if (hasEnded) answer();
    else read();
  }

  function deliver(step: IteratorYieldResult<R>): void {
    requests.shift()!.deferred.fulfill(step);
    const pending = plan.onDelivered(step.value);
    if (pending === undefined) serve();
    else {
      void pending.then(() => {
        if (interruption === undefined) serve();
      });
    }
  }

  function onFailure(error: unknown): void {
    if (reader === undefined || isOver(node)) return;
    release();
    fail(requests.shift()!.deferred, error);
    serve();
  }

  /** The stream has ended. */
  function answer(): void {
    const { kind, value, deferred } = requests.shift()!;
    if (kind === 'throw') fail(deferred, value);
    else if (kind === 'next' && interruption !== undefined) deferred.rejectQuietly(interruption.error);
    else deferred.fulfill({ done: true, value: value as undefined });
    serve();
  }

  function interrupt(error: unknown): void {
    if (hasEnded) return;
    interruption = { error };
    void close(error);
    end();
    isServing = false;
    for (const { deferred } of requests.splice(0)) deferred.rejectQuietly(error);
  }

  function close(reason: unknown): Promise<unknown> | undefined {
    const closing = reader;
    reader = undefined;
    return closing && callSafely(() => callWith(node, () => closing.close(reason)), onCloseFailure);
  }

  function onCloseFailure(error: unknown): void {
    reportCloseFailure(error, interruption?.error);
  }

  function release(): void {
    reader!.release?.();
    reader = undefined;
    end();
  }

  function end(): void {
    hasEnded = true;
    if (node !== undefined) removeWaiter(node, waiter);
  }

  const stream: CancelableStream<R> = {
    next: () => ask('next'),
    return: (value) => ask('return', value),
    throw: (error) => ask('throw', error),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

function fail<T>(deferred: Deferred<T>, error: unknown): void {
  if (isCancelation(error)) deferred.rejectQuietly(error);
  else deferred.reject(error);
}
