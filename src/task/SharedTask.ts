import type { CancelRequest } from '../operation/types.js';
import type { TaskOptions } from './options.js';
import type { Scope } from './Scope.js';
import { Task } from './Task.js';

/** One who takes part in shared work. */
export interface Lease {
  /** The options of a run that it starts. */
  options(): TaskOptions;
  /** Tells whether it stays when the scope cancels what does not. */
  stays(): boolean;
}

/**
 * One task for several. It is there as long as somebody takes part; when the last has left, its run is canceled. What it
 * has found goes with it: it is no cache.
 */
export class SharedTask {
  readonly task: Task<unknown>;
  readonly #leases = new Set<Lease>();
  readonly #onEmpty: () => void;
  /** Who has started last: its options count. */
  #starter: Lease | undefined;

  constructor(scope: Scope | undefined, onEmpty: () => void) {
    this.#onEmpty = onEmpty;
    const stays = (): boolean => [...this.#leases].some((lease) => lease.stays());
    this.task = new Task<unknown>(() => this.#starter?.options() ?? {}, { scope, stays });
  }

  /** True if it was not there: it has come, or has come back. */
  join(lease: Lease): boolean {
    const isNew = !this.#leases.has(lease);
    this.#leases.add(lease);
    return isNew;
  }

  /** The next run has the options of this one. */
  startedBy(lease: Lease): Task<unknown> {
    this.#starter = lease;
    return this.task;
  }

  leave(lease: Lease, request: CancelRequest): void {
    if (!this.#leases.delete(lease) || this.#leases.size > 0) return;
    this.#onEmpty();
    this.task.cancel(request);
  }
}

const ofScopes = new WeakMap<object, Map<string, SharedTask>>();
const noScope = {};

/** The shared task of that key in the scope, if somebody takes part in it. */
export function findShared(scope: Scope | undefined, key: string): SharedTask | undefined {
  return ofScopes.get(scope ?? noScope)?.get(key);
}

/** The same; makes it when nobody does. */
export function openShared(scope: Scope | undefined, key: string): SharedTask {
  const found = findShared(scope, key);
  if (found !== undefined) return found;
  const tasks = ofScopes.get(scope ?? noScope) ?? new Map<string, SharedTask>();
  const shared = new SharedTask(scope, () => tasks.delete(key));
  ofScopes.set(scope ?? noScope, tasks.set(key, shared));
  return shared;
}
