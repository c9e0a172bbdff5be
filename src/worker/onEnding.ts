import { standing, withListener, withoutListener, type Registration } from '../base/listeners.js';
import { coldOf, type Operation } from '../operation/node.js';

type Callback = () => Promise<void> | undefined;

interface Group {
  readonly callbacks: Set<Callback>;
  readonly registration: Registration<() => unknown>;
}

// One registration for all calls of an operation: its list is copied when it changes, and there may be ten thousand.
const groups = new WeakMap<Operation, Group>();

/**
 * Calls back when the operation is canceled or fails, in the very step; its run waits for the promise. Returns how to stop.
 */
export function onEnding(node: Operation, callback: Callback): () => void {
  let group = groups.get(node);
  if (group === undefined) groups.set(node, (group = register(node)));
  const { callbacks, registration } = group;
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    groups.delete(node);
    const cold = coldOf(node);
    cold.onCancel = withoutListener(cold.onCancel, registration);
    cold.onError = withoutListener(cold.onError, registration);
  };
}

function register(node: Operation): Group {
  const callbacks = new Set<Callback>();
  const registration: Registration<() => unknown> = {
    callback() {
      const promises = [...callbacks].flatMap((callback) => callback() ?? []);
      return promises.length === 0 ? undefined : Promise.all(promises);
    },
    signal: undefined,
  };
  const cold = coldOf(node);
  cold.onCancel = withListener(standing(cold.onCancel), registration);
  cold.onError = withListener(standing(cold.onError), registration);
  return { callbacks, registration };
}
