import { job, Queue } from '../base/jobs.js';
import { callEndCallbacks } from './callbacks.js';
import { dequeueDeadline } from './deadlines.js';
import { errorOf, messageOf } from './errorOf.js';
import type { CancelationError } from './errors.js';
import { startGrace, stopGrace } from './grace.js';
import { isSettled, type Operation, type Execution } from './node.js';
import { tell } from './observe.js';
import { leaveProgress, outdateSnapshots } from './progress.js';
import { stopSources } from './sources.js';
import { part, release } from './tree.js';
import { takeWaiters } from './waiters.js';
import type { Outcome } from './outcome.js';

// A run settles when all of these hold: its body has ended or was abandoned, the run of every started child has settled,
// and every promise that a status callback returned has settled. Whatever ends calls `advance`, which climbs as far as
// there is something to settle.

/** Something that the run of this operation may have waited for has ended. */
export function advance(node: Operation): void {
  for (let at: Operation | undefined = node; at !== undefined && tryToSettle(at);) {
    const parent: Operation | undefined = at.execution!.holdsSettling ? part(at, true) : undefined;
    tryToClose(at);
    at = parent;
  }
}

/** The body has ended, in whatever way. */
export function endBody(node: Operation): void {
  node.execution!.bodyEnded = true;
  advance(node);
  tryToClose(node);
}

// Runs that have settled and are to be delivered. Jobs run first in, first out, so a queue needs no closures.
const ended = new Queue<Operation>();
const deliverNext = (): void => deliver(ended.shift());

function deliver(node: Operation): void {
  const run = node.execution!;
  const deferred = run.deferred!;
  run.deferred = undefined;
  const asOutcome = run.kind === 'settle';
  if (node.phase === 'completed') deferred.fulfill(asOutcome ? { status: 'completed', value: run.value } : run.value);
  else if (asOutcome) deferred.fulfill(outcomeOf(node));
  else if (node.phase === 'canceled') deferred.rejectQuietly(errorOf(node));
  // A failure is reported if nobody awaits it, also when it is the cancelation of another operation.
  else deferred.reject(node.failure);
  run.value = undefined;
}

function resolveClosed(node: Operation): void {
  tell(node, 'closed');
  const callbacks = node.cold?.onClosed;
  if (callbacks === undefined) return;
  node.cold!.onClosed = undefined;
  for (const callback of callbacks) callback();
}

/** True when nothing of the operation can run any more. */
export function isClosed(node: Operation): boolean {
  return node.execution === undefined ? isSettled(node) && node.unclosedChildren === 0 : node.execution.closed;
}

/** True if the run settled in this very call. */
function tryToSettle(node: Operation): boolean {
  const run = node.execution;
  if (run === undefined || run.settled) return false;
  if (node.phase === 'running' && run.bodyEnded && node.openChildren === 0) complete(node);
  if (!isSettled(node)) return false;
  if (node.openChildren > 0 || (node.cold?.openCallbacks ?? 0) > 0) {
    stopGrace(run);
    return false;
  }
  if (!run.bodyEnded && !run.abandoned) {
    startGrace(node, run, abandon);
    return false;
  }
  stopGrace(run);
  run.settled = true;
  release(node);
  leaveProgress(node);
  run.onSettled?.();
  tell(node, 'released');
  // Nothing settles in the job in which it was handed out: the caller's await has not registered yet.
  if (run.deferred !== undefined) {
    ended.push(node);
    job(deliverNext);
  }
  return true;
}

/** Parents that were canceled before they started close with the last that runs below them. */
function closeAbove(node: Operation): Operation | undefined {
  const started = part(node, false);
  for (let at = node.up; at !== undefined && at !== started && isClosed(at); at = at.up) resolveClosed(at);
  return started;
}

function complete(node: Operation): void {
  node.phase = 'completed';
  node.endedAt = performance.now();
  if (node.up !== undefined) node.up.completedWeight += node.cold?.weight ?? 1;
  dequeueDeadline(node);
  stopSources(node);
  if (node.waiters !== undefined) for (const waiter of takeWaiters(node)) waiter.leaveBehind();
  outdateSnapshots();
  callEndCallbacks(node, advance);
  tell(node, 'completed');
}

/** Resolves `closed` if nothing of the operation can run any more, and climbs on. */
export function tryToClose(node: Operation): void {
  for (let at: Operation | undefined = node; at !== undefined;) {
    const run: Execution | undefined = at.execution;
    if (run === undefined) {
      // It has ended before it started, and nobody has joined it to its parent.
      if (isClosed(at)) resolveClosed(at);
      return;
    }
    if (run.closed || !run.settled || !run.bodyEnded || at.unclosedChildren > 0) return;
    run.closed = true;
    resolveClosed(at);
    at = run.holdsClosing ? closeAbove(at) : undefined;
  }
}

function abandon(node: Operation): void {
  node.execution!.abandoned = true;
  tell(node, 'abandoned');
  advance(node);
}

/** Its error, and the message that may be that error's, are made when they are read: most cancelations are routine. */
function outcomeOf(node: Operation): Outcome<never> {
  if (node.phase === 'failed') return { status: 'failed', error: node.failure };
  return {
    status: 'canceled',
    reason: node.cancelReason!,
    get message() {
      return messageOf(node)!;
    },
    get error() {
      return errorOf(node) as CancelationError;
    },
    partialResult: node.cold?.partialResult,
  };
}
