/**
 * What a task does with a run that is asked for while another is on.
 *
 * @example
 * useCancelable(save, { policy: 'drop' }); // a second click does nothing while it saves
 */
export type Policy = 'restart' | 'drop' | 'parallel';

export const policies: readonly Policy[] = ['restart', 'drop', 'parallel'];

/** `replace`: start and cancel those that run. `drop`: do not start. */
export type Decision = 'start' | 'replace' | 'drop';

/** The decision for one more run while `running` others are on. */
export function decide(policy: Policy, running: number): Decision {
  if (running === 0 || policy === 'parallel') return 'start';
  return policy === 'restart' ? 'replace' : 'drop';
}
