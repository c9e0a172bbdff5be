import { useContext, useMemo, useSyncExternalStore } from 'react';
import type { CancelRequest } from '../operation/types.js';
import type { EventLike } from '../task/event.js';
import type { ScopeState } from '../task/Scope.js';
import { ScopeContext } from './ScopeContext.js';

/**
 * What `useBoundary` returns: a snapshot of the work below the boundary, with a stable function.
 *
 * @example
 * const page: BoundaryState | null = useBoundary();
 * if (page?.isRunning) page.cancel('Stop everything');
 */
export type BoundaryState = ScopeState & {
  /** Cancels everything that runs below. May be given to `onClick` as it is. True if something ran. */
  readonly cancel: (request?: string | CancelRequest | EventLike) => boolean;
};

const subscribeToNothing = (): (() => void) => () => {};
const noState = (): undefined => undefined;

/**
 * The nearest boundary, or null outside of one. Renders when work begins or ends below it, not for progress.
 *
 * @example
 * const page = useBoundary();
 * return <button disabled={!page?.isRunning} onClick={page?.cancel}>Stop everything</button>;
 */
export function useBoundary(): BoundaryState | null {
  const scope = useContext(ScopeContext);
  const getSnapshot = scope?.getSnapshot ?? noState;
  const state = useSyncExternalStore<ScopeState | undefined>(
    scope?.subscribe ?? subscribeToNothing,
    getSnapshot,
    getSnapshot,
  );
  return useMemo(
    () => (scope === undefined || state === undefined ? null : Object.freeze({ ...state, cancel: scope.cancel })),
    [scope, state],
  );
}
