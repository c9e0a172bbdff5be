import { onTestFinished, vi } from 'vitest';
import type { CancelableWebSocket } from 'use-cancelable/fetch';
import { countListeners } from '../../unit/sources/countListeners.ts';

/** A server for web sockets, and what it has logged by the time that an entry begins with `until`. */
export interface SocketServer {
  readonly url: string;
  readonly log: (until: string) => Promise<readonly string[]>;
  /** Answers a connection that is held. */
  readonly go: () => Promise<unknown>;
}

export async function socketServer(kind: 'open' | 'held' | 'refused' | 'closed' = 'open'): Promise<SocketServer> {
  const id = crypto.randomUUID();
  const base = await (await fetch(`/faults/socket/${kind}`)).text();
  return {
    url: `${base}?id=${id}`,
    log: async (until) => (await (await fetch(`/faults/socket/log?id=${id}&until=${until}`)).json()) as string[],
    go: () => fetch(`/faults/socket/go?id=${id}`),
  };
}

/** A socket of the browser that was made since, and how many listeners it has. */
export interface WatchedSocket {
  readonly socket: WebSocket;
  readonly listeners: () => number;
}

/** The sockets that are made from now on until the end of the test; with a refusal, there will be none. */
export function watchSockets(refusal?: DOMException): readonly WatchedSocket[] {
  const watched: WatchedSocket[] = [];
  const Watched = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      if (refusal !== undefined) throw refusal;
      super(url, protocols);
      watched.push({ socket: this, listeners: countListeners(this) });
    }
  };
  vi.stubGlobal('WebSocket', Watched);
  onTestFinished(() => void vi.unstubAllGlobals());
  return watched;
}

/** The browser has seen the end of the socket. */
export function whenClosed(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
}

/** What `send` throws. */
export function refusalOf(socket: CancelableWebSocket): unknown {
  try {
    socket.send('late');
  } catch (error) {
    return error;
  }
  return undefined;
}
