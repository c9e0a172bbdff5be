import type { Duration } from '../base/duration.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import type { Operation } from '../operation/node.js';
import type { OperationCancelRequest, Status } from '../operation/types.js';
import type { OperationFilter } from './filter.js';
import type { OperationSnapshot } from './snapshot.js';

/**
 * What `createRegistry` takes.
 *
 * @example
 * const uploads = createRegistry({ historyLimit: 50 });
 */
export interface RegistryOptions {
  /** How many ended operations are remembered, the newest. Default: 1000. */
  readonly historyLimit?: number | undefined;
}

/**
 * Which ended operations `cleanup` takes out of the list.
 *
 * @example
 * registry.cleanup({ olderThan: { minutes: 5 }, keepFailed: false });
 */
export interface CleanupOptions {
  /** Only those that ended longer ago than this. Default: all. */
  readonly olderThan?: Duration | undefined;
  /** Failed ones stay listed. Default: true. */
  readonly keepFailed?: boolean | undefined;
}

/**
 * Numbers of a registry.
 *
 * @example
 * const { active, totalFailed, averageDuration } = registry.statistics();
 */
export interface RegistryStatistics {
  /** Listed operations that have not ended. */
  readonly active: number;
  /** Listed operations of each status. */
  readonly byStatus: Readonly<Record<Status, number>>;
  /** Length of the history. */
  readonly history: number;
  /** How many have ended while they were listed, since the last `clear`; the history may have forgotten some. */
  readonly totalCompleted: number;
  /** The same for those that ended canceled. */
  readonly totalCanceled: number;
  /** The same for those that failed. */
  readonly totalFailed: number;
  /** Of the completed ones, in milliseconds; undefined as long as there is none. */
  readonly averageDuration: number | undefined;
}

/**
 * What runs now, and what has run. None of its functions needs `this`.
 *
 * @example
 * const rows = useSyncExternalStore(registry.subscribe, registry.getSnapshot, registry.getSnapshot);
 */
export interface Registry {
  /** The listed operations that match, oldest first, as snapshots taken at this moment. */
  readonly list: (filter?: OperationFilter) => OperationSnapshot[];
  /** The live operation. Of several listed with this id the newest that has not ended, else the newest. */
  readonly get: (id: string) => Cancelable | undefined;
  /** Cancels what is listed with this id. True if this call canceled something. */
  readonly cancel: (id: string, request?: string | OperationCancelRequest) => boolean;
  /**
   * Cancels what is listed and matches. Shields are left alone unless the filter asks for `shielded`. Returns how many of
   * those that match are canceled by it, with an operation above them or directly. Default message: `Bulk cancelation`.
   */
  readonly cancelAll: (filter?: OperationFilter, request?: string | OperationCancelRequest) => number;
  /** What has ended and matches, in the order in which it came here: the newest last. */
  readonly history: (filter?: OperationFilter) => OperationSnapshot[];
  /** How many there are and were, and how long they took. */
  readonly statistics: () => RegistryStatistics;
  /**
   * Lists an operation. With `keep: false` it moves to the history by itself when its run has settled, as with the option
   * `register`, and one that is dropped before it starts is forgotten. Default: it stays listed after its end, and in
   * memory, until `cleanup` or `unregister`.
   */
  readonly register: (operation: Operation, options?: { readonly keep?: boolean | undefined }) => void;
  /** Takes an operation, or all with an id, out of the list; ended ones go into the history. False if there was none. */
  readonly unregister: (target: Operation | string) => boolean;
  /** Lists every operation that is made from now on. Returns how to stop; what is listed then stays until its end. */
  readonly observe: () => () => void;
  /** Moves ended operations that are still listed to the history. Returns how many. */
  readonly cleanup: (options?: CleanupOptions) => number;
  /** Calls back after every change of what is listed or of a status in it, not for progress. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * What is listed, for `useSyncExternalStore`: the same array until something changes, and in it the same snapshot of an
   * operation until that changes. Metadata that was written meanwhile shows in `list` alone.
   */
  readonly getSnapshot: () => readonly OperationSnapshot[];
  /** Forgets what is listed, the history and the totals. It cancels nothing; subscriptions and `observe` stay. */
  readonly clear: () => void;
}
