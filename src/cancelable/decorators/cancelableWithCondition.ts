import { condition, conditionChecks, type ConditionParts, type Predicate } from '../../sources/condition.js';
import { checkDecoratorOptions, withSource } from './decorateCalls.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/**
 * The options of `cancelableWithCondition`: those of the calls' operations, and those of the condition.
 *
 * @example
 * cancelableWithCondition(isFull, { conditionName: 'queue is full', interval: 500 })(upload);
 */
export interface ConditionDecoratorOptions<Where extends Inject = Inject>
  extends DecoratorOptions<Where>, ConditionParts {}

/**
 * As `cancelable`; a call is canceled, with reason `condition`, when the predicate says true. It is asked while calls run, for
 * each of them; when it says true at once, the function does not run.
 *
 * @example
 * const upload = cancelableWithCondition(() => quota.isUsedUp, { conditionName: 'quota', interval: 500 })(sendFile);
 */
export function cancelableWithCondition<Where extends Inject = true>(
  predicate: Predicate,
  options: ConditionDecoratorOptions<Where> = {},
): Decorator<Where> {
  checkDecoratorOptions('cancelableWithCondition', options, conditionChecks);
  const { interval, conditionName, ...own } = options;
  return withSource('cancelableWithCondition', own, condition(predicate, { interval, name: conditionName }));
}
