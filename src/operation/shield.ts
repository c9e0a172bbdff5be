import { promiseThen } from '../base/jobs.js';
import { Deferred, type Awaitable } from './awaitable.js';
import type { Body } from './body.js';
import { errorOf } from './errorOf.js';
import { isCancelation } from './errors.js';
import { stopGrace } from './grace.js';
import { notice } from './lookout.js';
import { coldOf, isOver, isSettled, isShield, type Operation } from './node.js';
import { runOperation } from './run.js';
import { currentNode } from './stack.js';

/**
 * Runs the body in a child that no cancelation from above reaches. The promise has its value or its error; but if the
 * operation was canceled, or has failed, while the section was on, it is rejected with that. An operation that had ended
 * before gets the value: several shields in one `finally` all run.
 */
export function runShield<T>(node: Operation, handle: Operation, body: Body): Awaitable<T> {
  coldOf(handle).shielded = true;
  notice(node);
  const hadEnded = isSettled(node);
  // The grace of a canceled body does not count while it cleans up.
  if (node.execution !== undefined) stopGrace(node.execution);
  const deferred = new Deferred<T>();
  void promiseThen.call(
    runOperation<T>(handle, body),
    (value) => {
      notice(node);
      if (!hadEnded && isOver(node)) deferred.rejectQuietly(errorOf(node));
      else deferred.fulfill(value as T); // what `run` resolves with
    },
    (error: unknown) => {
      if (isCancelation(error)) deferred.rejectQuietly(error);
      else deferred.reject(error);
    },
  );
  return deferred.promise;
}

/**
 * The operation that a method of `node` acts on: inside of a shielded section it is the section's handle, so that
 * `op.wait` works there as the free `wait` does.
 */
export function actingFor(node: Operation): Operation {
  const current = currentNode();
  if (current === node || current === undefined) return node;
  let at: Operation | undefined = current;
  while (at !== undefined && isShield(at)) at = at.up;
  return at === node ? current : node;
}
