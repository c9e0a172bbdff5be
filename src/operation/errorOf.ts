import { ErrorLink } from './causes.js';
import { coldOf, isSettled, type Operation } from './node.js';
import { textOf } from '../base/text.js';
import {
  CancelationError,
  ConditionCancelation,
  isCancelation,
  ManualCancelation,
  ParentCancelation,
  SignalCancelation,
  TimeoutCancelation,
  type CancelationInit,
} from './errors.js';
import type { Reason } from './types.js';

/**
 * The error of an operation that was canceled or failed: what its signal is aborted with and its waits reject with. A
 * cancelation's is made on first read, one per operation; creating an Error costs 25 times an operation.
 */
export function errorOf(node: Operation): unknown {
  if (node.phase === 'failed') return node.failure;
  if (node.phase !== 'canceled') return undefined;
  return (node.madeError ??= createError(node));
}

/** The message of a cancelation: the given one, else the default of its error. */
export function messageOf(node: Operation): string | undefined {
  if (node.phase !== 'canceled') return undefined;
  return node.cancelMessage ?? (errorOf(node) as Error).message;
}

function createError(node: Operation): Error {
  const reason = node.cancelReason!;
  const init = { message: node.cancelMessage, cause: node.failure, operation: node };
  if (reason === 'parent') return createParentError(node, init);
  const origin = originOf(node);
  const ownTimeout = reason === 'timeout' && origin.timeout !== Infinity ? origin.timeout : undefined;
  return createCancelation(reason, init, origin.cold?.detail ?? ownTimeout);
}

/** The error for a reason. `detail` is what that reason's class has beside the message. */
export function createCancelation(
  reason: Reason,
  init: Exclude<CancelationInit, string>,
  detail: unknown,
): CancelationError {
  // The casts: a source gives the detail together with the reason that it belongs to.
  switch (reason) {
    case 'timeout':
      return new TimeoutCancelation(detail as number | undefined, {
        ...init,
        message: init.message ?? 'Operation timed out',
      });
    case 'manual':
      return new ManualCancelation(init);
    case 'signal':
      return new SignalCancelation(detail as string | undefined, init);
    case 'condition':
      return new ConditionCancelation(detail as string | undefined, init);
    default:
      return new CancelationError(reason, init);
  }
}

function createParentError(
  node: Operation,
  init: { message: string | undefined; cause: unknown; operation: Operation },
): Error {
  const parent = node.up;
  // Said by hand, or by an operation elsewhere that it follows and whose parent it was: its words are repeated.
  if (isFollower(node) || parent === undefined || !isSettled(parent)) {
    const origin = originOf(node);
    const message = init.message ?? (origin === node ? undefined : messageOf(origin));
    return new CancelationError('parent', { ...init, message });
  }
  const name = `its parent ${parent.name === undefined ? parent.id : `"${parent.name}"`}`;
  const verb = parent.phase === 'failed' ? `because ${name} failed` : `with ${name}`;
  const message = init.message ?? `Canceled ${verb}: ${whyEnded(parent)}`;
  return new ParentCancelation(parent.id, parent.reason, {
    ...init,
    message,
    cause: init.cause ?? new ErrorLink(parent),
  });
}

/** The first link's own words, kept at each link that has asked: a tree of ten thousand levels climbs one step for each. */
function whyEnded(parent: Operation): string {
  let at = parent;
  while (at.cold?.why === undefined && isLink(at)) at = at.up!; // a link has a parent
  const why = at.cold?.why ?? (at.phase === 'failed' ? textOf(at.failure) : (messageOf(at) ?? 'it has completed'));
  coldOf(parent).why = why;
  return why;
}

function isLink(node: Operation): boolean {
  return (
    node.cancelReason === 'parent' &&
    node.cancelMessage === undefined &&
    node.up !== undefined &&
    isSettled(node.up) &&
    !isFollower(node)
  );
}

/** Canceled with an operation that is not above it: with the token of that one, or as a combination that it is a member of. */
function isFollower(node: Operation): boolean {
  return node.failure instanceof ErrorLink;
}

/** The operation that it was canceled with, for the same reason; else itself. */
function originOf(node: Operation): Operation {
  const origin = node.failure instanceof ErrorLink ? node.failure.origin : node;
  return origin.cancelReason === node.cancelReason ? origin : node;
}

/**
 * Whose cancelation is it? An error thrown by a body cancels its operation only if it is this operation's own or was made
 * by hand and belongs to none. Another operation's cancelation is a failure: a save that timed out must not vanish.
 */
export function isOwnCancelation(node: Operation, error: unknown): error is CancelationError {
  return isCancelation(error) && (error.operation === undefined || error.operation === node);
}
