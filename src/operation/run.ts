import { wrongType } from '../base/checks.js';
import { ignore, isThenable, job, promiseThen } from '../base/jobs.js';
import { formatDuration } from '../base/duration.js';
import { reportError } from '../base/reportError.js';
import { textOf } from '../base/text.js';
import { Deferred, type Awaitable } from './awaitable.js';
import { callStartCallbacks } from './callbacks.js';
import { cancelAll, cancelChildren, cancelOperation, cancelToken, failOperation } from './cascade.js';
import { enqueueDeadline } from './deadlines.js';
import { type CancelationError, isCancelation, rootOf } from './errors.js';
import { errorOf, isOwnCancelation } from './errorOf.js';
import { driveGenerator, isGenerator } from './generator.js';
import { advance, endBody, isClosed } from './join.js';
import { coldOf, isSettled, type Operation, type Execution } from './node.js';
import { callWatchers, outdateSnapshots } from './progress.js';
import { followSignal, mergeSignals } from './signal.js';
import { startSource, toRequest } from './sources.js';
import { callWith } from './stack.js';
import { startInTree } from './tree.js';
import type { CancelRequest, Outcome } from './types.js';

type Body = (operation: never) => unknown;

/** Runs the body. The promise has the body's value, or is rejected with what the operation ended with. */
export function runOperation<T>(node: Operation, body: Body): Awaitable<T> {
  return begin(node, body, 'run') as Awaitable<T>;
}

/** The same, told as an outcome; the promise is rejected only on misuse. */
export function settleOperation<T>(node: Operation, body: Body): Awaitable<Outcome<T>> {
  return begin(node, body, 'settle') as Awaitable<Outcome<T>>;
}

/** Starts without a body; `finishOperation` is its end. Throws if the operation can't start. */
export function startOperation(node: Operation): void {
  const misuse = misuseOf(node);
  if (misuse !== undefined) throw misuse;
  const run = createRun(node, 'start', undefined);
  node.execution = run;
  run.handedOut = true;
  if (!start(node, run)) {
    endBody(node);
    throw errorOf(node);
  }
  void callStartCallbacks(node, advance);
}

/**
 * Ends what startOperation has begun: cancels the children that still run, then completes. An operation that has a body
 * is canceled instead. Resolves when all has ended; never rejects.
 */
export async function finishOperation(node: Operation): Promise<void> {
  if (node.execution === undefined) return;
  if (node.execution.kind !== 'start') cancelOperation(node, {});
  else if (!node.execution.bodyEnded) {
    cancelChildren(node);
    endBody(node);
  }
  await closedOf(node);
}

/** Fails an operation from outside; nothing if it has ended. */
export function failFromOutside(node: Operation, error: unknown): void {
  if (!isSettled(node)) failOperation(node, error);
}

/** A child that runs at once and whose failure is its parent's. */
export function spawnOperation<T>(child: Operation, body: Body): Awaitable<T> {
  coldOf(child).spawned = true;
  const promise = runOperation<T>(child, body);
  // Whatever it fails with becomes the parent's error, so it is not lost when nobody awaits this promise.
  void promiseThen.call(promise, undefined, ignore);
  return promise;
}

/** Resolves when body, children and callbacks have all ended, an abandoned body too. */
export function closedOf(node: Operation): Awaitable<void> {
  const deferred = new Deferred<void>();
  const fulfill = (): void => job(() => deferred.fulfill());
  if (isClosed(node)) fulfill();
  else (coldOf(node).onClosed ??= []).push(fulfill);
  return deferred.promise;
}

function begin(node: Operation, body: Body, kind: Execution['kind']): Awaitable<unknown> {
  const deferred = new Deferred<unknown>();
  const misuse =
    typeof body === 'function' ? misuseOf(node) : wrongType('The body of an operation', 'a function', body);
  if (misuse !== undefined) {
    job(() => deferred.reject(misuse));
    return deferred.promise;
  }
  const run = createRun(node, kind, deferred);
  node.execution = run;
  if (start(node, run)) startBody(node, body);
  else endBody(node);
  run.handedOut = true;
  return deferred.promise;
}

function misuseOf(node: Operation): Error | undefined {
  if (node.execution === undefined) return undefined;
  return new Error(
    `This operation has already run (it is ${node.phase}). An operation runs once: make a new one for each run.`,
  );
}

function createRun(node: Operation, kind: Execution['kind'], deferred: Deferred<unknown> | undefined): Execution {
  return {
    kind,
    deferred,
    handedOut: false,
    holdsSettling: node.openChildren > 0,
    holdsClosing: node.unclosedChildren > 0,
    value: undefined,
    bodyEnded: false,
    abandoned: false,
    settled: false,
    closed: false,
    stopGrace: undefined,
    onSettled: undefined,
  };
}

/** From pending to running, unless something has asked for cancelation before. True if it runs. */
function start(node: Operation, run: Execution): boolean {
  const parent = node.up;
  if (isSettled(node)) return false;
  const orphan = findOrphan(node);
  if (orphan !== undefined) {
    cancelOperation(orphan, { reason: 'parent' });
    return false;
  }
  if (parent !== undefined) {
    startInTree(node);
    run.holdsSettling = true;
    run.holdsClosing = true;
  }
  if (node.cold !== undefined && !startListening(node)) return false;
  node.phase = 'running';
  node.startedAt = performance.now();
  node.earliestDeadline = parent === undefined ? Infinity : parent.earliestDeadline;
  if (node.timeout !== Infinity) {
    node.deadlineAt = node.startedAt + node.timeout;
    if (node.deadlineAt < node.earliestDeadline) node.earliestDeadline = node.deadlineAt;
    enqueueDeadline(node, expire);
  }
  outdateSnapshots();
  callWatchers(node);
  return true;
}

/** The operation or the outermost one above it that has not started, if the one above that has ended. */
function findOrphan(node: Operation): Operation | undefined {
  let at = node;
  while (at.up?.phase === 'pending') at = at.up;
  return at.up !== undefined && isSettled(at.up) ? at : undefined;
}

/** Follows the token and the foreign signals and starts the sources. False if one of them has ended the operation. */
function startListening(node: Operation): boolean {
  const cold = coldOf(node);
  const token = cold.followedToken;
  if (token !== undefined) {
    if (token.reason !== undefined) {
      cancelOperation(node, { reason: token.reason, message: token.message, cause: token.cause });
      return false;
    }
    token.cancelFollowers ??= cancelToken;
    token.followers.add(node);
  }
  for (const signal of (cold.followedSignals = mergeSignals(cold.foreignSignals))) {
    if (signal.aborted) {
      cancelOperation(node, requestOf(signal));
      return false;
    }
    followSignal(node, signal, (nodes) => cancelAll(nodes, requestOf(signal)));
  }
  for (const source of cold.sources) {
    try {
      const stop = startSource(source, (cause) => cancelOperation(node, toRequest(cause)));
      if (isSettled(node)) stop();
      else (cold.stops ??= []).push(stop);
    } catch (error) {
      if (isSettled(node)) reportError(error);
      else failOperation(node, error);
    }
    if (isSettled(node)) return false;
  }
  return true;
}

function requestOf(signal: AbortSignal): CancelRequest {
  const cause: unknown = signal.reason;
  return { reason: 'signal', message: `Operation canceled by a signal: ${textOf(cause)}`, cause };
}

function expire(due: readonly Operation[]): void {
  cancelAll(due, (node) => ({
    reason: 'timeout',
    message: `Operation timed out after ${formatDuration(node.timeout)}`,
  }));
}

/** Start callbacks first; the body waits for those that are asynchronous. */
function startBody(node: Operation, body: Body): void {
  const pending = callStartCallbacks(node, advance);
  if (pending.length === 0) callBodyUnlessEnded(node, body);
  else void Promise.all(pending).then(() => callBodyUnlessEnded(node, body));
}

function callBodyUnlessEnded(node: Operation, body: Body): void {
  if (isSettled(node)) endBody(node);
  else callBody(node, body);
}

function callBody(node: Operation, body: Body): void {
  let result: unknown;
  let promise: Promise<unknown> | undefined;
  try {
    result = callWith(node, () => body(node as never)); // Cancelable's methods say what a body is given
    if (isGenerator(result)) promise = driveGenerator(node, result);
    else if (isThenable(result)) promise = Promise.resolve(result);
  } catch (error) {
    bodyFailed(node, error);
    return;
  }
  if (promise === undefined) bodyReturned(node, result);
  else {
    void promiseThen.call(
      promise,
      (value) => bodyReturned(node, value),
      (error: unknown) => bodyFailed(node, error),
    );
  }
}

function bodyReturned(node: Operation, value: unknown): void {
  if (!isSettled(node)) {
    node.execution!.value = value;
    if (node.cold?.cancelsChildren === true) cancelChildren(node);
  }
  endBody(node);
}

function bodyFailed(node: Operation, error: unknown): void {
  if (node.phase === 'canceled') keepSuppressed(node, error);
  else if (node.phase === 'failed') reportOther(node, error);
  else if (isOwnCancelation(node, error)) adoptCancelation(node, error);
  else failOperation(node, error);
  endBody(node);
}

/** A cancelation that the body threw by itself ends the operation with that very error. */
function adoptCancelation(node: Operation, error: CancelationError): void {
  error.claim(node);
  node.madeError = error;
  cancelOperation(node, { reason: error.reason, message: error.message, cause: error.cause });
}

/** What is thrown while a cancelation unwinds must not hide the reason, and must not be lost. */
function keepSuppressed(node: Operation, error: unknown): void {
  if (!isOfSameOrigin(error, errorOf(node))) (coldOf(node).suppressed ??= []).push(error);
}

/** The body of an operation that has failed from elsewhere is told that error; any other one has no place to go. */
function reportOther(node: Operation, error: unknown): void {
  if (!isOfSameOrigin(error, node.failure)) reportError(error);
}

/** The same error, or cancelations that began with the same one: what a cancel has sent through the tree comes back. */
function isOfSameOrigin(error: unknown, other: unknown): boolean {
  return error === other || (isCancelation(error) && rootOf(error) === rootOf(other));
}
