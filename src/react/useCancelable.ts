import { useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { checkOneOf, checkOptions, type Check } from '../base/checks.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Body, Cancelable, GeneratorBody } from '../cancelable/Cancelable.js';
import { operationChecks } from '../operation/options.js';
import type { Outcome } from '../operation/outcome.js';
import type { CancelRequest } from '../operation/types.js';
import type { EventLike } from '../task/event.js';
import { policies } from '../task/policies.js';
import type { Scope } from '../task/Scope.js';
import { Task, type AnyBody, type TaskOptions, type TaskState } from '../task/Task.js';
import { checkOnHidden, keepsWhenHidden, type OnHidden } from './onHidden.js';
import { Owner } from './Owner.js';
import { ScopeContext } from './ScopeContext.js';
import { useOwner } from './useOwner.js';

/**
 * Options of an operation, with what the hook adds.
 *
 * @example
 * const { run } = useCancelable({ name: 'save', timeout: 10_000, policy: 'drop', onHidden: 'keep' });
 */
export interface UseCancelableOptions extends TaskOptions {
  /** What happens to a run when `<Activity>` hides the component. Default: what the nearest boundary says, else `cancel`. */
  readonly onHidden?: OnHidden | undefined;
}

/**
 * The functions are the same for the component's whole life: in a dependency list stand they, not the whole object.
 *
 * @example
 * const { cancel, reset }: CancelableControls = useCancelable();
 * return <button onClick={cancel}>Cancel</button>;
 */
export interface CancelableControls {
  /** Cancels all that this hook runs. May be given to `onClick` as it is. True if something ran. */
  readonly cancel: (request?: string | CancelRequest | EventLike) => boolean;
  /** Cancels what runs and goes back to `idle`, without `data`. */
  readonly reset: () => void;
}

/** Takes a body, plain or as a generator function. */
export interface RunBody<Data> {
  <T extends Data>(body: GeneratorBody<T>): Awaitable<T>;
  <T extends Data>(body: Body<T>): Awaitable<T>;
}

/** The same; the end is told as an outcome. */
export interface SettleBody<Data> {
  <T extends Data>(body: GeneratorBody<T>): Awaitable<Outcome<T>>;
  <T extends Data>(body: Body<T>): Awaitable<Outcome<T>>;
}

/**
 * What `useCancelable(options)` returns.
 *
 * @example
 * const file: CancelableState<Blob> = useCancelable<Blob>();
 * return <ProgressBar of={file} />;
 */
export interface CancelableState<Data> extends TaskState<Data>, CancelableControls {
  /** Runs the body in a new operation. Rejects with its error, or with the CancelationError. */
  readonly run: RunBody<Data>;
  /** As `run`, but tells the end as a value and never rejects with it. */
  readonly settle: SettleBody<Data>;
}

/** What `useCancelable(fn, options)` returns. */
export interface CancelableFunction<Arguments extends readonly unknown[], Data>
  extends TaskState<Data>, CancelableControls {
  /** Calls the latest function in a new operation. Rejects with its error, or with the CancelationError. */
  readonly run: (...args: Arguments) => Awaitable<Data>;
  /** As `run`, but tells the end as a value and never rejects with it. */
  readonly settle: (...args: Arguments) => Awaitable<Outcome<Data>>;
}

type TaskFunction = (operation: Cancelable, ...args: never[]) => unknown;

const { id: _id, parent: _parent, ...ownChecks } = operationChecks;
const checks: Readonly<Record<string, Check>> = {
  ...ownChecks,
  policy: (option, value) => checkOneOf(option, policies, value),
  onHidden: checkOnHidden,
};
const noOptions: UseCancelableOptions = {};

/**
 * Work that belongs to this component: it is canceled when the component leaves the page. It runs in the nearest
 * `<CancelableBoundary>`. Renders once when a run starts and once when it ends, not for progress: that is `useProgress`.
 *
 * @example
 * const { run, cancel, isRunning } = useCancelable({ timeout: 10_000 });
 * return isRunning
 *   ? <button onClick={cancel}>Cancel</button>
 *   : <button onClick={() => void run((op) => download(op, url))}>Download</button>;
 */
export function useCancelable<Data = unknown>(options?: UseCancelableOptions): CancelableState<Data>;
/**
 * The same for one function, which gets its operation first. `run` always calls the function of the last render.
 *
 * @example
 * const { run: save, error } = useCancelable(async (op, draft: Draft) => {
 *   await op.wait(post('/drafts', draft, op.signal));
 * });
 */
export function useCancelable<Arguments extends readonly unknown[], Data>(
  fn: (operation: Cancelable, ...args: Arguments) => Generator<unknown, Data>,
  options?: UseCancelableOptions,
): CancelableFunction<Arguments, Data>;
export function useCancelable<Arguments extends readonly unknown[], Data>(
  fn: (operation: Cancelable, ...args: Arguments) => Data | PromiseLike<Data>,
  options?: UseCancelableOptions,
): CancelableFunction<Arguments, Data>;
export function useCancelable(
  first?: TaskFunction | UseCancelableOptions,
  second?: UseCancelableOptions,
): CancelableState<unknown> | CancelableFunction<never[], unknown> {
  const fn = typeof first === 'function' ? first : undefined;
  const given = typeof first === 'function' ? second : first;
  const options = given === undefined ? noOptions : given;
  checkOptions('The options of useCancelable', options, checks);
  const scope = useContext(ScopeContext);
  const [binding] = useState(() => createBinding(scope));
  useOwner(binding.owner, () => binding.update(fn, options));
  const { task, controls } = binding;
  const state = useSyncExternalStore(task.subscribe, task.getState, task.getState);
  return useMemo(() => Object.freeze({ ...state, ...controls }), [state, controls]);
}

interface Binding {
  readonly owner: Owner;
  readonly task: Task<unknown>;
  readonly controls: Pick<CancelableFunction<never[], unknown>, 'run' | 'settle' | 'cancel' | 'reset'>;
  /** Writes what the last render has brought. A body that runs keeps what it was called with. */
  update(fn: TaskFunction | undefined, options: UseCancelableOptions): void;
}

function createBinding(scope: Scope | undefined): Binding {
  let latest: { fn: TaskFunction | undefined; options: UseCancelableOptions } = { fn: undefined, options: noOptions };
  const owner = new Owner((scope?.depth ?? 0) + 1);
  const keeps = (): boolean => keepsWhenHidden(latest.options.onHidden, scope);
  const task = new Task<unknown>(
    scope,
    () => {
      const { onHidden: _onHidden, ...options } = latest.options;
      return options;
    },
    keeps,
  );
  /** Without a function of its own the hook runs what it is given. */
  const bodyOf = (args: readonly never[]): AnyBody<unknown> => {
    owner.use();
    const { fn } = latest;
    return fn === undefined
      ? (args[0] as unknown as AnyBody<unknown>)
      : (operation: Cancelable) => fn(operation, ...args);
  };
  owner.onDeparture = (departure) => {
    if (departure === 'hidden' && keeps()) return;
    task.cancel({
      reason: departure,
      message: departure === 'unmount' ? 'The component was unmounted' : 'The component was hidden',
    });
  };
  return {
    owner,
    task,
    controls: {
      run: (...args: never[]) => task.run(bodyOf(args)),
      settle: (...args: never[]) => task.settle(bodyOf(args)),
      cancel: task.cancel,
      reset: task.reset,
    },
    update(fn, options) {
      latest = { fn, options };
    },
  };
}
