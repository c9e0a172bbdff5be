import { expireOverdue } from './deadlines.js';
import type { Operation } from './node.js';

// Where code is busy no message gets through, and no timer fires. What can be seen all the same is a flag in shared memory,
// which is looked at by whoever asks an operation how it is, and the time, by what can throw or wait.
let watched: (() => void) | undefined;

/** From now on this is called whenever code asks how an operation is; undefined: nothing is. One per realm. */
export function setLookout(look: (() => void) | undefined): void {
  watched = look;
}

/** Without a flag to watch it costs the one check. */
export function lookOut(): void {
  watched?.();
}

/** Cancels at once what is due, whether by a flag or by the clock, before a wait or a report goes on. */
export function notice(node: Operation): void {
  watched?.();
  if (node.earliestDeadline !== Infinity) expireOverdue();
}
