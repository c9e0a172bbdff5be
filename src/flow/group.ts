import { isThenable, job, promiseThen } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';
import { textOf } from '../base/text.js';
import { Deferred, type Awaitable } from '../operation/awaitable.js';
import { cancelAll } from '../operation/cascade.js';
import { notice } from '../operation/lookout.js';
import { errorOf } from '../operation/errorOf.js';
import { leftBehindError } from '../operation/errors.js';
import { isOver, isSettled, type Operation, type Waiter } from '../operation/node.js';
import { outdateSnapshots } from '../operation/progress.js';
import { takeNumbers } from '../operation/progressNumbers.js';
import { progressRecordOf } from '../operation/progressRecord.js';
import { reportProgress } from '../operation/report.js';
import { reportFailure } from '../operation/reportFailure.js';
import { runFor } from '../operation/run.js';
import { callWith } from '../operation/stack.js';
import type { CancelRequest } from '../operation/types.js';
import { addWaiter, removeWaiter } from '../operation/waiters.js';
import type { GroupPlan, Scope } from './groupPlan.js';
import { reportCloseFailure, type Reader } from './openSource.js';

/**
 * Runs each item in a child of the scope. What ends a child starts the next one in the same step, so the scope, which
 * waits for its children, never finds itself without one in between. The promise settles when no child runs any more.
 */
export function runGroup(scope: Scope, plan: GroupPlan): Awaitable<unknown> {
  const { concurrency, toBody, isRace, reportsProgress } = plan;
  const { total } = plan.reader;
  const deferred = new Deferred<unknown>();
  const running = new Set<Operation>();
  const values: unknown[] = [];
  let reader: Reader<unknown> | undefined = plan.reader; // until it is closed or has ended
  let completed = 0;
  let isFilling = false;
  let isReading = false;
  let isClosing = false;
  let isFinished = false;
  let outcome: { readonly how: 'fulfill' | 'reject' | 'rejectQuietly'; readonly value: unknown } | undefined;

  const waiter: Waiter = {
    previous: undefined,
    next: undefined,
    interrupt: (error) => stop('rejectQuietly', error),
    leaveBehind: () => job(() => waiter.interrupt(leftBehindError(scope))),
  };
  notice(scope);
  if (isSettled(scope)) {
    if (isOver(scope)) job(() => waiter.interrupt(errorOf(scope)));
    else waiter.leaveBehind();
  } else {
    addWaiter(scope, waiter);
    // From zero on, so that what the first items report does not fall later, and the first report has a rate.
    if (reportsProgress === true) {
      takeNumbers(progressRecordOf(scope), { current: 0, total });
      outdateSnapshots();
    }
    fill();
  }
  return deferred.promise;

  /** A loop, not a recursion: children may end at once, and one hundred thousand of them do no harm. */
  function fill(): void {
    if (isFilling || isReading) return;
    isFilling = true;
    while (reader !== undefined && running.size < concurrency) {
      notice(scope);
      if (isSettled(scope)) break; // the interrupt is on its way
      try {
        const step = callWith(scope, read);
        if (isThenable(step)) {
          isReading = true;
          void promiseThen.call(Promise.resolve(step), onStep as (step: unknown) => void, onReadFailure);
          break;
        }
        take(step as IteratorResult<unknown>);
      } catch (error) {
        onReadFailure(error);
      }
    }
    isFilling = false;
    finish();
  }

  function read(): unknown {
    return reader!.next(); // fill() reads an open reader only
  }

  function onStep(step: IteratorResult<unknown>): void {
    isReading = false;
    if (outcome !== undefined || isSettled(scope)) return;
    try {
      take(step);
    } catch (error) {
      onReadFailure(error);
    }
    fill();
  }

  /** Throws when what the source gave is no step. */
  function take(step: IteratorResult<unknown>): void {
    if (step.done === true) release();
    else start(step.value);
  }

  function onReadFailure(error: unknown): void {
    isReading = false;
    if (outcome !== undefined || isSettled(scope)) return;
    release();
    fail('reject', error);
  }

  function release(): void {
    reader!.release?.(); // what has ended was open
    reader = undefined;
  }

  function start(item: unknown): void {
    const index = values.push(undefined) - 1;
    const child = scope.child();
    running.add(child);
    runFor(child, toBody(item, index), () => onSettled(child, index));
  }

  function onSettled(child: Operation, index: number): void {
    running.delete(child);
    const run = child.execution!; // it has run
    if (child.phase === 'completed') onValue(run.value, index);
    else if (child.phase === 'failed') onFailure(child.failure);
    else if (!isSettled(scope) && outcome === undefined) fail('rejectQuietly', errorOf(child));
    run.value = undefined;
    fill();
    finish();
  }

  function onValue(value: unknown, index: number): void {
    if (outcome !== undefined) return;
    if (isRace === true) {
      stop('fulfill', value, { reason: 'sibling', message: 'A sibling was first' });
      return;
    }
    values[index] = value;
    completed += 1;
    if (reportsProgress === true) {
      void reportProgress(scope, `Processed ${completed} items`, { current: completed, total });
    }
  }

  function onFailure(error: unknown): void {
    if (outcome === undefined) fail('reject', error);
    // One that has failed in the same moment as the first is told to nobody else.
    else if (error !== outcome.value) reportFailure(error);
  }

  function fail(how: 'reject' | 'rejectQuietly', error: unknown): void {
    stop(how, error, { reason: 'sibling', message: `A sibling failed: ${textOf(error)}`, cause: error });
  }

  /** Decides how it ends: nothing more starts, and what runs is canceled if there is a request. */
  function stop(how: 'fulfill' | 'reject' | 'rejectQuietly', value: unknown, request?: CancelRequest): void {
    if (outcome !== undefined) return;
    outcome = { how, value };
    if (request !== undefined) cancelAll(running, request);
    close(value);
    finish();
  }

  /** A source that is blocked in a read may never close: that is not waited for. */
  function close(reason: unknown): void {
    const closing = reader;
    if (closing === undefined) return;
    reader = undefined;
    const closed = callSafely(() => callWith(scope, () => closing.close(reason)), onCloseFailure);
    if (closed === undefined || isReading) return;
    isClosing = true;
    void closed.then(() => {
      isClosing = false;
      finish();
    });
  }

  function onCloseFailure(error: unknown): void {
    reportCloseFailure(error, errorOf(scope));
  }

  function finish(): void {
    if (isFinished || isClosing || running.size > 0 || (outcome === undefined && reader !== undefined)) return;
    isFinished = true;
    job(deliver);
  }

  function deliver(): void {
    removeWaiter(scope, waiter);
    notice(scope);
    const { how, value } = outcome ?? { how: 'fulfill', value: values };
    // Once canceled, no wait goes on with a value.
    if (how === 'fulfill' && isOver(scope)) deferred.rejectQuietly(errorOf(scope));
    else deferred[how](value);
  }
}
