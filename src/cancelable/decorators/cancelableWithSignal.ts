import { checkFunction, isAbortSignal } from '../../base/checks.js';
import { withOption } from '../../operation/options.js';
import { fromEvent, type EventOptions } from '../../sources/fromEvent.js';
import { checkDecoratorOptions, decorateCalls, withSource } from './decorateCalls.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/**
 * As `cancelable`; the calls are canceled, with reason `signal`, when the AbortSignal is aborted or when the event happens. A
 * signal that is aborted already keeps the function from running; of an event, what happened before the call does not count.
 * Nothing listens between the calls. Options with an event may have a `filter`, as `fromEvent` has.
 *
 * @example
 * const poll = cancelableWithSignal(window, 'offline')(async (op) => op.wait(fetch('/news', { signal: op.signal })));
 * const save = cancelableWithSignal(page.signal, { name: 'save' })(async (op, draft: Draft) => upload(op, draft));
 */
export function cancelableWithSignal<Where extends Inject = true>(
  signal: AbortSignal,
  options?: Omit<DecoratorOptions<Where>, 'signal'>,
): Decorator<Where>;
export function cancelableWithSignal<Where extends Inject = true>(
  target: EventTarget,
  type: string,
  options?: DecoratorOptions<Where> & EventOptions,
): Decorator<Where>;
export function cancelableWithSignal(
  target: EventTarget,
  typeOrOptions?: string | DecoratorOptions,
  eventOptions: DecoratorOptions & EventOptions = {},
): unknown {
  if (isAbortSignal(target) && typeof typeOrOptions !== 'string') {
    return decorateCalls('cancelableWithSignal', withOption('cancelableWithSignal', typeOrOptions, { signal: target }));
  }
  checkDecoratorOptions('cancelableWithSignal', eventOptions, { filter: checkFunction });
  const { filter, ...options } = eventOptions;
  const source = fromEvent(target, typeOrOptions as string, { filter }); // it checks the type
  return withSource('cancelableWithSignal', options, source);
}
