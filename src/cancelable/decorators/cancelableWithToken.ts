import { operationChecks, withOption } from '../../operation/options.js';
import type { CancelationToken } from '../../operation/token.js';
import { decorateCalls } from './decorateCalls.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/**
 * As `cancelable`; the calls are canceled with the token, with its reason and message. Once that is canceled, a call is
 * rejected without running the function.
 *
 * @example
 * const stop = new CancelationToken();
 * const save = cancelableWithToken(stop)(async (op, draft: Draft) => op.wait(upload(draft, op.signal)));
 * stop.cancel('The user pressed Stop'); // all calls that run, and all to come
 */
export function cancelableWithToken<Where extends Inject = true>(
  token: CancelationToken,
  options?: Omit<DecoratorOptions<Where>, 'token'>,
): Decorator<Where> {
  operationChecks.token('The token', token);
  return decorateCalls('cancelableWithToken', withOption('cancelableWithToken', options, { token }));
}
