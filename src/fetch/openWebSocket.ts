import { checkObject, checkOptions, isAbortSignal, wrongType } from '../base/checks.js';
import { createStream, type CancelableStream } from '../flow/createStream.js';
import type { Operation } from '../operation/node.js';
import { waitFor } from '../operation/wait.js';
import type { Awaitable } from '../operation/awaitable.js';
import { NetworkError } from './errors.js';
import { operationFor, settingChecks } from './options.js';

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
  return waitFor(node, new Promise(() => {}));
}
