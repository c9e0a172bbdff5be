import { useRef, useSyncExternalStore } from 'react';
import { checkFunction, checkOptions, type Check } from '../base/checks.js';
import { toMilliseconds, type Duration } from '../base/duration.js';
import type { ProgressView } from '../task/ProgressStore.js';
import { useProgressStore, type ProgressTarget } from './useProgressStore.js';

/**
 * How often `useProgress` renders, and for what.
 *
 * @example
 * const percent = useProgress(op, { throttle: 250, select: ({ progress }) => Math.floor(progress ?? 0) });
 */
export interface UseProgressOptions<Selected = ProgressView> {
  /** At most one render in this time. Default: one per frame. A change of status shows at once. */
  readonly throttle?: Duration | undefined;
  /** Renders only when what this returns has changed (`Object.is`). */
  readonly select?: ((view: ProgressView) => Selected) | undefined;
}

const checks: Readonly<Record<string, Check>> = { throttle: toMilliseconds, select: checkFunction };

/**
 * How far an operation is, with all below it. Without one: the nearest boundary, the whole page; `null`: nothing yet.
 * Renders at most once per frame, and only when something changed.
 *
 * @example
 * const { progress, message, eta } = useProgress();
 * const percent = useProgress(op, { select: (view) => Math.floor(view.progress ?? 0) });
 */
export function useProgress<Selected>(
  target: ProgressTarget,
  options: UseProgressOptions<Selected> & { readonly select: (view: ProgressView) => Selected },
): Selected;
export function useProgress(target?: ProgressTarget, options?: Omit<UseProgressOptions, 'select'>): ProgressView;
export function useProgress(target?: ProgressTarget, options: UseProgressOptions<unknown> = {}): unknown {
  checkOptions('The options of useProgress', options, checks);
  const store = useProgressStore(target, options.throttle);
  const selected = useRef<{ view: ProgressView; select: unknown; value: unknown }>(undefined);
  const { select } = options;
  const read = (): unknown => {
    const view = store.getView();
    if (select === undefined) return view;
    // A selector that makes a new object must give the same one for the same view, or React would render for ever.
    const last = selected.current;
    if (last?.view === view && last.select === select) return last.value;
    const value = select(view);
    selected.current = { view, select, value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, read, read);
}
