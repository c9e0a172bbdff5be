import { createCancelation } from '../operation/errorOf.js';
import { detail } from '../operation/request.js';
import type { Source } from '../operation/types.js';
import { createCombination, type Combination } from './combination.js';

/**
 * Fires when all of its sources have fired, in any order. One that has fired stays fired; the same source given twice counts
 * once. The reason is that of the last one; `cause` is an AggregateError with a cancelation for each, in the order in which
 * they fired. A member that throws on start makes the operation fail: it could never be canceled. Throws a RangeError
 * without a source.
 *
 * @example
 * const op = new Cancelable({ sources: [allOf(timeout(1000), condition(() => rows.length >= 100))] });
 */
export function allOf(...sources: readonly Source[]): Combination {
  return createCombination('allOf', sources, false, (count) => (requests) => {
    if (requests.length < count) return undefined;
    const message = `All ${count} sources have triggered`;
    const errors = requests.map((request) => createCancelation(request.reason!, request, request[detail])); // toRequest gives a reason
    return { ...requests.at(-1), message, cause: new AggregateError(errors, message) };
  });
}
