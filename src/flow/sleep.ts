import { toMilliseconds, type Duration } from '../base/duration.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { Wait } from '../operation/wait.js';

const longestTimer = 2 ** 31 - 1; // a longer one fires at once (HTML, timer initialization steps)

/** Waits that long under the operation's guard; its timer is cleared when the operation ends first. */
export function sleepIn(node: Operation | undefined, duration: Duration): Awaitable<void> {
  let left = toMilliseconds('The time to sleep', duration);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = new Wait<void>(node, () => clearTimeout(timer));
  const arm = (): void => {
    const part = Math.min(left, longestTimer);
    left -= part;
    timer = setTimeout(left > 0 ? arm : () => wait.fulfill(), part);
  };
  arm();
  return wait.promise;
}
