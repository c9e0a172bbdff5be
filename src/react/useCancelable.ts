import type { Cancelable } from '../cancelable/Cancelable.js';
import type { BodyControls, FunctionControls, TaskFunction } from '../task/controls.js';
import type { TaskState } from '../task/Task.js';
import type { UseCancelableOptions } from './createBinding.js';
import { useBinding } from './useBinding.js';

/**
 * What `useCancelable(options)` returns: an immutable snapshot with stable functions. Its status, or one of the flags, tells
 * what else is there: the `data` of a completed run, the `reason` of a canceled one.
 *
 * @example
 * const file: CancelableState<Blob> = useCancelable<Blob>();
 * return <ProgressBar of={file} />;
 */
export type CancelableState<Data> = TaskState<Data> & BodyControls<Data>;

/**
 * What `useCancelable(fn, options)` returns; `run` and `settle` call the function of the last render.
 *
 * @example
 * const draft: CancelableFunction<[text: string], void> = useCancelable((op, text: string) => save(text, op.signal));
 * const send = () => void draft.settle('Hello');
 */
export type CancelableFunction<Arguments extends readonly unknown[], Data> = TaskState<Data> &
  FunctionControls<Arguments, Data>;

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
  return useBinding('useCancelable', fn, given).state;
}
