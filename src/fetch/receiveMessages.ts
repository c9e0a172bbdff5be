import type { Reader } from '../flow/openSource.js';
import { NetworkError, WebSocketClosedError } from './errors.js';
import type { WebSocketMessage } from './webSocketOptions.js';

/** A socket from its first moment on: whether it opens, what arrives, in order, and how it ends. */
export interface Inbox<T extends WebSocketMessage> extends Reader<T> {
  /** Rejects when it ends before it has opened: with a NetworkError, or with the reason that it was closed for. */
  readonly opened: Promise<void>;
  /** Why it has ended; undefined for an ordinary end. */
  readonly failure: unknown;
  /** Takes no more; what has arrived can still be read. */
  finish(): void;
}

/** Listens from now on until the socket ends, and not after that. */
export function receiveMessages<T extends WebSocketMessage>(socket: WebSocket): Inbox<T> {
  let arrived: T[] = [];
  let batch: T[] = []; // the last one is the next: Array.shift moves the whole rest of a long array
  let hasOpened = false;
  let hasEnded = false;
  let failure: unknown;
  let wake: (() => void) | undefined;
  let settleOpening: () => void;

  const listeners: Readonly<Record<string, (event: never) => void>> = {
    open() {
      hasOpened = true;
      settleOpening();
    },
    message({ data }: MessageEvent<T>) {
      arrived.push(data);
      wake?.();
    },
    // For a port that it blocks WebKit fires this and nothing after it; elsewhere a close event follows, which says no more.
    error() {
      if (!hasOpened) end(connectionError(socket.url));
    },
    close({ code, reason }: CloseEvent) {
      // RFC 6455, section 7.4.1: 1005 stands for a close frame without a code.
      const isOrdinary = code === 1000 || code === 1005;
      if (!hasOpened) end(connectionError(socket.url));
      else end(isOrdinary ? undefined : new WebSocketClosedError(socket.url, code, reason));
    },
  };
  for (const type in listeners) socket.addEventListener(type, listeners[type] as EventListener);
  const opened = new Promise<void>((resolve, reject) => {
    settleOpening = () => (hasOpened ? resolve() : reject(failure));
  });

  function end(why: unknown): void {
    if (hasEnded) return;
    hasEnded = true;
    failure = why;
    for (const type in listeners) socket.removeEventListener(type, listeners[type] as EventListener);
    settleOpening();
    wake?.();
  }

  return {
    opened,
    get failure() {
      return failure;
    },
    finish: () => end(undefined),
    async next() {
      while (arrived.length === 0 && batch.length === 0 && !hasEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (batch.length === 0) [batch, arrived] = [arrived.toReversed(), []];
      if (batch.length > 0) return { done: false, value: batch.pop()! };
      if (failure !== undefined) throw failure;
      return { done: true, value: undefined };
    },
    close(reason) {
      end(reason);
      arrived = batch = [];
      // The one code of the standard that a page may give. While it connects, this gives up the attempt.
      socket.close(1000);
    },
  };
}

function connectionError(url: string): NetworkError {
  return new NetworkError(url, `No connection to ${url} could be made. A page is not told why.`);
}
