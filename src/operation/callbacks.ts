import { callSafely, standing } from '../base/listeners.js';
import { coldOf, type Operation } from './node.js';
import { reportFailure } from './reportFailure.js';
import { callWith } from './stack.js';

const none: readonly never[] = [];

/**
 * Calls what was registered for the end that the operation has come to, with no operation current. `onDone` is called
 * for each asynchronous callback when it has settled; until then the run does not settle.
 */
export function callEndCallbacks(node: Operation, onDone: (node: Operation) => void): void {
  const cold = node.cold;
  if (cold === undefined) return;
  if (node.phase === 'failed') {
    for (const { callback } of standing(cold.onError))
      void track(node, undefined, () => callback(node.context, node.failure), onDone);
    return;
  }
  const callbacks = node.phase === 'canceled' ? cold.onCancel : cold.onComplete;
  for (const { callback } of standing(callbacks)) void track(node, undefined, () => callback(node.context), onDone);
}

/** Calls the start callbacks, with their operation current. Returns the promises of asynchronous ones. */
export function callStartCallbacks(node: Operation, onDone: (node: Operation) => void): readonly Promise<unknown>[] {
  const callbacks = node.cold?.onStart;
  if (callbacks === undefined) return none;
  const pending: Promise<unknown>[] = [];
  for (const { callback } of standing(callbacks)) {
    const done = track(node, node, () => callback(node.context), onDone);
    if (done !== undefined) pending.push(done);
  }
  return pending;
}

function track(
  node: Operation,
  current: Operation | undefined,
  call: () => unknown,
  onDone: (node: Operation) => void,
): Promise<unknown> | undefined {
  const done = callSafely(() => callWith(current, call), reportFailure);
  if (done === undefined) return undefined;
  const cold = coldOf(node);
  cold.openCallbacks += 1;
  return done.then(() => {
    cold.openCallbacks -= 1;
    onDone(node);
  });
}
