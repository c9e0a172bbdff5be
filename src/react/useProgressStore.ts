import { useContext, useMemo } from 'react';
import { describe } from '../base/checks.js';
import { toMilliseconds, type Duration } from '../base/duration.js';
import { Cancelable } from '../cancelable/Cancelable.js';
import { watch } from '../operation/watch.js';
import { ProgressStore, type ProgressSource } from '../task/ProgressStore.js';
import { Scope } from '../task/Scope.js';
import { ScopeContext } from './ScopeContext.js';

/**
 * Whose progress: an operation, or what `useCancelable` or `useBoundary` returned. Undefined: the nearest boundary.
 * `null`: nothing yet.
 *
 * @example
 * <ProgressBar of={useCancelable()} />
 * <ProgressBar of={op} />
 */
export type ProgressTarget = Cancelable | { readonly operation: Cancelable | undefined } | null | undefined;

/** The store behind `useProgress` and `<ProgressBar>`. */
export function useProgressStore(target: ProgressTarget, throttle?: Duration): ProgressStore {
  const scope = useContext(ScopeContext);
  const subject = subjectOf(target, scope);
  const milliseconds = throttle === undefined ? undefined : toMilliseconds('Option "throttle"', throttle);
  return useMemo(() => new ProgressStore(createSource(subject), milliseconds), [subject, milliseconds]);
}

function subjectOf(target: ProgressTarget, scope: Scope | undefined): Cancelable | Scope | undefined {
  if (target === undefined) return scope;
  if (target === null || target instanceof Cancelable) return target ?? undefined;
  if (typeof target === 'object' && 'operation' in target) return target.operation;
  throw new TypeError(`Progress is read of an operation or of what useCancelable returns; got ${describe(target)}.`);
}

function createSource(subject: Cancelable | Scope | undefined): ProgressSource {
  if (subject === undefined) return { operation: undefined, watch: () => () => {} };
  // The operation of a scope changes with its episodes.
  if (subject instanceof Scope) return subject;
  return { operation: subject, watch: (watcher) => watch(subject, watcher) };
}
