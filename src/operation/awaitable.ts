import { ignore, job, promiseThen, Queue } from '../base/jobs.js';
import type { Operation } from './node.js';
import { currentNode, hasAsyncContext, setCurrent } from './stack.js';

/**
 * A promise that brings the current operation back: after `await`ing it, `currentOperation()` is what it was before. In a
 * generator body it is used as `yield* awaitable`.
 *
 * @example
 * const loading: Awaitable<Row[]> = op.run(load);
 * const rows = await loading;
 */
export interface Awaitable<T> extends Promise<T> {
  [Symbol.iterator](): Generator<Awaitable<unknown>, T>;
}

interface Restoring {
  /** The operation of the code that it was handed out to. */
  owner: Operation | undefined;
}

// An awaitable is a native promise with this object as its prototype: `return wait(p)`, Promise.all and instanceof behave,
// and no job is spent on a thenable. A subclass would be slower and breaks when lowered to ES5.
const prototype: object = Object.create(Promise.prototype, {
  // `await w` reads w.constructor at once. Answering Promise lets the engine register the awaiting function on w itself,
  // between enter and leave. A stranger (another operation, code that lost its own) gets undefined; the engine then goes
  // through then(), in a job of its own.
  constructor: {
    get(this: Restoring) {
      return hasAsyncContext || currentNode() === this.owner ? Promise : undefined;
    },
  },
  // A stranger is served one promise later, after leave. This also covers the job that the engine takes for `return w`,
  // and TypeScript's `__awaiter`, which calls then() and never reads constructor.
  then: {
    value(this: Restoring & Promise<unknown>, onFulfilled: never, onRejected: never) {
      const promise = hasAsyncContext || currentNode() === this.owner ? this : promiseThen.call(this);
      return promiseThen.call(promise, onFulfilled, onRejected);
    },
  },
  [Symbol.iterator]: { value: yieldSelf },
});

function* yieldSelf<T>(this: Awaitable<T>): Generator<Awaitable<unknown>, T, T> {
  return yield this;
}

// The operations of the enter jobs that are queued.
const entering = new Queue<Operation>();
const enter = (): void => setCurrent(entering.shift());
const leave = (): void => setCurrent(undefined);

function toAwaitable<T>(promise: Promise<T>, owner: Operation | undefined): Awaitable<T> {
  const awaitable = Object.setPrototypeOf(promise, prototype) as Awaitable<T>;
  (awaitable as unknown as Restoring).owner = owner;
  return awaitable;
}

// One that never settles stays alive for good. Without any, a garbage collection takes the hidden class that
// `setPrototypeOf` makes, and with it all machine code that was compiled for it.
let kept: unknown;

/**
 * The two ends of an awaitable. Settle it with `fulfill` or `reject`, never in the job in which it was handed out: the
 * caller's await would not have registered yet.
 */
export class Deferred<T> {
  readonly promise: Awaitable<T>;
  readonly #owner: Operation | undefined;
  #resolve!: (value: T) => void;
  #reject!: (error: unknown) => void;

  constructor() {
    this.#owner = hasAsyncContext ? undefined : currentNode();
    const promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise = toAwaitable(promise, this.#owner);
    kept ??= toAwaitable(new Promise(ignore), undefined);
  }

  /** The value must not be a thenable. */
  fulfill(value: T): void {
    this.#settle(this.#resolve as (value: unknown) => void, value);
  }

  reject(error: unknown): void {
    this.#settle(this.#reject, error);
  }

  /** For a rejection with a cancelation: nobody has to handle it. */
  rejectQuietly(error: unknown): void {
    void promiseThen.call(this.promise, undefined, ignore);
    this.#settle(this.#reject, error);
  }

  // One job queues three, back to back: enter, the code after the await up to its next await, leave. Nothing can run
  // between them. Without an operation there is nothing to bring back.
  #settle(how: (outcome: unknown) => void, outcome: unknown): void {
    if (this.#owner === undefined) return how(outcome);
    entering.push(this.#owner);
    job(enter);
    how(outcome);
    job(leave);
  }
}
