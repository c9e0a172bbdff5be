import { job } from '../base/jobs.js';
import { reportError } from '../base/reportError.js';
import type { Awaitable } from '../operation/awaitable.js';
import { isOver, isSettled } from '../operation/node.js';
import { checkSource, startSource } from '../operation/sources.js';
import { currentNode } from '../operation/stack.js';
import type { Source } from '../operation/types.js';
import { Wait } from '../operation/wait.js';
import { toStartable } from '../sources/fromSignal.js';

/**
 * Resolves when the source fires: the gate where `sources` would be the guard. In an operation it rejects as soon as that is
 * canceled. The source starts now and is stopped on every way out. Rejects with what the source throws on start.
 *
 * @example
 * await waitFor(allOf(timeout(500), condition(() => fonts.length === 3))); // at least half a second, and all fonts
 */
export function waitFor(source: Source): Awaitable<void> {
  checkSource('The source of waitFor', source);
  const node = currentNode();
  let stop: (() => void) | undefined;
  const wait = new Wait<void>(node, () => stop?.());
  if (isOver(node)) return wait.promise;
  let fired = false;
  const onFire = (): void => {
    fired = true;
    stop?.();
    job(() => wait.fulfill()); // it may have fired in the job in which the promise is handed out
  };
  try {
    stop = startSource(toStartable(source), onFire);
    if (fired) stop();
  } catch (error) {
    // The promise has its outcome if it fired before it threw, or ended the operation.
    if (fired || (node !== undefined && isSettled(node))) reportError(error);
    else job(() => wait.reject(error));
  }
  return wait.promise;
}
