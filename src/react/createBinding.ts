import { createControls, type FunctionControls, type TaskFunction } from '../task/controls.js';
import type { Lifetime } from '../task/lifetime.js';
import type { TaskOptions } from '../task/options.js';
import type { Scope } from '../task/Scope.js';
import { Task } from '../task/Task.js';
import { createLoopGuard } from './loopGuard.js';
import { keepsWhenHidden, type OnHidden } from './onHidden.js';
import { Owner } from './Owner.js';

/**
 * Options of an operation, with what the hook adds.
 *
 * @example
 * const { run } = useCancelable({ name: 'save', timeout: 10_000, policy: 'drop', lifetime: 'boundary' });
 */
export interface UseCancelableOptions extends TaskOptions {
  /**
   * How long a run may live: as this `component`, as the nearest `boundary`, or as the `app`, which is the page. For a write
   * that must not die with its button. Where there is no boundary, `boundary` is as `app`. Default: `component`.
   */
  readonly lifetime?: Lifetime | undefined;
  /** What happens to a run when `<Activity>` hides the component. Default: what the nearest boundary says, else `cancel`. */
  readonly onHidden?: OnHidden | undefined;
}

/** A task as a component has it. */
export interface Binding {
  readonly owner: Owner;
  readonly task: Task<unknown>;
  readonly controls: FunctionControls<never[], unknown>;
  /** Tells whether its runs stay when the component is hidden. */
  readonly keeps: () => boolean;
  /** Writes what the last render has brought. A body that runs keeps what it was called with. */
  update(fn: TaskFunction | undefined, options: UseCancelableOptions): void;
}

/** A plain object, made in render without any effect. */
export function createBinding(scope: Scope | undefined): Binding {
  let latest: { fn: TaskFunction | undefined; options: UseCancelableOptions } = { fn: undefined, options: {} };
  const owner = new Owner((scope?.depth ?? 0) + 1);
  const guard = createLoopGuard();
  const keeps = (): boolean => keepsWhenHidden(latest.options.onHidden, scope);
  const readOptions = (): TaskOptions => {
    const { onHidden: _onHidden, ...options } = latest.options;
    return options;
  };
  const task = new Task<unknown>(readOptions, { scope, stays: keeps });
  owner.onDeparture = (departure) => {
    if (departure === 'hidden' && keeps()) return;
    task.leave({
      reason: departure,
      message: departure === 'unmount' ? 'The component was unmounted' : 'The component was hidden',
    });
  };
  const controls = createControls(task, () => {
    owner.use();
    guard.onRun();
    return latest.fn;
  });
  return {
    owner,
    task,
    controls,
    keeps,
    update(fn, options) {
      guard.onRender();
      latest = { fn, options };
    },
  };
}
