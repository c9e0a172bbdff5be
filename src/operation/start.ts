import { formatDuration } from '../base/duration.js';
import { cancelAll, cancelOperation, cancelToken } from './cascade.js';
import { followMembers } from './combine.js';
import { enqueueDeadline } from './deadlines.js';
import { listenToSignal, listenToSource } from './listening.js';
import { coldOf, isSettled, isShield, type Execution, type Operation } from './node.js';
import { tell } from './observe.js';
import { outdateSnapshots } from './progress.js';
import { mergeSignals } from './signal.js';
import { startInTree } from './tree.js';

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
  tell(node, 'started');
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
  if (cold.members !== undefined) followMembers(node, cold.members);
  for (const token of cold.followedTokens ?? []) {
    if (token.reason !== undefined) {
      cancelOperation(node, { reason: token.reason, message: token.message, cause: token.cause });
      return false;
    }
    token.cancelFollowers ??= cancelToken;
    token.followers.add(node);
  }
  for (const signal of (cold.followedSignals = mergeSignals(cold.foreignSignals))) {
    listenToSignal(node, signal);
    if (isSettled(node)) return false;
  }
  for (const source of cold.sources) {
    listenToSource(node, source);
    if (isSettled(node)) return false;
  }
  return true;
}

function expire(due: readonly Operation[]): void {
  cancelAll(due, (node) => ({
    reason: 'timeout',
    message: `Operation timed out after ${formatDuration(node.timeout)}`,
  }));
}
