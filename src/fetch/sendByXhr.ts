import type { Operation } from '../operation/node.js';
import { copyResponse } from './copyResponse.js';
import { NetworkError } from './errors.js';
import { addDeadline, signalsFor } from './send.js';
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
  const address = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;
  const headers = new Headers(given);
  addDeadline(headers, node, deadlineHeader);
  const signal = AbortSignal.any(signalsFor(node, undefined, { signal: own }));
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = 'blob';
    request.withCredentials = credentials === 'include';
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    const transfer = startTransfer(node, 'Uploading');
    const abort = (): void => request.abort();
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', abort);
      transfer.end();
      settle();
    };
    const fail = (): void => {
      const words = `${method.toUpperCase()} ${address} failed: the connection was refused or broke off.`;
      finish(() => reject(signal.aborted ? (signal.reason as Error) : new NetworkError(address, words)));
    };
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) =>
      transfer.tell(loaded, lengthComputable ? total : undefined),
    );
    request.addEventListener('load', () => finish(() => resolve(toResponse(request, address))));
    // The page aborts it as well, when it is stopped.
    request.addEventListener('abort', fail);
    request.addEventListener('error', fail);
    signal.addEventListener('abort', abort, { once: true });
    request.send(body);
  });
}

function toResponse(request: XMLHttpRequest, address: string): Response {
  const { status, statusText, responseURL } = request;
  // A part of a Blob has no type, which would become a header that the server has not sent.
  return copyResponse((request.response as Blob).slice(), {
    headers: readHeaders(request),
    ok: status >= 200 && status <= 299,
    redirected: responseURL !== address.split('#')[0],
    status,
    statusText,
    type: 'default',
    url: responseURL,
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
