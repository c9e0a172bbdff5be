import { planRace } from '../flow/all.js';
import type { BodyValues } from '../flow/groupPlan.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Bodies } from './Cancelable.js';
import { inScope } from './inScope.js';

/**
 * `op.race` for the current operation: settles as the first of the functions does, after the others, which are canceled
 * (reason `sibling`), have ended. Throws a RangeError when there is none. Outside of an operation it makes one, named
 * `race`, that lives as long as the call.
 *
 * @example
 * const rows = await race([(op) => load(op, mirror), (op) => load(op, origin)]);
 */
export function race<const F extends Bodies>(fns: F): Awaitable<BodyValues<F>[number]> {
  return inScope('race', planRace(fns)) as Awaitable<BodyValues<F>[number]>; // what one body gave
}
