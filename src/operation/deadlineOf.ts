import { toEpoch } from './contextOf.js';
import { isSettled, isShield, type Operation } from './node.js';

/** The operation, or the one above it that still runs, whose time is over first; undefined while pending. */
function earliestOf(node: Operation): Operation | undefined {
  if (node.startedAt === -1) return undefined;
  let earliest = node;
  for (let at = above(node); at !== undefined; at = above(at)) {
    if (!isSettled(at) && at.deadlineAt < earliest.deadlineAt) earliest = at;
  }
  return earliest;
}

/** The operation whose deadline this one has as well. */
function above(node: Operation): Operation | undefined {
  return isShield(node) ? undefined : node.up;
}

/** When time is over, in epoch milliseconds; Infinity: never. The same number for all that end with it. */
export function epochDeadlineOf(node: Operation): number | undefined {
  const earliest = earliestOf(node);
  return earliest === undefined ? undefined : toEpoch(earliest, earliest.deadlineAt);
}

/** Milliseconds until then, never negative; undefined without a deadline. */
export function remainingOf(node: Operation): number | undefined {
  const earliest = earliestOf(node);
  if (earliest === undefined || earliest.deadlineAt === Infinity) return undefined;
  return Math.max(earliest.deadlineAt - performance.now(), 0);
}
