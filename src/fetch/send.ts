import { ignore } from '../base/jobs.js';
import type { Awaitable } from '../operation/awaitable.js';
import { remainingOf } from '../operation/deadlineOf.js';
import { errorOf } from '../operation/errorOf.js';
import { notice } from '../operation/lookout.js';
import { isOver, type Operation } from '../operation/node.js';
import { waitFor } from '../operation/wait.js';
import { contentLengthOf } from './contentLength.js';
import { wrapReaders } from './copyResponse.js';
import { asNetworkError } from './errors.js';
import type { RequestSettings } from './options.js';
import { startTransfer } from './transfers.js';
import { watchBody } from './watchBody.js';

/** What one request needs beside what `fetch` takes. */
export interface SendParts extends Omit<RequestSettings, 'operation'> {
  /** The body reports its progress to the operation. */
  readonly reportProgress: boolean;
}

/**
 * The work under the guard of the operation, which is not begun when that has ended. `work` is asynchronous and knows its
 * operation by argument: it must not rely on the current one.
 */
export function guard<T>(node: Operation | undefined, work: () => Promise<T>): Awaitable<T> {
  if (node !== undefined) notice(node);
  return waitFor(node, isOver(node) ? new Promise<T>(ignore) : work());
}

/** One request for an operation: rejects with a NetworkError when the connection fails. */
export async function send(
  node: Operation | undefined,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  { fetch = globalThis.fetch, deadlineHeader, reportProgress }: SendParts,
): Promise<Response> {
  // Bad input throws here, and so is told from a connection that fails: `fetch` has a TypeError for both.
  const over = new AbortController();
  const request = new Request(input, {
    ...init,
    signal: AbortSignal.any([over.signal, ...signalsFor(node, input, init)]),
  });
  addDeadline(request.headers, node, deadlineHeader);
  const { method, url, signal } = request;
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    throw signal.aborted ? signal.reason : asNetworkError(method, url, error);
  }
  // Chromium and WebKit have a body for HEAD as well, of which Content-Length is not the length.
  if (method === 'HEAD') return wrapReaders(response);
  const transfer = startTransfer(reportProgress ? node : undefined, 'Downloading');
  const total = contentLengthOf(response);
  let received = 0;
  return watchBody(response, {
    onRead() {
      if (received === 0) transfer.tell(received, total);
    },
    onChunk(bytes) {
      received += bytes;
      transfer.tell(received, total);
    },
    // Firefox goes on receiving a body that is canceled after its first chunk.
    onCancel: (reason) => over.abort(reason),
    onEnd: transfer.end,
    toError(error) {
      if (isOver(node)) return errorOf(node);
      if (signal.aborted) return signal.reason;
      return asNetworkError(
        method,
        url,
        error,
        `broke off after ${received} ${total === undefined ? '' : `of ${total} `}bytes`,
      );
    },
  });
}

/** Tells how many milliseconds are left, in whole ones; nothing without a deadline. */
export function addDeadline(headers: Headers, node: Operation | undefined, name: string | undefined): void {
  const remaining = node === undefined || name === undefined ? undefined : remainingOf(node);
  if (remaining !== undefined) headers.set(name!, String(Math.floor(remaining))); // there is a name
}

/** The operation's signal and the caller's own. */
export function signalsFor(
  node: Operation | undefined,
  input: unknown,
  init: { readonly signal?: AbortSignal | null | undefined } | undefined,
): AbortSignal[] {
  // As `fetch` has it: a signal of the init takes the place of the request's; null takes it away.
  const own = init?.signal !== undefined ? init.signal : input instanceof Request ? input.signal : null;
  return [node?.signal, own].filter((signal) => signal !== undefined && signal !== null);
}
