import { isThenable, promiseThen } from '../base/jobs.js';
import { reportError } from '../base/reportError.js';
import { callStartCallbacks } from './callbacks.js';
import { cancelChildren, cancelOperation, failOperation } from './cascade.js';
import { errorOf, isOwnCancelation } from './errorOf.js';
import { rootOf } from './causes.js';
import { isCancelation, type CancelationError } from './errors.js';
import { driveGenerator, isGenerator } from './generator.js';
import { advance, endBody } from './join.js';
import { coldOf, isOver, isSettled, type Operation } from './node.js';
import { callWith } from './stack.js';

/** What `Cancelable` has typed: a function of the operation. */
export type Body = (operation: never) => unknown;

/** Start callbacks first; the body waits for those that are asynchronous. */
export function startBody(node: Operation, body: Body): void {
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
    result = callWith(node, body as (operation: Operation) => unknown, node); // Cancelable's methods say what a body is given
    if (isThenable(result)) promise = Promise.resolve(result);
    else if (isGenerator(result)) promise = driveGenerator(node, result);
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
  if (isOver(node)) keepLateError(node, error);
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

/**
 * What is thrown while a cancelation unwinds must not hide the reason, and must not be lost. The body of an operation that has
 * failed from elsewhere is told that error; any other one has no place to go.
 */
export function keepLateError(node: Operation, error: unknown): void {
  if (isOfSameOrigin(error, errorOf(node))) return;
  if (node.phase === 'canceled') (coldOf(node).suppressed ??= []).push(error);
  else reportError(error);
}

/** The same error, or cancelations that began with the same one: what a cancel has sent through the tree comes back. */
function isOfSameOrigin(error: unknown, other: unknown): boolean {
  return error === other || (isCancelation(error) && rootOf(error) === rootOf(other));
}
