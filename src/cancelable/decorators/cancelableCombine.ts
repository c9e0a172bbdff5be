import { wrongType } from '../../base/checks.js';
import { Operation } from '../../operation/node.js';
import { callWith } from '../../operation/stack.js';
import { Cancelable } from '../Cancelable.js';
import { createDecorator } from './createDecorator.js';
import { checkDecoratorOptions, optionsOfCall } from './decorateCalls.js';
import { runCall } from './runCall.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/** Makes one member of the combination, for one call. */
type Factory = () => Cancelable;

/**
 * As `cancelable`; the operation of each call combines (`op.combine`) what the factories make for it, so that no timeout is
 * used up by another call. The factories are called with no current operation. The options may come last. Throws if there is
 * no factory; a call is rejected with what a factory throws.
 *
 * @example
 * const load = cancelableCombine(
 *   () => Cancelable.withTimeout(5000),
 *   () => Cancelable.withToken(stop),
 * )(async (op, url: string) => op.wait(fetch(url, { signal: op.signal })));
 */
export function cancelableCombine(...factories: readonly [Factory, ...Factory[]]): Decorator<true>;
export function cancelableCombine<Where extends Inject = true>(
  ...factories: readonly [Factory, ...Factory[], DecoratorOptions<Where>]
): Decorator<Where>;
export function cancelableCombine(...given: ReadonlyArray<Factory | DecoratorOptions>): unknown {
  const last = given.at(-1);
  // An operation in the place of a factory is told to be one, not taken for options.
  const hasOptions = typeof last === 'object' && !(last instanceof Operation);
  const options = hasOptions ? last : {};
  const factories = hasOptions ? given.slice(0, -1) : given;
  if (factories.length === 0) throw new TypeError('cancelableCombine: at least one cancelable must be provided.');
  for (const [index, factory] of factories.entries()) {
    if (typeof factory !== 'function')
      throw wrongType(`Argument ${index + 1} of cancelableCombine`, 'a function that makes an operation', factory);
  }
  checkDecoratorOptions('cancelableCombine', options);
  const { inject, ...own } = options;
  return createDecorator(
    'cancelableCombine',
    { ...options, factories },
    runCall(inject, (name, parent) => {
      // With none current: members that never start would stand under the caller's operation and count in its progress.
      const [first, ...rest] = callWith(undefined, () => (factories as readonly Factory[]).map(makeMember)); // checked above
      return first!.combine(...rest, optionsOfCall(own, name, parent));
    }),
  );
}

function makeMember(factory: Factory): Cancelable {
  const member: unknown = factory();
  if (member instanceof Cancelable) return member;
  throw wrongType('What a factory of cancelableCombine makes', 'an operation', member);
}
