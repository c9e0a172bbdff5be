import { checkString } from '../../base/checks.js';
import { toPositiveMilliseconds } from '../../base/duration.js';
import { condition, type ConditionOptions, type Predicate } from '../../sources/condition.js';
import { checkDecoratorOptions, withSource } from './decorateCalls.js';
import type { Decorator, DecoratorOptions, Inject } from './types.js';

/** The options of `cancelableWithCondition`: those of the calls' operations, and those of the condition. */
export interface ConditionDecoratorOptions<Where extends Inject = Inject> extends DecoratorOptions<Where> {
  /** From the end of one check to the next. Default: 100 ms. */
  readonly interval?: ConditionOptions['interval'];
  /** For the message and `error.conditionName`. Default: the name of the predicate. */
  readonly conditionName?: string | undefined;
}

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
  checkDecoratorOptions('cancelableWithCondition', options, {
    interval: toPositiveMilliseconds,
    conditionName: checkString,
  });
  const { interval, conditionName, ...own } = options;
  return withSource('cancelableWithCondition', own, condition(predicate, { interval, name: conditionName }));
}
