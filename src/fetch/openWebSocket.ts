import { checkOptions, wrongType } from '../base/checks.js';
import { createStream, type CancelableStream } from '../flow/createStream.js';
import type { Awaitable } from '../operation/awaitable.js';
import { errorOf } from '../operation/errorOf.js';
import { notice } from '../operation/lookout.js';
import { isOver, type Operation } from '../operation/node.js';
import { NetworkError } from './errors.js';
import { operationFor } from './options.js';
import { receiveMessages, type Inbox } from './receiveMessages.js';
import { guard } from './send.js';
import { toSocketAddress, webSocketChecks, type WebSocketMessage, type WebSocketOptions } from './webSocketOptions.js';

/**
 * An open web socket whose messages are items. They wait in memory until they are read: a WebSocket cannot make the server
 * slow down.
 *
 * @example
 * const socket: CancelableWebSocket<string> = await openWebSocket('/chat');
 * for (const part of parts) {
 *   socket.send(part);
 *   while (socket.bufferedAmount > 1_000_000) await op.sleep(50);
 * }
 */
export interface CancelableWebSocket<T extends WebSocketMessage = WebSocketMessage> extends CancelableStream<T> {
  /** The subprotocol that the server has chosen; empty: none. */
  readonly protocol: string;
  /** Bytes that were given to `send` and have not left the page yet. */
  readonly bufferedAmount: number;
  /**
   * Unlike `send` of a WebSocket, which drops it in silence, throws once the socket has ended: the operation's error, a
   * WebSocketClosedError, or else an InvalidStateError. Throws a TypeError for anything that cannot be sent.
   */
  send(message: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void;
  /** As WebSocket.close; the loop ends without an error after what has arrived. What was given to `send` still leaves. */
  close(code?: number, reason?: string): void;
}

/**
 * Opens a WebSocket for the current operation and resolves when it is open. Its messages are items, which end with it: in
 * order, after an ordinary close (1000, or without a code), and with a WebSocketClosedError after what has arrived for any
 * other. A cancelation ends them at once, with the operation's error, and closes the socket, as leaving the loop and
 * the end of the operation do. Rejects with a NetworkError when no connection can be made; a server that takes the
 * connection and never answers is what the operation's timeout is for. Throws a TypeError or RangeError for a wrong url or
 * option. Connecting again is the caller's. The type of the messages is what you say it is: nothing checks it.
 *
 * @example
 * const socket = await openWebSocket<string>('/chat');
 * socket.send(question);
 * for await (const token of socket) {
 *   op.context.partialResult = text += token;
 * }
 */
export function openWebSocket<T extends WebSocketMessage = WebSocketMessage>(
  url: string | URL,
  options: WebSocketOptions = {},
): Awaitable<CancelableWebSocket<T>> {
  checkOptions('The options of openWebSocket', options, webSocketChecks);
  const address = toSocketAddress(url);
  const node = operationFor(options);
  return guard(node, () => connect<T>(node, address, options));
}

async function connect<T extends WebSocketMessage>(
  node: Operation | undefined,
  address: string,
  { protocols = [], binaryType = 'blob' }: WebSocketOptions,
): Promise<CancelableWebSocket<T>> {
  const socket = construct(address, typeof protocols === 'string' ? protocols : [...protocols]);
  socket.binaryType = binaryType;
  const inbox = receiveMessages<T>(socket);
  // From now on, so that an operation which ends while it connects closes it. When the other side has answered by then, the
  // browser tells it 1001 or nothing; Firefox keeps the connection until the other side answers.
  const stream = createStream<T, T>(node, inbox, {
    collect: (value) => ({ done: false, value }),
    finish: () => undefined,
    onDelivered: () => undefined,
  });
  try {
    await inbox.opened;
  } catch (error) {
    void stream.return();
    throw error;
  }
  return addControls(node, stream, socket, inbox);
}

/** What a browser refuses to connect to, as a page of https does to plain ws, it throws for. */
function construct(address: string, protocols: string | string[]): WebSocket {
  try {
    return new WebSocket(address, protocols);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new NetworkError(address, `No connection to ${address} was tried: ${error.message}`, error);
  }
}

function addControls<T extends WebSocketMessage>(
  node: Operation | undefined,
  stream: CancelableStream<T>,
  socket: WebSocket,
  inbox: Inbox<T>,
): CancelableWebSocket<T> {
  return Object.defineProperties(stream, {
    protocol: { get: () => socket.protocol, enumerable: true },
    bufferedAmount: { get: () => socket.bufferedAmount, enumerable: true },
    send: {
      value(message: string) {
        if (!isSendable(message))
          throw wrongType('The message of send', 'a string, a Blob, an ArrayBuffer or a view of one', message);
        if (node !== undefined) notice(node);
        if (isOver(node)) throw errorOf(node);
        if (socket.readyState !== socket.OPEN) throw inbox.failure ?? closedError(socket.url);
        socket.send(message);
      },
    },
    close: {
      value(code?: number, reason?: string) {
        // As the platform has it, nothing is received from now on; the end that it has come to by itself is what counts.
        const wasOpen = socket.readyState === socket.OPEN;
        socket.close(code, reason);
        if (wasOpen) inbox.finish();
      },
    },
  }) as CancelableWebSocket<T>; // has them now
}

/** All else WebSocket turns into a string: "[object Object]". By their tags, because some are of another window. */
function isSendable(message: unknown): boolean {
  if (typeof message === 'string' || ArrayBuffer.isView(message)) return true;
  return /^\[object (?:Blob|File|ArrayBuffer)\]$/.test(Object.prototype.toString.call(message));
}

function closedError(url: string): DOMException {
  return new DOMException(`The web socket ${url} has closed: nothing can be sent.`, 'InvalidStateError');
}
