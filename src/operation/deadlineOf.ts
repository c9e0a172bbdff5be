import { toEpoch } from './contextOf.js';
import { isSettled, type Operation } from './node.js';

/** The earliest deadline of the operation and of those above it that still run, monotonic; undefined while pending. */
export function deadlineOf(node: Operation): number | undefined {
  if (node.startedAt === -1) return undefined;
  let earliest = node.deadlineAt;
  for (let at = node.up; at !== undefined; at = at.up)
    if (!isSettled(at) && at.deadlineAt < earliest) earliest = at.deadlineAt;
  return earliest;
}

/** The same in epoch milliseconds; Infinity: none. */
export function epochDeadlineOf(node: Operation): number | undefined {
  const deadline = deadlineOf(node);
  return deadline === undefined ? undefined : toEpoch(node, deadline);
}

/** Milliseconds until then, never negative; undefined without a deadline. */
export function remainingOf(node: Operation): number | undefined {
  const deadline = deadlineOf(node);
  if (deadline === undefined || deadline === Infinity) return undefined;
  return Math.max(deadline - performance.now(), 0);
}
