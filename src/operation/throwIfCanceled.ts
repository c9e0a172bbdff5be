import { expireOverdue } from './deadlines.js';
import { errorOf } from './errorOf.js';
import type { Operation } from './node.js';

/** Throws the operation's error if it was canceled or has failed, also when nobody has noticed yet that its time is over. */
export function throwIfCanceled(node: Operation): void {
  if (node.earliestDeadline !== Infinity) expireOverdue();
  if (node.phase === 'canceled' || node.phase === 'failed') throw errorOf(node);
}
