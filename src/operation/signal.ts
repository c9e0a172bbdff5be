import { errorOf } from './errorOf.js';
import { isOver, type Operation } from './node.js';

// Keeps an operation alive as long as its signal is: somebody may hold the signal of a child that has not started, which
// its parent knows only weakly. Others need none: an entry costs the garbage collector more than all else of an operation.
const operations = new WeakMap<AbortSignal, Operation>();

/** The operation's AbortSignal, made on first read: a real one costs ten times an operation. */
export function signalOf(node: Operation): AbortSignal {
  if (node.controller === undefined) {
    node.controller = new AbortController();
    if (node.execution === undefined) operations.set(node.controller.signal, node);
    abortSignal(node);
  }
  return node.controller.signal;
}

/** Aborts the signal with the operation's error, if it was canceled or has failed and somebody has read the signal. */
export function abortSignal(node: Operation): void {
  if (isOver(node)) node.controller?.abort(errorOf(node));
}

interface Following {
  readonly nodes: Set<Operation>;
  readonly stop: () => void;
}

const followings = new WeakMap<AbortSignal, Following>();

/**
 * Follows a foreign signal that is not aborted. All operations under it share one listener, which is removed with the last
 * of them: listeners on one signal cost quadratically. The callback of the first one is called with all of them.
 */
export function followSignal(
  node: Operation,
  signal: AbortSignal,
  onAbort: (nodes: ReadonlySet<Operation>) => void,
): void {
  const following = followings.get(signal);
  if (following !== undefined) {
    following.nodes.add(node);
    return;
  }
  const nodes = new Set([node]);
  const listener = (): void => {
    followings.delete(signal);
    onAbort(nodes);
  };
  signal.addEventListener('abort', listener, { once: true });
  followings.set(signal, { nodes, stop: () => signal.removeEventListener('abort', listener) });
}

/** Stops following; nothing if it does not. */
export function unfollowSignal(node: Operation, signal: AbortSignal): void {
  const following = followings.get(signal);
  if (following === undefined || !following.nodes.delete(node) || following.nodes.size > 0) return;
  following.stop();
  followings.delete(signal);
}

/** One signal for several, as `AbortSignal.any` merges them. It refuses what is not the platform's own, a polyfill's say. */
export function mergeSignals(signals: readonly AbortSignal[]): readonly AbortSignal[] {
  if (signals.length < 2) return signals;
  try {
    return [AbortSignal.any([...signals])];
  } catch {
    return signals;
  }
}
