import { isThenable, promiseThen } from '../base/jobs.js';
import { startTimer } from '../base/timer.js';
import { reportFailure } from '../operation/reportFailure.js';

/**
 * Checks at once and then an interval after each check, so that checks never overlap, until one says something truthy:
 * `onMet` is told that and the number of checks. A check that fails is reported and counts as one that said no. Returns how
 * to stop; what a check that is pending then says later is discarded.
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
    reportFailure(error);
    if (!stopped) stopTimer = startTimer(look, interval);
  };
  const failLater = (error: unknown): void => {
    if (!stopped) fail(error);
  };
  const look = (): void => {
    checks += 1;
    try {
      const said = check();
      const decideLater = decide as (said: unknown) => void; // it says what the check says
      if (isThenable(said)) void promiseThen.call(Promise.resolve(said), decideLater, failLater);
      else decide(said);
    } catch (error) {
      fail(error); // also when the check itself has ended all: nobody else hears of it
    }
  };
  look();
  return () => {
    stopped = true;
    stopTimer?.();
  };
}
