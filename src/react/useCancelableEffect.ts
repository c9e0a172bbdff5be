import { useEffect, useMemo, useRef, type DependencyList } from 'react';
import { checkFunction, wrongType } from '../base/checks.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import type { UseCancelableOptions } from './createBinding.js';
import { useBinding } from './useBinding.js';
import type { CancelableFunction } from './useCancelable.js';

/**
 * An effect that is an operation: it runs after the first render and whenever a dependency has changed, which cancels the
 * run before (`superseded`), or does what the policy says; it is canceled when the component leaves. As with any effect, a
 * failure that it does not catch is reported as an unhandled one; it is in `error`, too. When `<Activity>` shows the
 * component again, it runs again, unless it was kept (`onHidden: 'keep'`) and has not ended in a cancelation.
 *
 * @param effect - Gets its operation; may be a generator function.
 * @param deps - As those of `useEffect`, but not left out. For the lint rule: `additionalHooks: 'useCancelableEffect'`.
 * @example
 * const { data, isRunning } = useCancelableEffect((op) => loadUser(op, id), [id], { timeout: 10_000 });
 */
export function useCancelableEffect<Data>(
  effect: (operation: Cancelable) => Generator<unknown, Data>,
  deps: DependencyList,
  options?: UseCancelableOptions,
): CancelableFunction<[], Data>;
export function useCancelableEffect<Data>(
  effect: (operation: Cancelable) => Data | PromiseLike<Data>,
  deps: DependencyList,
  options?: UseCancelableOptions,
): CancelableFunction<[], Data>;
export function useCancelableEffect<Data>(
  effect: (operation: Cancelable) => Data | PromiseLike<Data>,
  deps: DependencyList,
  options?: UseCancelableOptions,
): CancelableFunction<[], Data> {
  checkFunction('The effect of useCancelableEffect', effect);
  if (!Array.isArray(deps)) throw wrongType('The dependencies of useCancelableEffect', 'a list', deps);
  const { binding, state } = useBinding('useCancelableEffect', effect, options);
  // One object for each set of dependencies tells whether the effect runs for new ones.
  // oxlint-disable-next-line react/exhaustive-deps -- they are the caller's
  const version = useMemo(() => ({}), deps);
  const started = useRef<object>(undefined);
  useEffect(() => {
    const { task, controls, keeps } = binding;
    // Shown again: what was kept goes on.
    if (started.current === version && keeps() && !task.getSnapshot().isCanceled) return;
    started.current = version;
    void controls.run();
  }, [binding, version]);
  return state as CancelableFunction<[], Data>; // what the effect has given
}
