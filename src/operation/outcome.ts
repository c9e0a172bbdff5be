import type { CancelationError } from './errors.js';
import type { Reason } from './types.js';

/**
 * How a run ended; what `settle` resolves with.
 *
 * @example
 * const outcome = await op.settle(load);
 * if (outcome.status === 'failed') console.error(outcome.error);
 */
export type Outcome<T> =
  | { readonly status: 'completed'; readonly value: T }
  | {
      readonly status: 'canceled';
      readonly reason: Reason;
      readonly message: string;
      readonly error: CancelationError;
      readonly partialResult: unknown;
    }
  | { readonly status: 'failed'; readonly error: unknown };
