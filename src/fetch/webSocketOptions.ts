import { checkOneOf, checkString, outOfRange, wrongType } from '../base/checks.js';
import type { Operation } from '../operation/node.js';
import { isToken, settingChecks } from './options.js';

/**
 * What `openWebSocket` may be told.
 *
 * @example
 * const options: WebSocketOptions = { protocols: ['chat.v2', 'chat.v1'], binaryType: 'arraybuffer' };
 */
export interface WebSocketOptions {
  /** The operation that the socket belongs to. Default: the current one; without any, nothing cancels it. */
  readonly operation?: Operation | undefined;
  /** Subprotocols, the preferred one first. Default: none. */
  readonly protocols?: string | readonly string[] | undefined;
  /** What binary messages are. Default: `blob`, as WebSocket has it. */
  readonly binaryType?: BinaryType | undefined;
}

/**
 * What may arrive: text or, by `binaryType`, a Blob or an ArrayBuffer.
 *
 * @example
 * const show = (message: WebSocketMessage) => print(typeof message === 'string' ? message : 'binary');
 */
export type WebSocketMessage = string | Blob | ArrayBuffer;

export const webSocketChecks = {
  operation: settingChecks.operation,
  protocols(option: string, value: unknown): void {
    const names: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, name] of names.entries()) {
      checkString(option, name);
      // RFC 6455, section 4.1. Checked here, because WebKit only fires an error event for it.
      if (!isToken(name as string)) throw outOfRange(option, 'names without spaces', name);
      if (names.indexOf(name) < index) throw outOfRange(option, 'names that differ', name);
    }
  },
  binaryType(option: string, value: unknown): void {
    checkOneOf(option, ['blob', 'arraybuffer'], value);
  },
};

/**
 * HTML standard, "establish a WebSocket connection": an address of the page's own server may be relative. Older engines want
 * the whole of it, with ws or wss.
 */
export function toSocketAddress(url: unknown): string {
  const option = 'The url of openWebSocket';
  if (typeof url !== 'string' && !(url instanceof URL)) throw wrongType(option, 'a string or a URL', url);
  const address = parse(url);
  if (address === undefined || !/^(?:ws|http)s?:$/.test(address.protocol))
    throw outOfRange(option, 'a ws, wss, http or https address', String(url));
  if (address.href.includes('#')) throw outOfRange(option, 'an address without a fragment', address.href);
  return address.href.replace(/^http/, 'ws');
}

function parse(url: string | URL): URL | undefined {
  try {
    // A worker has no document.
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    return undefined;
  }
}
