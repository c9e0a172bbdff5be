import type { Operation } from '../operation/node.js';
import { matches, newest, type OperationFilter } from './filter.js';
import { snapshotOf, type OperationSnapshot } from './snapshot.js';

/** What has ended, oldest first. */
export interface OperationHistory {
  readonly size: number;
  /** An operation that it has taken once is not taken again. */
  add(operation: Operation): void;
  find(filter: OperationFilter): OperationSnapshot[];
  clear(): void;
}

/** Keeps the newest ones. */
export function createHistory(limit: number): OperationHistory {
  let past: OperationSnapshot[] = [];
  let known = new WeakSet<Operation>();
  return {
    get size() {
      return Math.min(past.length, limit);
    },
    add(operation) {
      if (known.has(operation)) return;
      known.add(operation);
      past.push(snapshotOf(operation));
      // Cut when it has doubled, so the cost for each is constant.
      if (past.length > limit * 2) past = newest(past, limit);
    },
    find: (filter) =>
      newest(
        newest(past, limit).filter((snapshot) => matches(snapshot, filter, 'endTime')),
        filter.limit,
      ),
    clear() {
      known = new WeakSet();
      past = [];
    },
  };
}
