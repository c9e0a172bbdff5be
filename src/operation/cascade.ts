import { job } from '../base/jobs.js';
import { reportError } from '../base/reportError.js';
import { textOf } from '../base/text.js';
import { callEndCallbacks } from './callbacks.js';
import { toEpoch } from './contextOf.js';
import { dequeueDeadline } from './deadlines.js';
import { errorOf } from './errorOf.js';
import { ErrorLink } from './causes.js';
import { coldOf, isSettled, isShield, type Operation, type TokenState } from './node.js';
import { advance, tryToClose } from './join.js';
import { tell } from './observe.js';
import { freezeProgress, keepTold, outdateSnapshots } from './progress.js';
import { detail, type SourceRequest } from './request.js';
import { abortSignal } from './signal.js';
import { stopSources } from './sources.js';
import { abortToken, callTokenCallbacks, markToken } from './tokenState.js';
import { forEachChild, release } from './tree.js';
import { takeWaiters } from './waiters.js';
import type { CancelRequest, OperationCancelRequest, Reason } from './types.js';

// A cancel happens in this order, so that no callback sees a half-canceled tree: mark everything; stop the sources; abort
// the signals; call the callbacks; then let waits and runs go on. Parents come before children in each step. Nothing
// recurses: `nodes` is the work list, and it grows while it is walked.
interface Cascade {
  readonly at: number;
  readonly nodes: Operation[];
  /** Those of them that have more than a place in the tree. */
  readonly cold: Operation[];
  readonly tokens: TokenState[];
}

/** Cancels an operation and, unless told otherwise, all below it. False when it had ended before. */
export function cancelOperation(node: Operation, request: OperationCancelRequest): boolean {
  return cancelAll([node], request, request.propagate) > 0;
}

/** Cancels several operations in one step. Returns how many it canceled, those below them not counted. */
export function cancelAll(
  nodes: Iterable<Operation>,
  request: CancelRequest | ((node: Operation) => CancelRequest),
  propagate = true,
): number {
  const cascade = beginCascade();
  let count = 0;
  for (const node of nodes) {
    if (isSettled(node)) continue;
    count += 1;
    markTree(cascade, node, typeof request === 'function' ? request(node) : request, propagate);
  }
  carryOut(cascade);
  return count;
}

/** Cancels a token, and in the same step the operations that follow it. */
export function cancelToken(token: TokenState, request: CancelRequest): void {
  const cascade = beginCascade();
  cascade.tokens.push(token);
  markToken(token, request, Date.now());
  for (const node of token.followers) if (!isSettled(node)) markTree(cascade, node, request, true);
  carryOut(cascade);
}

/** Cancels the children, but for shields, as when their parent has ended without them. */
export function cancelChildren(node: Operation): void {
  const children: Operation[] = [];
  forEachChild(node, (child) => {
    if (!isShield(child)) children.push(child);
  });
  cancelAll(children, { reason: 'parent' });
}

/**
 * Makes an operation fail. Its children are canceled (`parent`). If it was spawned, its parent fails with the very same
 * error in the same step, and so on upwards; the other children there are canceled (`sibling`).
 */
export function failOperation(node: Operation, error: unknown): void {
  const cascade = beginCascade();
  const failing = [node];
  for (let at = node; at.cold?.spawned === true && at.up !== undefined && !isSettled(at.up); at = at.up)
    failing.unshift(at.up);
  for (const each of failing) {
    freezeProgress(each);
    end(cascade, each, 'failed', error);
  }
  for (const each of failing) {
    forEachChild(each, (child) => {
      if (isSettled(child) || isShield(child)) return;
      const request =
        each === node
          ? { reason: 'parent', cause: error }
          : { reason: 'sibling', message: `A sibling failed: ${textOf(error)}`, cause: error };
      markTree(cascade, child, request, true);
    });
  }
  carryOut(cascade);
  reportToEndedParent(failing[0]!, error);
}

/** A spawned operation whose parent has ended before it can't make that fail; its error must not be lost. */
function reportToEndedParent(node: Operation, error: unknown): void {
  const parent = node.up;
  if (parent === undefined || node.cold?.spawned !== true) return;
  if (parent.phase === 'canceled') (coldOf(parent).suppressed ??= []).push(error);
  else reportError(error);
}

function beginCascade(): Cascade {
  return { at: performance.now(), nodes: [], cold: [], tokens: [] };
}

function markTree(cascade: Cascade, root: Operation, request: SourceRequest, propagate: boolean): void {
  freezeProgress(root);
  if (request[detail] !== undefined) coldOf(root).detail = request[detail];
  let next = cascade.nodes.length;
  mark(cascade, root, request.reason ?? 'manual', request.message, request.cause);
  for (; next < cascade.nodes.length; next += 1) {
    const node = cascade.nodes[next]!;
    if (propagate || node !== root) {
      forEachChild(node, (child) => {
        if (!isSettled(child) && !isShield(child)) mark(cascade, child, 'parent', undefined, undefined);
      });
    }
    // An operation's own token may be followed by other operations, which are canceled with it.
    for (const follower of node.cold?.token?.followers ?? []) {
      if (isSettled(follower)) continue;
      coldOf(follower).detail = node.cold?.detail;
      mark(cascade, follower, node.cancelReason!, node.cancelMessage, new ErrorLink(node));
    }
  }
}

function mark(cascade: Cascade, node: Operation, reason: Reason, message: string | undefined, cause: unknown): void {
  node.cancelReason = reason;
  node.cancelMessage = message;
  end(cascade, node, 'canceled', cause);
  keepTold(node);
  const token = node.cold?.token;
  if (token === undefined) return;
  cascade.tokens.push(token);
  markToken(token, { reason, message, cause: new ErrorLink(node) }, toEpoch(node, cascade.at));
}

function end(cascade: Cascade, node: Operation, phase: 'canceled' | 'failed', failure: unknown): void {
  node.phase = phase;
  node.failure = failure;
  node.endedAt = cascade.at;
  dequeueDeadline(node);
  cascade.nodes.push(node);
  if (node.cold !== undefined || node.controller !== undefined) cascade.cold.push(node);
}

function carryOut(cascade: Cascade): void {
  const { nodes, cold, tokens } = cascade;
  outdateSnapshots();
  for (const node of cold) stopSources(node);
  for (const token of tokens) abortToken(token);
  for (const node of cold) abortSignal(node);
  for (const token of tokens) callTokenCallbacks(token);
  for (const node of cold) callEndCallbacks(node, advance);
  // One job after the end, so that a wait which was just handed out is awaited by then.
  if (nodes.some((node) => node.waiters !== undefined)) job(() => nodes.forEach(interruptWaiters));
  for (const node of nodes) {
    tell(node, node.phase as 'canceled' | 'failed'); // as it was marked
    if (node.execution === undefined) endUnstarted(node);
    else advance(node);
  }
}

/** An operation that ends before it starts has nothing to wait for. */
function endUnstarted(node: Operation): void {
  release(node);
  tell(node, 'released');
  tryToClose(node);
}

function interruptWaiters(node: Operation): void {
  if (node.waiters !== undefined) for (const waiter of takeWaiters(node)) waiter.interrupt(errorOf(node));
}
