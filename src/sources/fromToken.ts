import { wrongType } from '../base/checks.js';
import { CancelationToken } from '../operation/token.js';
import type { Reason } from '../operation/types.js';
import type { NamedSource } from './namedSource.js';

/**
 * Fires when a token is canceled, at once when it already is, with the token's reason, message and cause. For combinations;
 * for an operation alone its option `token` is canceled in the very step in which the token is.
 *
 * @example
 * const op = new Cancelable({ sources: [anyOf(fromToken(stop), timeout(5000))] });
 */
export function fromToken(token: CancelationToken): NamedSource {
  if (!(token instanceof CancelationToken)) throw wrongType('The token', 'a CancelationToken', token);
  return {
    name: 'token',
    /** The token's own once it is canceled. */
    get reason(): Reason {
      return token.reason ?? 'manual';
    },
    start: (fire) =>
      token.onCancel(({ reason, message, state: { cause } }) => {
        fire({ reason, message, cause });
      }),
    toString() {
      return `${this.name} (${this.reason})`;
    },
  };
}
