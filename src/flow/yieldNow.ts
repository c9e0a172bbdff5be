import { task } from '../base/jobs.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { waitFor } from '../operation/wait.js';

/** Lets the browser paint and handle input, then goes on, unless the operation was canceled meanwhile. */
export function yieldIn(node: Operation | undefined): Awaitable<void> {
  return waitFor(node, nextTask());
}

// scheduler.yield goes on before other tasks of the same priority (Prioritized Task Scheduling); WebKit has none.
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => task(resolve));
}
