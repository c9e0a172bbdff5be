import { decorateCalls } from './decorateCalls.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/**
 * Makes a function cancelable: each call runs it in a new operation with these options and returns an awaitable of its
 * value, which settles as `op.run` does. A decorator for methods, static and private ones too (TC39 decorators, 2023-11),
 * and a function of functions. The function may be synchronous, asynchronous or a generator function; the work of an async
 * generator begins after its call has ended: `op.stream` guards that.
 *
 * The operation is the first argument of the function. An operation that the caller gives in its place becomes the parent;
 * else the parent is the current operation. TypeScript keeps the declared type of a decorated method: let the operation be
 * its last, optional parameter and give the index (`inject: 1`), or have none (`inject: false`). Both also keep the type
 * parameters of a generic function; `false` is also for one whose own first argument may be an operation. A generator method
 * can't be typed so: generators take the function form.
 *
 * Throws a TypeError or RangeError if an option makes no sense, before anything is decorated. `withCancelable` in contrast
 * has all calls share one operation.
 *
 * @example
 * const load = cancelable({ timeout: 5000 })(async function load(op, url: string) {
 *   const response = await op.wait(fetch(url, { signal: op.signal }));
 *   return await op.wait(response.text());
 * });
 * const text = await load('/rows'); // or load(parent, '/rows')
 * class Rows {
 *   @cancelable({ timeout: 5000, inject: 0 }) async count(op?: Cancelable) {} // its operation is named Rows.count
 * }
 */
export function cancelable<Where extends Inject = true>(options?: DecoratorOptions<Where>): Decorator<Where> {
  return decorateCalls('cancelable', options);
}
