import { checkOptions, wrongType } from '../base/checks.js';
import { createStream, type CancelableStream } from '../flow/createStream.js';
import type { Reader } from '../flow/openSource.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { NetworkError } from './errors.js';
import { operationFor, settingChecks } from './options.js';
import { guard } from './send.js';

/**
 * What `openWebSocket` may be told.
 *
 * @example
 * const socket = await openWebSocket('/chat', { protocols: ['chat.v2'], binaryType: 'arraybuffer' });
 */
export interface WebSocketOptions {
  /** The operation that the socket belongs to. Default: the current one. */
  readonly operation?: Operation | undefined;
  /** Subprotocols, the preferred one first. Default: none. */
  readonly protocols?: string | readonly string[] | undefined;
  /** What binary messages are. Default: `blob`, as WebSocket has it. */
  readonly binaryType?: BinaryType | undefined;
}

/** What a message is: text or, by `binaryType`, a Blob or an ArrayBuffer. */
export type WebSocketMessage = string | Blob | ArrayBuffer;

/**
 * An open WebSocket whose messages are items.
 *
 * @example
 * const socket: CancelableWebSocket = await openWebSocket('/chat');
 * socket.send('Hello');
 * for await (const message of socket) show(message);
 */
export interface CancelableWebSocket extends CancelableStream<WebSocketMessage> {
  /** The subprotocol that the server has chosen; empty: none. */
  readonly protocol: string;
  /** Bytes that `send` was given and that have not left. */
  readonly bufferedAmount: number;
  /** Throws an InvalidStateError when the socket has closed: WebSocket itself drops the message in silence. */
  send(message: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void;
  /** Closes it; messages that have arrived can still be read. As WebSocket.close. */
  close(code?: number, reason?: string): void;
}

/**
 * The socket was closed by the other side for a reason that is not the ordinary end (1000, 1001, or no code at all).
 *
 * @example
 * if (error instanceof WebSocketClosedError && error.code === 4401) signIn();
 */
export class WebSocketClosedError extends Error {
  /** RFC 6455, section 7.4; 1006: it was cut without a word. */
  readonly code: number;
  readonly reason: string;

  constructor(url: string, code: number, reason: string) {
    super(`The socket ${url} was closed with ${code}${reason === '' ? '' : `: ${reason}`}.`);
    this.code = code;
    this.reason = reason;
  }

  override get name(): string {
    return 'WebSocketClosedError';
  }
}

const checks = {
  operation: settingChecks.operation,
  protocols(option: string, value: unknown): void {
    const names: unknown[] = Array.isArray(value) ? value : [value];
    if (!names.every((name) => typeof name === 'string')) throw wrongType(option, 'a string or strings', value);
  },
  binaryType(option: string, value: unknown): void {
    if (value !== 'blob' && value !== 'arraybuffer') throw wrongType(option, '"blob" or "arraybuffer"', value);
  },
};

/**
 * Opens a WebSocket for the current operation and resolves when it is open. Its messages are an async iterable that ends
 * with the connection; a message waits until it is read. When the operation is canceled, fails or completes the socket is
 * closed, and the loop ends with its error; leaving the loop closes it as well. Rejects with a NetworkError when the
 * connection cannot be made; the loop rejects with a WebSocketClosedError when the other side breaks it off. It never
 * connects again by itself.
 *
 * @example
 * const socket = await openWebSocket('/chat');
 * socket.send(JSON.stringify(question));
 * for await (const token of socket) {
 *   op.context.partialResult = text += token;
 * }
 */
export function openWebSocket(url: string | URL, options: WebSocketOptions = {}): Awaitable<CancelableWebSocket> {
  checkOptions('The options of openWebSocket', options, checks);
  const node = operationFor(options);
  return guard(node, () => connect(node, url, options));
}

function connect(
  node: Operation | undefined,
  url: string | URL,
  { protocols = [], binaryType = 'blob' }: WebSocketOptions,
): Promise<CancelableWebSocket> {
  const socket = new WebSocket(toSocketUrl(url), typeof protocols === 'string' ? protocols : [...protocols]);
  socket.binaryType = binaryType;
  const messages = createInbox(socket);
  // From now on, so that an operation which ends while it connects closes it.
  const stream = createStream(node, messages, {
    collect: (value) => ({ done: false, value }),
    finish: () => undefined,
    onDelivered: () => undefined,
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(addControls(stream, socket)), { once: true });
    socket.addEventListener(
      'close',
      ({ code }) => {
        void stream.return(); // nothing is left of one that never opened
        reject(new NetworkError(socket.url, `No connection to ${socket.url} could be made (${code}).`));
      },
      { once: true },
    );
  });
}

function addControls(stream: CancelableStream<WebSocketMessage>, socket: WebSocket): CancelableWebSocket {
  return Object.defineProperties(stream, {
    protocol: { get: () => socket.protocol, enumerable: true },
    bufferedAmount: { get: () => socket.bufferedAmount, enumerable: true },
    send: {
      value(message: string) {
        if (socket.readyState !== WebSocket.OPEN) {
          throw new DOMException(`The socket ${socket.url} has closed: nothing can be sent.`, 'InvalidStateError');
        }
        socket.send(message);
      },
    },
    close: { value: (code?: number, reason?: string) => socket.close(code, reason) },
  }) as CancelableWebSocket; // has them now
}

/** The messages in the order in which they came, the connection's end last. */
function createInbox(socket: WebSocket): Reader<WebSocketMessage> {
  const inbox: WebSocketMessage[] = [];
  let ending: { readonly error?: Error } | undefined;
  let wake: (() => void) | undefined;
  const listening = new AbortController();
  const { signal } = listening;
  socket.addEventListener(
    'message',
    ({ data }) => {
      inbox.push(data as WebSocketMessage); // by binaryType
      wake?.();
    },
    { signal },
  );
  socket.addEventListener(
    'close',
    ({ code, reason }) => {
      const isOrdinary = ordinaryCodes.has(code);
      ending = isOrdinary ? {} : { error: new WebSocketClosedError(socket.url, code, reason) };
      wake?.();
    },
    { signal },
  );
  return {
    async next() {
      while (inbox.length === 0 && ending === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (inbox.length > 0) return { done: false, value: inbox.shift()! };
      if (ending?.error !== undefined) throw ending.error;
      return { done: true, value: undefined };
    },
    close() {
      listening.abort();
      inbox.length = 0;
      ending ??= {};
      wake?.();
      // 1000 is the one code of the standard that a page may give.
      socket.close(1000);
    },
  };
}

// RFC 6455, section 7.4.1: done, going away, and an end that gave no code.
const ordinaryCodes = new Set([1000, 1001, 1005]);

/** HTML standard, "establish a WebSocket connection": older engines want the whole address, with ws or wss. */
function toSocketUrl(url: string | URL): string {
  const whole = new URL(url, globalThis.location?.href);
  return whole.href.replace(/^http/, 'ws');
}
