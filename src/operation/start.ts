import { formatDuration } from '../base/duration.js';
import { reportError } from '../base/reportError.js';
import { textOf } from '../base/text.js';
import { cancelAll, cancelOperation, cancelToken, failOperation } from './cascade.js';
import { enqueueDeadline } from './deadlines.js';
import { coldOf, isSettled, isShield, type Execution, type Operation } from './node.js';
import { callWatchers, outdateSnapshots } from './progress.js';
import { followSignal, mergeSignals } from './signal.js';
import { startSource, toRequest } from './sources.js';
import { startInTree } from './tree.js';
import type { CancelRequest } from './types.js';

/** From pending to running, unless something has asked for cancelation before. True if it runs. */
export function start(node: Operation, run: Execution): boolean {
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
  node.earliestDeadline = parent === undefined || isShield(node) ? Infinity : parent.earliestDeadline;
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
  if (isShield(node)) return undefined;
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
