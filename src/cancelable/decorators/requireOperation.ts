import { wrongType } from '../../base/checks.js';
import { Cancelable } from '../Cancelable.js';

/**
 * The operation that a decorated function was given in an optional parameter: returns that same one; throws a TypeError that
 * says what to do if there is none, because the function was called without its decorator or outside of an operation.
 *
 * @example
 * class Rows {
 *   @cancelable({ inject: 1 }) async load(url: string, op?: Cancelable) {
 *     const { signal } = requireOperation(op);
 *     return await wait(fetch(url, { signal }));
 *   }
 * }
 */
export function requireOperation(op: Cancelable | null | undefined): Cancelable {
  if (op instanceof Cancelable) return op;
  throw wrongType('The injected operation', 'an operation (decorate the function with cancelable, or pass one)', op);
}
