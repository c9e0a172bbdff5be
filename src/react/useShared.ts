import { useContext, useMemo, useSyncExternalStore } from 'react';
import { checkFunction, checkOptions, wrongType } from '../base/checks.js';
import { ignore } from '../base/jobs.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import type { FunctionControls, TaskFunction } from '../task/controls.js';
import { findShared, openShared, type Lease, type SharedTask } from '../task/SharedTask.js';
import type { Scope } from '../task/Scope.js';
import { idleTask, type AnyBody, type Task, type TaskState } from '../task/Task.js';
import type { UseCancelableOptions } from './createBinding.js';
import { keepsWhenHidden } from './onHidden.js';
import { Owner } from './Owner.js';
import { ScopeContext } from './ScopeContext.js';
import { cancelableChecks } from './useBinding.js';
import type { CancelableFunction } from './useCancelable.js';
import { useLayoutEffectInBrowser } from './useLayoutEffectInBrowser.js';
import { useOwner } from './useOwner.js';

/**
 * What is shared: equal strings, numbers, or lists of them mean the same.
 *
 * @example
 * const key: SharedKey = ['user', id];
 */
export type SharedKey = string | number | readonly (string | number | boolean | null)[];

/**
 * Options of an operation, and what happens when the component is hidden. There is no policy: the newest run wins.
 *
 * @example
 * const user = useShared(['user', id], (op) => loadUser(op, id), { timeout: 10_000, onHidden: 'keep' });
 */
export interface UseSharedOptions extends Omit<UseCancelableOptions, 'policy' | 'maxConcurrency' | 'lifetime'> {}

const { policy: _policy, maxConcurrency: _maxConcurrency, lifetime: _lifetime, ...ownChecks } = cancelableChecks;
const noOptions: UseSharedOptions = {};

/**
 * One run for several components: it starts with the first that mounts, all see it, and it is canceled when the **last** of
 * them has left (reason `unmount` or `hidden`). The key belongs to the nearest boundary. Who comes while it runs or after it
 * has completed finds it so; after a failure or a cancelation it starts anew. `run` starts it anew for all, `cancel` ends it
 * for all. When nobody is left, `data` is forgotten: keeping it is the business of a cache.
 *
 * @example
 * function UserName({ id }: { id: string }) {
 *   const { data, isRunning } = useShared(['user', id], (op) => loadUser(op, id));
 *   return <b>{isRunning ? '…' : data?.name}</b>; // twenty of them load once
 * }
 */
export function useShared<Data>(
  key: SharedKey,
  task: (operation: Cancelable) => Generator<unknown, Data>,
  options?: UseSharedOptions,
): CancelableFunction<[], Data>;
export function useShared<Data>(
  key: SharedKey,
  task: (operation: Cancelable) => Data | PromiseLike<Data>,
  options?: UseSharedOptions,
): CancelableFunction<[], Data>;
export function useShared(
  key: SharedKey,
  task: TaskFunction,
  options: UseSharedOptions = noOptions,
): CancelableFunction<[], unknown> {
  checkFunction('The task of useShared', task);
  checkOptions('The options of useShared', options, ownChecks);
  const scope = useContext(ScopeContext);
  const text = textOf(key);
  const seat = useMemo(() => createSeat(scope, text), [scope, text]);
  useOwner(seat.owner, () => seat.update(task, options));
  useLayoutEffectInBrowser(() => seat.join(), [seat]);
  const state = useSyncExternalStore(seat.subscribe, seat.getSnapshot, seat.getSnapshot);
  return useMemo(() => Object.freeze({ ...state, ...seat.controls }), [state, seat]);
}

const isPart = (part: unknown): boolean => part === null || ['string', 'number', 'boolean'].includes(typeof part);

function textOf(key: unknown): string {
  const isKey = Array.isArray(key) ? key.every(isPart) : typeof key === 'string' || typeof key === 'number';
  if (!isKey) throw wrongType('The key of useShared', 'a string, a number or a list of them', key);
  return JSON.stringify(key);
}

/** The place of one component at a shared task. */
interface Seat {
  readonly owner: Owner;
  readonly controls: FunctionControls<[], unknown>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => TaskState<unknown>;
  update(fn: TaskFunction, options: UseSharedOptions): void;
  /** Takes part, and starts the work unless it runs or has been done. */
  join(): void;
}

function createSeat(scope: Scope | undefined, key: string): Seat {
  let latest: { fn: TaskFunction; options: UseSharedOptions } | undefined;
  let shared: SharedTask | undefined;
  const owner = new Owner((scope?.depth ?? 0) + 1);
  const lease: Lease = {
    options() {
      const { onHidden: _onHidden, ...options } = latest!.options; // written before it can start
      return options;
    },
    stays: () => keepsWhenHidden(latest?.options.onHidden, scope),
  };
  owner.onDeparture = (departure) => {
    if (departure === 'hidden' && lease.stays()) return;
    const what = departure === 'unmount' ? 'unmounted' : 'hidden';
    shared?.leave(lease, { reason: departure, message: `The last component that shared it was ${what}` });
  };
  const takePart = (): boolean => {
    owner.use();
    shared = openShared(scope, key);
    return shared.join(lease);
  };
  const start = <T>(how: (task: Task<unknown>, body: AnyBody<unknown>) => T): T => {
    takePart();
    const { fn } = latest!; // written before it can start
    return how(shared!.startedBy(lease), (operation: Cancelable) => fn(operation));
  };
  return {
    owner,
    controls: {
      run: () => start((task, body) => task.run(body)),
      settle: () => start((task, body) => task.settle(body)),
      cancel: (request) => shared?.task.cancel(request) ?? false,
      reset: () => shared?.task.reset(),
    },
    // Who has left goes on showing how it ended for itself; who has not come yet sees what there is.
    subscribe: (listener) => shared?.task.subscribe(listener) ?? ignore,
    getSnapshot: () => (shared ?? findShared(scope, key))?.task.getSnapshot() ?? idleTask,
    update(fn, options) {
      latest = { fn, options };
    },
    join() {
      if (!takePart()) return;
      const { isRunning, isCompleted } = shared!.task.getSnapshot();
      // How it ends is in the snapshot.
      if (!isRunning && !isCompleted) void start((task, body) => task.settle(body));
    },
  };
}
