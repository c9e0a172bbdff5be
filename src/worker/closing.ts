import { callSafely } from '../base/listeners.js';
import { reportError } from '../base/reportError.js';
import type { Channel } from './endpoint.js';

// The other side of a port hears by an event that it is closed (HTML section 9.4.4), in engines that have that: none of the
// three has it yet. So the methods that close a port or terminate a worker are listened to.

const callbacksOf = new WeakMap<Channel, Set<() => void>>();

/**
 * Calls back when this side ends it, by `close` of this very port or `terminate` of this very worker: before that is done, so
 * that what is said then still arrives. Returns how to stop.
 */
export function onOwnEnd(channel: Channel, callback: () => void): () => void {
  let callbacks = callbacksOf.get(channel);
  if (callbacks === undefined) callbacksOf.set(channel, (callbacks = listen(channel)));
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/** Once for each; it stays, for others may do the same after it. */
function listen(channel: Channel): Set<() => void> {
  const callbacks = new Set<() => void>();
  const name = isPort(channel) ? 'close' : isWorker(channel) ? 'terminate' : undefined;
  if (name === undefined) return callbacks; // the scope of a worker
  const ending = channel as unknown as Record<typeof name, () => void>;
  const end = ending[name];
  ending[name] = () => {
    for (const callback of callbacks) void callSafely(callback, reportError);
    end.call(channel);
  };
  return callbacks;
}

function isPort(channel: Channel): channel is Channel & MessagePort {
  return typeof MessagePort === 'function' && channel instanceof MessagePort;
}

export function isWorker(channel: EventTarget): channel is Worker {
  return typeof Worker === 'function' && channel instanceof Worker;
}
