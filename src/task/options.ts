import { checkCount, checkOneOf, type Check } from '../base/checks.js';
import { operationChecks, type OperationOptions } from '../operation/options.js';
import { policies, type Policy } from './policies.js';

/**
 * Those of the operations that a task starts, and how many there may be.
 *
 * @example
 * const options: TaskOptions = { name: 'upload', timeout: 60_000, policy: 'enqueue', maxConcurrency: 3 };
 */
export interface TaskOptions extends Omit<OperationOptions, 'id' | 'parent'> {
  /**
   * What happens to a run that is asked for while another is on: `restart` cancels the older one (`superseded`), `drop`
   * does not start the newer one (`dropped`), `enqueue` lets it wait for its turn, `keepLatest` lets only the newest wait,
   * `parallel` lets all run. Default: `restart`.
   */
  readonly policy?: Policy | undefined;
  /** How many may run at the same time before the policy has its say. Default: 1; for `parallel` all. */
  readonly maxConcurrency?: number | undefined;
}

const { id: _id, parent: _parent, ...ownChecks } = operationChecks;

/** What is asked of each option. */
export const taskChecks: Readonly<Record<keyof TaskOptions, Check>> = {
  ...ownChecks,
  policy: (option, value) => checkOneOf(option, policies, value),
  maxConcurrency: checkCount,
};
