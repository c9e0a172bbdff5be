import { wrongType } from '../base/checks.js';
import { ignore, job, promiseThen } from '../base/jobs.js';
import { Deferred, type Awaitable } from './awaitable.js';
import { startBody, type Body } from './body.js';
import { callStartCallbacks } from './callbacks.js';
import { cancelChildren, cancelOperation, failOperation } from './cascade.js';
import { errorOf } from './errorOf.js';
import { advance, endBody, isClosed } from './join.js';
import { coldOf, isSettled, type Execution, type Operation } from './node.js';
import { start } from './start.js';
import type { Outcome } from './outcome.js';

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

/** Runs a new operation without a promise: `onSettled` is called in the very step in which the run settles. */
export function runFor(node: Operation, body: Body, onSettled: () => void): void {
  const run = createRun(node, 'run', undefined);
  run.onSettled = onSettled;
  execute(node, body, run);
}

/**
 * The two halves of a run: the promise at once, the start with `begin`. An operation that was canceled meanwhile does not
 * start, and `begin` settles the promise. `onSettled` is called in the very step in which the run settles.
 */
export function prepareRun(
  node: Operation,
  body: Body,
  kind: 'run' | 'settle',
  onSettled: () => void,
): { readonly promise: Awaitable<unknown>; readonly begin: () => void } {
  const deferred = new Deferred<unknown>();
  const begin = (): void => {
    const run = createRun(node, kind, deferred);
    run.onSettled = onSettled;
    execute(node, body, run);
  };
  return { promise: deferred.promise, begin };
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
  execute(node, body, createRun(node, kind, deferred));
  return deferred.promise;
}

function execute(node: Operation, body: Body, run: Execution): void {
  node.execution = run;
  if (start(node, run)) startBody(node, body);
  else endBody(node);
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
    holdsSettling: node.openChildren > 0,
    holdsClosing: node.unclosedChildren > 0,
    value: undefined,
    bodyEnded: false,
    abandoned: false,
    settled: false,
    closed: false,
    grace: undefined,
    onSettled: undefined,
  };
}
