import { isThenable, promiseThen } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { startTimer } from '../base/timer.js';
import { reportFailure } from '../operation/reportFailure.js';

/**
 * Checks at once and then an interval after each check, so that checks never overlap, until one says something truthy:
 * `onMet` is told that and the number of checks. A check that fails is reported and counts as one that said no. Returns how
 * to stop; what a check says after that is discarded.
 */
export function poll<T>(
  check: () => T | PromiseLike<T>,
  interval: number,
  onMet: (said: T, checks: number) => void,
): () => void {
  let checks = 0;
  let stopped = false;
  let stopTimer: (() => void) | undefined;
  const decide = (said: T): void => {
    if (stopped) return;
    if (said) onMet(said, checks);
    else stopTimer = startTimer(look, interval);
  };
  const fail = (error: unknown): void => {
    if (stopped) return;
    reportFailure(error);
    stopTimer = startTimer(look, interval);
  };
  const look = (): void => {
    checks += 1;
    void callSafely(() => {
      const said = check();
      if (isThenable(said)) {
        const decideLater = decide as (said: unknown) => void; // it says what the check says
        return promiseThen.call(Promise.resolve(said), decideLater);
      }
      decide(said);
      return undefined;
    }, fail);
  };
  look();
  return () => {
    stopped = true;
    stopTimer?.();
  };
}
