/** What happens to a body on its way to the page. */
export interface BodyWatch {
  readonly onChunk: (bytes: number) => void;
  /** It was read to the end, let go, or has failed. */
  readonly onEnd: () => void;
  /** What the page is told when it broke off. */
  readonly toError: (error: unknown) => unknown;
}

/** The same answer, whose body tells how far it has come. An answer without a body is given back as it is. */
export function watchBody(response: Response, watch: BodyWatch): Response {
  const { body } = response;
  if (body === null) {
    watch.onEnd();
    return response;
  }
  let failure: { readonly error: unknown } | undefined;
  const toError = (error: unknown): unknown => (failure = { error: watch.toError(error) }).error;
  const watched = new Response(watchStream(body, { ...watch, toError }), response);
  return relabel(watched, response, () => failure);
}

/** The same stream, read on demand: what the page does not ask for stays with the server. */
export function watchStream(
  body: ReadableStream<Uint8Array>,
  watch: BodyWatch,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            reader.releaseLock();
            watch.onEnd();
            controller.close();
          } else {
            watch.onChunk(value.byteLength);
            controller.enqueue(value as Uint8Array<ArrayBuffer>); // no body is shared memory
          }
        } catch (error) {
          watch.onEnd();
          controller.error(watch.toError(error));
        }
      },
      cancel(reason) {
        watch.onEnd();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

const readers = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * A Response that a page makes does not say where it comes from, and in Chromium its readers reject with "Failed to fetch",
 * whatever the stream has failed with.
 */
function relabel(
  response: Response,
  { url, redirected, type }: Response,
  failureOf: () => { readonly error: unknown } | undefined,
): Response {
  const clone = response.clone.bind(response);
  Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
    clone: { value: () => relabel(clone(), response, failureOf) },
  });
  for (const name of readers) {
    const read = response[name]?.bind(response); // `bytes` is new
    if (read === undefined) continue;
    const value = async (): Promise<unknown> => {
      try {
        return await read();
      } catch (error) {
        throw failureOf()?.error ?? error;
      }
    };
    Object.defineProperty(response, name, { value });
  }
  return response;
}
