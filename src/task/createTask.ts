import { checkOptions } from '../base/checks.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { operationChecks } from '../operation/options.js';
import { createControls, type BodyControls, type FunctionControls, type TaskFunction } from './controls.js';
import { taskChecks, type TaskOptions } from './options.js';
import { Task, type TaskState } from './Task.js';

/**
 * What `createTask` takes.
 *
 * @example
 * const options: CreateTaskOptions = { name: 'sync', policy: 'keepLatest', parent: session };
 */
export interface CreateTaskOptions extends TaskOptions {
  /** The operation that all runs belong to. Default: none. */
  readonly parent?: Cancelable | null | undefined;
}

/**
 * What a view of any framework binds to; made for `useSyncExternalStore` and its like.
 *
 * @example
 * const useTask = <Data>({ subscribe, getSnapshot }: TaskStore<Data>) => useSyncExternalStore(subscribe, getSnapshot);
 */
export interface TaskStore<Data> {
  /** Calls back after every change of the snapshot, not for progress. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** An immutable snapshot, the same object until something changes. */
  readonly getSnapshot: () => TaskState<Data>;
}

/**
 * A task that runs what it is given.
 *
 * @example
 * const task: BodyTask<unknown> = createTask({ name: 'sync', policy: 'keepLatest' });
 * void task.settle((op) => upload(doc, op.signal));
 */
export interface BodyTask<Data> extends TaskStore<Data>, BodyControls<Data> {}

/**
 * A task of one function.
 *
 * @example
 * const sync: FunctionTask<[doc: Doc], void> = createTask((op, doc: Doc) => upload(doc, op.signal));
 * void sync.settle(doc);
 */
export interface FunctionTask<Arguments extends readonly unknown[], Data>
  extends TaskStore<Data>, FunctionControls<Arguments, Data> {}

const checks = { ...taskChecks, parent: operationChecks.parent };

/**
 * A function and a policy that start a new operation for every run, with a store of how they stand: what `useCancelable`
 * binds to a component, for code outside of components and for other frameworks. It has no lifetime of its own: cancel it,
 * or give it a `parent`.
 *
 * @example
 * const sync = createTask((op, doc: Doc) => op.wait(upload(doc, op.signal)), { policy: 'keepLatest', timeout: 30_000 });
 * void sync.settle(doc);
 * sync.subscribe(() => render(sync.getSnapshot().status));
 */
export function createTask<Data = unknown>(options?: CreateTaskOptions): BodyTask<Data>;
export function createTask<Arguments extends readonly unknown[], Data>(
  fn: (operation: Cancelable, ...args: Arguments) => Generator<unknown, Data>,
  options?: CreateTaskOptions,
): FunctionTask<Arguments, Data>;
export function createTask<Arguments extends readonly unknown[], Data>(
  fn: (operation: Cancelable, ...args: Arguments) => Data | PromiseLike<Data>,
  options?: CreateTaskOptions,
): FunctionTask<Arguments, Data>;
export function createTask(
  first?: TaskFunction | CreateTaskOptions,
  second?: CreateTaskOptions,
): BodyTask<unknown> | FunctionTask<never[], unknown> {
  const fn = typeof first === 'function' ? first : undefined;
  const given = (typeof first === 'function' ? second : first) ?? {};
  checkOptions('The options of createTask', given, checks);
  const { parent, ...options } = given;
  const task = new Task<unknown>(() => options, { parent });
  const { subscribe, getSnapshot } = task;
  return { subscribe, getSnapshot, ...createControls(task, () => fn) };
}
