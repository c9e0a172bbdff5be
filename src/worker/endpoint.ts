import { wrongType } from '../base/checks.js';
import type { CallerMessage, HostMessage } from './protocol.js';

/** What messages go through: a dedicated worker, or a port. */
export interface Channel extends EventTarget {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  /** Ports hold what comes until they are started. */
  start?(): void;
}

/** Where messages come from, and where errors are told. */
export interface Endpoint {
  readonly channel: Channel;
  /** A SharedWorker tells its errors itself, and not through its port. */
  readonly errors: EventTarget;
}

/** The channel of a worker, a shared worker or a port. */
export function toEndpoint(option: string, value: unknown): Endpoint {
  if (isChannel(value)) return { channel: value, errors: value };
  const port: unknown = (value as { port?: unknown } | null | undefined)?.port;
  if (isChannel(port)) return { channel: port, errors: value as EventTarget };
  throw wrongType(option, 'a Worker, a SharedWorker, a MessagePort (of an iframe, say) or a worker pool', value);
}

/** Posts through it. */
export function postTo(channel: Channel, message: CallerMessage | HostMessage, transfer: Transferable[] = []): void {
  channel.postMessage(message, transfer);
}

export function isChannel(value: unknown): value is Channel {
  if (typeof value !== 'object' || value === null) return false;
  const { postMessage, addEventListener, window } = value as Partial<Channel> & { window?: unknown };
  // A window has both as well, but hears what anybody sends to the page.
  return typeof postMessage === 'function' && typeof addEventListener === 'function' && window !== value;
}
