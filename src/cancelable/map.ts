import type { BodyValue, GroupOptions } from '../flow/groupPlan.js';
import { planMap } from '../flow/map.js';
import type { StreamSource } from '../flow/openSource.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Cancelable } from './Cancelable.js';
import { inScope } from './inScope.js';

/**
 * `op.map` for the current operation: runs the function for each item, each in a child, and resolves with the values in
 * the order of the items; reports progress after each. When one fails, cancels the others (reason `sibling`), closes the
 * source, waits for both and rejects with that error. Outside of an operation it makes one, named `map`, that lives as long
 * as the call.
 *
 * @example
 * const sizes = await map(files, (op, file) => upload(op, file), { concurrency: 4 });
 */
export function map<T, R>(
  items: StreamSource<T>,
  fn: (op: Cancelable, item: T, index: number) => R,
  options?: GroupOptions,
): Awaitable<BodyValue<R>[]> {
  return inScope('map', planMap(items, fn, options)) as Awaitable<BodyValue<R>[]>; // what fn gave
}
