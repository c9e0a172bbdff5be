import { planAll } from '../flow/all.js';
import type { BodyValues, GroupOptions } from '../flow/groupPlan.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Bodies } from './Cancelable.js';
import { inScope } from './inScope.js';

/**
 * `op.all` for the current operation: runs each function in a child and resolves with their values in order. When one
 * fails, cancels the others (reason `sibling`), waits for them and rejects with that error. Outside of an operation it
 * makes one, named `all`, that lives as long as the call.
 *
 * @example
 * const [user, rows] = await all([(op) => loadUser(op, id), (op) => loadRows(op)], { concurrency: 2 });
 */
export function all<const F extends Bodies>(fns: F, options?: GroupOptions): Awaitable<BodyValues<F>> {
  return inScope('all', planAll(fns, options)) as Awaitable<BodyValues<F>>; // what the bodies gave
}
