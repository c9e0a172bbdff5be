import { checkFunction, checkObject, wrongType } from '../base/checks.js';
import { isChannel, type Channel } from './endpoint.js';
import { Host } from './Host.js';
import type { Exposed, WorkerFunctions } from './types.js';

const exposed = new WeakSet<object>();

/**
 * Makes functions callable by `runInWorker`. Each is called with the operation that has crossed to this side, a real
 * `Cancelable` with the id, the name, the metadata and the deadline that it has on the other side, and with the arguments of
 * the call. Returns how to stop: what still runs is canceled then, and the callers are told. Call it before the first `await` of the script.
 *
 * @param port - Where calls come from. Default: the worker itself; for a shared worker, every port that connects.
 * @example
 * const api = expose({
 *   hash: async (op, file: File) => toHex(await op.wait(digest(file))),
 * });
 * export type Api = typeof api;
 */
export function expose<const Functions extends WorkerFunctions>(
  functions: Functions,
  port?: MessagePort | Worker,
): Exposed<Functions> {
  checkObject('The functions of expose', functions);
  for (const [name, each] of Object.entries(functions)) checkFunction(`"${name}" of expose`, each);
  if (port !== undefined && !isChannel(port)) throw wrongType('The port of expose', 'a MessagePort', port);
  return port === undefined ? exposeHere(functions) : exposeOn(functions, port);
}

function exposeOn(functions: WorkerFunctions, channel: Channel): () => void {
  const release = claim(channel);
  const host = new Host(functions, channel, release);
  return () => {
    if (release()) host.close();
  };
}

/** In the scope of a worker: through it, or through all ports that connect to a shared one. */
function exposeHere(functions: WorkerFunctions): () => void {
  const scope = globalThis as unknown as Channel & { onconnect?: unknown; importScripts?: unknown };
  if (!('onconnect' in scope)) {
    if (typeof scope.importScripts !== 'function' || !isChannel(scope))
      throw new TypeError('expose needs a port outside of a worker: expose(functions, port).');
    return exposeOn(functions, scope);
  }
  const release = claim(scope);
  const hosts = new Set<Host>();
  const onConnect = (event: Event): void => {
    for (const port of (event as MessageEvent).ports)
      hosts.add(new Host(functions, port, (host) => hosts.delete(host)));
  };
  scope.addEventListener('connect', onConnect);
  return () => {
    if (!release()) return;
    scope.removeEventListener('connect', onConnect);
    for (const host of hosts) host.close();
  };
}

/** Returns how to give the place free; that says whether this is the first time. */
function claim(channel: object): () => boolean {
  if (exposed.has(channel))
    throw new Error(
      'Functions are exposed here already: give all of them to one call of expose, or stop that one first.',
    );
  exposed.add(channel);
  let isHeld = true;
  return () => {
    if (!isHeld) return false;
    isHeld = false;
    return exposed.delete(channel);
  };
}
