import { isWorker } from './closing.js';
import type { Reason } from '../operation/types.js';

// A cancelation in shared memory: one number that says whether it is there, one for the length of the reason, one for that
// of the message, then both in UTF-16. (TextDecoder does not take shared memory in every engine.) The flag is raised when
// all else is written.
const head = 3;
const room = 1000; // characters; a longer message is cut

/**
 * Can memory be shared with it? Only with a dedicated worker of a page that is isolated (HTML, cross-origin isolation): what
 * is at the other end of a port may be of another agent cluster, and would not get the message at all.
 */
export function canShareWith(channel: EventTarget): boolean {
  if (!isWorker(channel)) return false;
  const scope = globalThis as { crossOriginIsolated?: boolean; SharedArrayBuffer?: unknown };
  return scope.crossOriginIsolated === true && typeof scope.SharedArrayBuffer === 'function';
}

export function createFlag(): SharedArrayBuffer {
  return new SharedArrayBuffer(head * 4 + room * 2);
}

export function raiseFlag(flag: SharedArrayBuffer, reason: Reason, message: string | undefined): void {
  const numbers = new Int32Array(flag, 0, head);
  const text = new Uint16Array(flag, head * 4);
  const written = (reason.slice(0, 100) + (message ?? '')).slice(0, room);
  for (let index = 0; index < written.length; index += 1) text[index] = written.charCodeAt(index);
  numbers[1] = Math.min(reason.length, 100);
  numbers[2] = message === undefined ? -1 : written.length - numbers[1];
  Atomics.store(numbers, 0, 1);
}

/** What was written; undefined as long as the flag is not raised. */
export function readFlag(flag: SharedArrayBuffer): { reason: Reason; message: string | undefined } | undefined {
  const numbers = new Int32Array(flag, 0, head);
  if (Atomics.load(numbers, 0) === 0) return undefined;
  const text = new Uint16Array(flag, head * 4);
  const [, reasonLength = 0, messageLength = -1] = numbers;
  const toText = (from: number, length: number): string => String.fromCharCode(...text.slice(from, from + length));
  return {
    reason: toText(0, reasonLength),
    message: messageLength < 0 ? undefined : toText(reasonLength, messageLength),
  };
}
