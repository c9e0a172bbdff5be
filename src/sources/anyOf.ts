import type { Source } from '../operation/types.js';
import { createCombination, nameOf, type Combination } from './combination.js';

/**
 * Fires with the first of its sources that fires, with the reason of that one; the message names it. As a list of `sources`
 * does, but as one source, which can be a member of another combination. A member that throws on start is handed to
 * `reportError` and the others work on, unless all throw. Throws a RangeError without a source.
 *
 * @example
 * const op = new Cancelable({ sources: [anyOf(timeout(5000), pageHide(), controller.signal)] });
 */
export function anyOf(...sources: readonly Source[]): Combination {
  return createCombination('anyOf', sources, true, () => ([request], fired) => ({
    ...request,
    message: messageOf(fired, request!.message), // it has fired
  }));
}

function messageOf(source: Source, message: string | undefined): string {
  const name = nameOf(source);
  if (message === undefined) return `Operation canceled by ${name}`;
  // A combination's message has said what there is to say.
  return 'triggered' in source || message.includes(name) ? message : `${name}: ${message}`;
}
