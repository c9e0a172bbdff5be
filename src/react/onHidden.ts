import { checkOneOf } from '../base/checks.js';
import type { Scope } from '../task/Scope.js';

/**
 * What `<Activity>` does to running work when it hides the component.
 *
 * @example
 * <CancelableBoundary onHidden="keep">
 */
export type OnHidden = 'cancel' | 'keep';

export function checkOnHidden(option: string, value: unknown): void {
  checkOneOf(option, ['cancel', 'keep'], value);
}

// What boundaries say, kept beside their scopes: the scope itself knows nothing of being hidden.
const ofScopes = new WeakMap<Scope, OnHidden | undefined>();

export function setOnHidden(scope: Scope, onHidden: OnHidden | undefined): void {
  ofScopes.set(scope, onHidden);
}

/** A component's own word, else that of the nearest boundary that says something, else `cancel`. */
export function keepsWhenHidden(own: OnHidden | undefined, scope: Scope | undefined): boolean {
  let answer = own;
  for (let at = scope; at !== undefined && answer === undefined; at = at.parent) answer = ofScopes.get(at);
  return answer === 'keep';
}
