import { callSafely, withListener, withoutListener } from '../base/listeners.js';
import { coldOf, type Operation } from './node.js';
import { observe, type OperationEvent } from './observe.js';

// However many watch, one observer climbs from the operation that has changed, and with nobody watching there is none.
let watcherCount = 0;
let stopObserving: (() => void) | undefined;

/** Calls back after every change of status or progress of the operation or of one below it. Returns how to stop. */
export function watch(node: Operation, watcher: () => void): () => void {
  const cold = coldOf(node);
  const entry = (): void => watcher();
  cold.watchers = withListener(cold.watchers, entry);
  watcherCount += 1;
  stopObserving ??= observe(callWatchers);
  return () => {
    if (cold.watchers?.includes(entry) !== true) return;
    cold.watchers = withoutListener(cold.watchers, entry);
    watcherCount -= 1;
    if (watcherCount > 0) return;
    stopObserving?.();
    stopObserving = undefined;
  };
}

function callWatchers(node: Operation, event: OperationEvent): void {
  if (event === 'created' || event === 'released' || event === 'closed') return;
  for (let at: Operation | undefined = node; at !== undefined; at = at.up) {
    for (const watcher of at.cold?.watchers ?? []) void callSafely(watcher);
  }
}
