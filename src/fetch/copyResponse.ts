import type { Awaitable } from '../operation/awaitable.js';
import { waitFor } from '../operation/wait.js';

/** What an answer says of itself. */
export type ResponseLabels = Pick<Response, 'headers' | 'ok' | 'redirected' | 'status' | 'statusText' | 'type' | 'url'>;

/** Why its body broke off, once it has. */
export type FailureOf = () => { readonly error: unknown } | undefined;

// Fetch standard, "null body status": `new Response` refuses a body with them, though `fetch` gives one in all engines.
const statusesWithoutBody = new Set([101, 103, 204, 205, 304]);

/** An answer that has nothing to read; status 0 is one that the page may not see (opaque). */
export function isBodyless({ body, status }: Response): boolean {
  return body === null || status === 0 || statusesWithoutBody.has(status);
}

/** The same answer with another body. */
export function copyResponse(
  body: Blob | ReadableStream<Uint8Array>,
  labels: ResponseLabels,
  failureOf: FailureOf = () => undefined,
): Response {
  const { headers, statusText, status } = labels;
  // A page may not make one below 200 or above 599; servers do.
  const init = status >= 200 && status <= 599 ? { headers, statusText, status } : { headers, statusText };
  return relabel(new Response(statusesWithoutBody.has(status) ? null : body, init), labels, failureOf);
}

const readers = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/** A Response that a page makes does not say where it comes from. */
function relabel(response: Response, labels: ResponseLabels, failureOf: FailureOf): Response {
  const { ok, redirected, status, type, url } = labels;
  Object.defineProperties(response, {
    ok: { value: ok },
    redirected: { value: redirected },
    status: { value: status },
    type: { value: type },
    url: { value: url },
  });
  return wrapReaders(response, failureOf, (copy) => relabel(copy, response, failureOf));
}

/**
 * What the readers give is an Awaitable, as all promises of this package. In Chromium those of a Response that a page has made
 * reject with "Failed to fetch", whatever the stream has failed with: `failureOf` knows better.
 */
export function wrapReaders(
  response: Response,
  failureOf: FailureOf = () => undefined,
  finish: (copy: Response) => Response = wrapReaders,
): Response {
  if (Object.hasOwn(response, 'clone')) return response; // it comes from another `fetch` of this package
  const clone = response.clone.bind(response);
  Object.defineProperty(response, 'clone', { value: () => finish(clone()) });
  for (const name of readers) {
    const read = response[name]?.bind(response); // `bytes` is new
    if (read === undefined) continue;
    const value = (): Awaitable<unknown> =>
      waitFor(
        undefined,
        read().catch((error: unknown) => {
          throw failureOf()?.error ?? error;
        }),
      );
    Object.defineProperty(response, name, { value });
  }
  return response;
}
