import { isSettled, type Operation } from '../operation/node.js';
import type { Status } from '../operation/types.js';
import { statuses } from './filter.js';
import type { RegistryStatistics } from './types.js';

/** Counts what has ended. */
export interface Totals {
  /** An operation that is counted already is not counted again. */
  add(operation: Operation): void;
  /** The statistics, with what is listed now. */
  with(listed: readonly Operation[], history: number): RegistryStatistics;
  clear(): void;
}

export function createTotals(): Totals {
  let counted = new WeakSet<Operation>();
  let ended = countStatuses([]);
  let duration = 0;
  return {
    add(operation) {
      if (counted.has(operation)) return;
      counted.add(operation);
      const status = operation.phase;
      ended[status] += 1;
      if (status === 'completed') duration += operation.endedAt - operation.startedAt;
    },
    with: (listed, history) => ({
      active: listed.filter((operation) => !isSettled(operation)).length,
      byStatus: countStatuses(listed),
      history,
      totalCompleted: ended.completed,
      totalCanceled: ended.canceled,
      totalFailed: ended.failed,
      averageDuration: ended.completed === 0 ? undefined : duration / ended.completed,
    }),
    clear() {
      counted = new WeakSet();
      ended = countStatuses([]);
      duration = 0;
    },
  };
}

function countStatuses(operations: readonly Operation[]): Record<Status, number> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>; // one of each
  for (const { status } of operations) counts[status] += 1;
  return counts;
}
