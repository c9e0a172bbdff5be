import { matches, newest, type OperationFilter } from './filter.js';
import type { OperationSnapshot } from './snapshot.js';

/** What has ended, oldest first. */
export interface OperationHistory {
  readonly size: number;
  add(snapshot: OperationSnapshot): void;
  find(filter: OperationFilter): OperationSnapshot[];
  clear(): void;
}

/** Keeps the newest ones. */
export function createHistory(limit: number): OperationHistory {
  let past: OperationSnapshot[] = [];
  return {
    get size() {
      return Math.min(past.length, limit);
    },
    add(snapshot) {
      past.push(snapshot);
      // Cut when it has doubled, so the cost for each is constant.
      if (past.length > limit * 2) past = newest(past, limit);
    },
    find: (filter) =>
      newest(
        newest(past, limit).filter((snapshot) => matches(snapshot, filter, 'endTime')),
        filter.limit,
      ),
    clear() {
      past = [];
    },
  };
}
