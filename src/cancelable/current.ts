import type { Duration } from '../base/duration.js';
import { sleepIn } from '../flow/sleep.js';
import { yieldIn } from '../flow/yieldNow.js';
import type { Awaitable } from '../operation/awaitable.js';
import { currentNode } from '../operation/stack.js';
import { waitFor } from '../operation/wait.js';
import type { Cancelable } from './Cancelable.js';

/**
 * The operation that the running code belongs to, or undefined; never a wrong one. It is known in the body of `run` up to
 * its first bare `await`, and after every `await` of what this package returns (`wait`, `sleep`, `run`, …). Await your own
 * async functions as `await wait(load())`, and it stays known.
 *
 * @example
 * async function load(url: string) {
 *   const op = currentOperation();
 *   const response = await wait(fetch(url, op && { signal: op.signal }));
 *   currentOperation()?.report('Loaded'); // still the same one
 * }
 */
export function currentOperation(): Cancelable | undefined {
  return currentNode() as Cancelable | undefined; // only Cancelable makes nodes
}

/**
 * `op.wait` for the current operation: the promise's outcome, or the operation's error as soon as that is canceled. Outside
 * of an operation it only follows the promise. In a generator body: `yield* wait(promise)`.
 *
 * @example
 * const user = await wait(loadUser(id));
 */
export function wait<T>(promise: T | PromiseLike<T>): Awaitable<T> {
  return waitFor(currentNode(), promise);
}

/**
 * `op.sleep` for the current operation: waits that long, or rejects as soon as the operation is canceled. Throws a
 * RangeError when the duration is negative or NaN.
 *
 * @example
 * await sleep({ seconds: 2 });
 */
export function sleep(duration: Duration): Awaitable<void> {
  return sleepIn(currentNode(), duration);
}

/**
 * `op.yield` for the current operation: lets the browser paint, handle input and do whatever else is due,
 * then goes on; rejects if the operation was canceled meanwhile.
 *
 * @example
 * for (const row of rows) {
 *   draw(row);
 *   await yieldNow();
 * }
 */
export function yieldNow(): Awaitable<void> {
  return yieldIn(currentNode());
}
