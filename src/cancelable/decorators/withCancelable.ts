import { checkOptions, wrongType } from '../../base/checks.js';
import { callIn } from '../../flow/wrap.js';
import { driveGenerator, isGenerator } from '../../operation/generator.js';
import { actingFor } from '../../operation/shield.js';
import { Cancelable } from '../Cancelable.js';
import { checkInject, createDecorator, inject } from './createDecorator.js';
import type { Decorator, Inject, InjectOptions } from './types.js';

/**
 * Binds a function to one operation that all calls share, with its time and its cancelation. A call is no run of its own:
 * it belongs to the operation's run, from wherever it is called, and in the function `currentOperation()` is that operation.
 * The awaitable rejects as soon as the operation is canceled. A call is rejected, and the function not run, before the
 * operation has started and after its end: with the error of the operation if that was canceled or has failed.
 *
 * @example
 * const page = new Cancelable({ timeout: 5000 });
 * const step = withCancelable(page)(async (op, url: string) => op.wait(fetch(url, { signal: op.signal })));
 * await page.run(async () => {
 *   for (const url of urls) await wait(step(url)); // 5 seconds for all of them
 * });
 */
export function withCancelable<Where extends Inject = true>(
  op: Cancelable,
  options: InjectOptions<Where> = {},
): Decorator<Where> {
  if (!(op instanceof Cancelable)) throw wrongType('The operation of withCancelable', 'an operation', op);
  checkOptions('The options of withCancelable', options, { inject: checkInject });
  const where = options.inject;
  return createDecorator('withCancelable', { ...options, operation: op }, (fn, receiver, args) =>
    callIn(
      op,
      () => {
        const node = actingFor(op); // inside of a shield, its handle
        const result = fn.apply(receiver, inject(args, where, node));
        return isGenerator(result) ? driveGenerator(node, result) : result;
      },
      undefined,
      [],
    ),
  );
}
