import { task } from '../base/jobs.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { waitFor } from '../operation/wait.js';

/**
 * Lets the browser paint, handle input and whatever else is due, then goes on, unless the operation was canceled meanwhile.
 * Not `scheduler.yield`: its continuations go before timers, messages and the network (Prioritized Task Scheduling, effective
 * priority), so a loop that yields with it keeps out the very events that could cancel it. In Chromium a loop of 1.5 s let neither
 * a timer of 5 ms nor a message through.
 */
export function yieldIn(node: Operation | undefined): Awaitable<void> {
  return waitFor(node, new Promise<void>((resolve) => task(resolve)));
}
