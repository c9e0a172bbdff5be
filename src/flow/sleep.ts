import { toMilliseconds, type Duration } from '../base/duration.js';
import { startTimer } from '../base/timer.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { Wait } from '../operation/wait.js';

/** Waits that long under the operation's guard; its timer is cleared when the operation ends first. */
export function sleepIn(node: Operation | undefined, duration: Duration): Awaitable<void> {
  const milliseconds = toMilliseconds('The time to sleep', duration);
  let stop: (() => void) | undefined;
  const wait = new Wait<void>(node, () => stop?.());
  stop = startTimer(() => wait.fulfill(), milliseconds);
  return wait.promise;
}
