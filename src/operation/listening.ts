import { isAbortSignal } from '../base/checks.js';
import { reportError } from '../base/reportError.js';
import { cancelAll, cancelOperation, failOperation } from './cascade.js';
import { coldOf, isSettled, type Operation } from './node.js';
import { requestOfSignal } from './request.js';
import { followSignal } from './signal.js';
import { checkSource, startSource, toRequest } from './sources.js';
import type { CustomSource, Source } from './types.js';

/** Adds what may cancel the operation: listened to from its start on, at once if it has started; ignored after its end. */
export function addSource(node: Operation, source: Source): void {
  checkSource('The source', source);
  if (isSettled(node)) return;
  const cold = coldOf(node);
  const hasStarted = node.execution !== undefined;
  if (!isAbortSignal(source)) {
    if (hasStarted) listenToSource(node, source);
    else cold.sources = [...cold.sources, source];
  } else if (hasStarted) {
    cold.followedSignals = [...cold.followedSignals, source];
    listenToSignal(node, source);
  } else {
    cold.foreignSignals = [...cold.foreignSignals, source];
  }
}

/** Follows a foreign signal; one that is aborted already cancels at once. */
export function listenToSignal(node: Operation, signal: AbortSignal): void {
  if (signal.aborted) cancelOperation(node, requestOfSignal(signal));
  else followSignal(node, signal, (nodes) => cancelAll(nodes, requestOfSignal(signal)));
}

/** Starts a source of the operation. One that throws makes the operation fail: it would run on without its guard. */
export function listenToSource(node: Operation, source: CustomSource): void {
  try {
    const stop = startSource(source, (cause) => cancelOperation(node, toRequest(cause)));
    if (isSettled(node)) stop();
    else (coldOf(node).stops ??= []).push(stop);
  } catch (error) {
    if (isSettled(node)) reportError(error);
    else failOperation(node, error);
  }
}
