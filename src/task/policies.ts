/**
 * What a task does with a run that is asked for while others are on.
 *
 * - `restart`: the newest wins, the oldest is canceled (`superseded`).
 * - `drop`: the newest does not start (`dropped`).
 * - `enqueue`: the newest waits for its turn.
 * - `keepLatest`: the newest waits, and takes the place of the one that was waiting (`superseded`).
 * - `parallel`: all run.
 *
 * @example
 * useCancelable(save, { policy: 'drop' }); // a second click does nothing while it saves
 */
export type Policy = 'restart' | 'drop' | 'enqueue' | 'keepLatest' | 'parallel';

export const policies: readonly Policy[] = ['restart', 'drop', 'enqueue', 'keepLatest', 'parallel'];

/** How many may be on at once where the options say nothing. */
export function defaultConcurrency(policy: Policy): number {
  return policy === 'parallel' ? Infinity : 1;
}

/** How a task stands. */
export interface Load {
  /** Runs that have started and not ended. */
  readonly running: number;
  /** The same, and those whose body still unwinds after its end: what waits for its turn waits for them, too. */
  readonly unsettled: number;
  /** Runs that wait for their turn. */
  readonly waiting: number;
}

/** What becomes of one more run, and how many of the oldest that run or wait it supersedes. */
export interface Decision {
  readonly action: 'start' | 'wait' | 'drop';
  readonly running: number;
  readonly waiting: number;
}

const start: Decision = { action: 'start', running: 0, waiting: 0 };
const wait: Decision = { action: 'wait', running: 0, waiting: 0 };
const drop: Decision = { action: 'drop', running: 0, waiting: 0 };

/** Somebody asks for a run. */
export function decide(policy: Policy, limit: number, { running, unsettled, waiting }: Load): Decision {
  if (policy === 'restart') return { action: 'start', running: Math.max(0, running - limit + 1), waiting };
  if (policy === 'drop') return running + waiting < limit ? start : drop;
  if (waiting === 0 && unsettled < limit) return start;
  return policy === 'keepLatest' ? { ...wait, waiting } : wait;
}

/** A run has settled: how many of those that wait may start. */
export function vacancies(limit: number, { unsettled, waiting }: Load): number {
  return Math.max(0, Math.min(waiting, limit - unsettled));
}
