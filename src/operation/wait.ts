import { job, promiseThen } from '../base/jobs.js';
import { Deferred, type Awaitable } from './awaitable.js';
import { errorOf } from './errorOf.js';
import { isCancelation, leftBehindError } from './errors.js';
import { notice } from './lookout.js';
import { isOver, isSettled, type Operation, type Waiter } from './node.js';
import { addWaiter, removeWaiter } from './waiters.js';

/**
 * The promise's outcome, under the guard of an operation: rejects with the operation's error as soon as that is canceled or
 * fails. Without an operation it only follows the promise. The current operation is restored after it.
 */
export function waitFor<T>(node: Operation | undefined, source: T | PromiseLike<T>): Awaitable<T> {
  return new Wait<T>(node).follow(source);
}

/** A wait that the caller settles itself. `onInterrupt` is called when the operation ends it first. */
export class Wait<T> implements Waiter {
  previous: Waiter | undefined = undefined;
  next: Waiter | undefined = undefined;
  readonly #node: Operation | undefined;
  readonly #deferred = new Deferred<T>();
  readonly #onInterrupt: (() => void) | undefined;
  #settled = false;

  constructor(node: Operation | undefined, onInterrupt?: () => void) {
    this.#node = node;
    this.#onInterrupt = onInterrupt;
    if (node === undefined) return;
    notice(node);
    if (isOver(this.#node)) {
      job(() => this.interrupt(errorOf(node)));
    } else if (!isSettled(node)) {
      addWaiter(node, this);
    }
  }

  get promise(): Awaitable<T> {
    return this.#deferred.promise;
  }

  follow(source: T | PromiseLike<T>): Awaitable<T> {
    void promiseThen.call(
      Promise.resolve(source),
      (value) => this.fulfill(value as T),
      (error: unknown) => this.reject(error),
    );
    return this.promise;
  }

  fulfill(value: T): void {
    // Once canceled, no wait goes on: the interrupt is on its way, and a value that arrives before it must not pass.
    if (this.#settled || isOver(this.#node)) return;
    this.#end();
    this.#deferred.fulfill(value);
  }

  reject(error: unknown): void {
    if (this.#settled || isOver(this.#node)) return;
    this.#end();
    if (isCancelation(error)) this.#deferred.rejectQuietly(error);
    else this.#deferred.reject(error);
  }

  interrupt(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#onInterrupt?.();
    // The run itself is rejected with the same error, so nothing is lost when nobody awaits this promise.
    this.#deferred.rejectQuietly(error);
  }

  /** A timer of its own must not outlive the operation; a wait that only follows a promise goes on following it. */
  leaveBehind(): void {
    const node = this.#node!;
    if (this.#onInterrupt !== undefined) job(() => this.interrupt(leftBehindError(node)));
  }

  #end(): void {
    this.#settled = true;
    if (this.#node !== undefined) removeWaiter(this.#node, this);
  }
}
