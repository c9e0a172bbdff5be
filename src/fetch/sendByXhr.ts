import type { Operation } from '../operation/node.js';
import { NetworkError } from './errors.js';
import { addDeadline, signalFor } from './send.js';
import { startTransfer } from './transfers.js';

interface XhrParts {
  readonly method: string;
  readonly headers?: HeadersInit | undefined;
  readonly credentials?: 'same-origin' | 'include' | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadlineHeader?: string | undefined;
}

/** `fetch` by XMLHttpRequest, which tells how much of the body has left. */
export function sendByXhr(
  node: Operation | undefined,
  url: string,
  body: XMLHttpRequestBodyInit,
  { method, headers: given, credentials, signal: own, deadlineHeader }: XhrParts,
): Promise<Response> {
  const headers = new Headers(given);
  addDeadline(headers, node, deadlineHeader);
  const { signal } = signalFor(node, undefined, { signal: own });
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = 'blob';
    request.withCredentials = credentials === 'include';
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    const transfer = startTransfer(node, 'Uploading');
    const abort = (): void => request.abort();
    const finish = (settle: () => void): void => {
      signal?.removeEventListener('abort', abort);
      transfer.end();
      settle();
    };
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) =>
      transfer.tell(loaded, lengthComputable ? total : undefined),
    );
    request.addEventListener('load', () => finish(() => resolve(toResponse(request, url))));
    request.addEventListener('abort', () => finish(() => reject(signal?.reason as Error)));
    request.addEventListener('error', () => {
      const words = `${method.toUpperCase()} ${url} failed: the connection was refused or broke off.`;
      finish(() => reject(new NetworkError(url, words)));
    });
    signal?.addEventListener('abort', abort, { once: true });
    request.send(body);
  });
}

// Fetch standard: these have no body, and Response refuses to be given one.
const statusesWithoutBody = new Set([101, 103, 204, 205, 304]);

function toResponse(request: XMLHttpRequest, url: string): Response {
  const { status, statusText, responseURL } = request;
  const body = statusesWithoutBody.has(status) ? null : (request.response as Blob);
  const response = new Response(body, { status, statusText, headers: readHeaders(request) });
  return Object.defineProperties(response, {
    url: { value: responseURL },
    redirected: { value: responseURL !== new URL(url, globalThis.location?.href).href.split('#')[0] },
  });
}

function readHeaders(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
