import { checkFunction, checkOptions, checkString } from '../base/checks.js';
import { toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { detail, type SourceRequest } from '../operation/request.js';
import type { SourceLifetime } from '../operation/types.js';
import { createSource, type NamedSource } from './namedSource.js';
import { poll } from './poll.js';

/**
 * What a condition may be given.
 *
 * @example
 * condition(() => queue.length > 1000, { interval: 500, name: 'queue is full' });
 */
export interface ConditionOptions {
  /** From the end of one check to the next. Default: 100 ms. */
  readonly interval?: Duration | undefined;
  /** For the message and `error.conditionName`. Default: the name of the function, else `condition`. */
  readonly name?: string | undefined;
}

/**
 * The same, as they stand among the options of an operation.
 *
 * @example
 * Cancelable.withCondition(isFull, { conditionName: 'queue is full', interval: 500 });
 */
export interface ConditionParts {
  /** From the end of one check to the next. Default: 100 ms. */
  readonly interval?: Duration | undefined;
  /** For the message and `error.conditionName`. Default: the name of the predicate. */
  readonly conditionName?: string | undefined;
}

/** What is asked of them. */
export const conditionChecks = { interval: toPositiveMilliseconds, conditionName: checkString };

/**
 * Asked whether to cancel. `signal` of its argument is aborted when nobody waits for the answer any more.
 *
 * @example
 * const isBusy: Predicate = ({ signal }) => fetch('/busy', { signal }).then((response) => response.ok);
 */
export type Predicate = (lifetime: SourceLifetime) => boolean | PromiseLike<boolean>;

/**
 * Fires when the predicate says true, with reason `condition`. The first check comes at once when the operation starts: one
 * that says true then keeps the body from starting. Checks never overlap, also asynchronous ones. A check that throws is
 * handed to `reportError` and the next comes as usual.
 *
 * @example
 * const op = new Cancelable({ sources: [condition(() => queue.length > 1000, { name: 'queue is full' })] });
 */
export function condition(predicate: Predicate, options: ConditionOptions = {}): NamedSource {
  checkFunction('The predicate', predicate);
  checkOptions('The options of condition', options, { interval: toPositiveMilliseconds, name: checkString });
  const interval = toPositiveMilliseconds('Option "interval"', options.interval ?? 100);
  const given = options.name ?? predicate.name;
  return createSource(given || 'condition', 'condition', (fire, lifetime) =>
    poll(
      () => predicate(lifetime),
      interval,
      (_, checks) => {
        const what = `${given && `${given} `}condition met after ${checks} check${checks === 1 ? '' : 's'}`;
        const request: SourceRequest = {
          reason: 'condition',
          message: `Operation canceled: ${what}`,
          [detail]: given || undefined,
        };
        fire(request);
      },
    ),
  );
}
