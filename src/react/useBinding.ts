import { useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { checkOptions, type Check } from '../base/checks.js';
import type { FunctionControls, TaskFunction } from '../task/controls.js';
import { checkLifetime } from '../task/lifetime.js';
import { taskChecks } from '../task/options.js';
import type { TaskState } from '../task/Task.js';
import { createBinding, type Binding, type UseCancelableOptions } from './createBinding.js';
import { checkOnHidden } from './onHidden.js';
import { ScopeContext } from './ScopeContext.js';
import { useOwner } from './useOwner.js';

export const cancelableChecks: Readonly<Record<keyof UseCancelableOptions, Check>> = {
  ...taskChecks,
  lifetime: checkLifetime,
  onHidden: checkOnHidden,
};
const noOptions: UseCancelableOptions = {};

/** A task of this component, and its snapshot with its functions. `what` is how an error names the hook. */
export function useBinding(
  what: string,
  fn: TaskFunction | undefined,
  options: UseCancelableOptions = noOptions,
): { readonly binding: Binding; readonly state: TaskState<unknown> & FunctionControls<never[], unknown> } {
  checkOptions(`The options of ${what}`, options, cancelableChecks);
  const scope = useContext(ScopeContext);
  const [binding] = useState(() => createBinding(scope));
  useOwner(binding.owner, () => binding.update(fn, options));
  const { task, controls } = binding;
  const snapshot = useSyncExternalStore(task.subscribe, task.getSnapshot, task.getSnapshot);
  const state = useMemo(() => Object.freeze({ ...snapshot, ...controls }), [snapshot, controls]);
  return { binding, state };
}
