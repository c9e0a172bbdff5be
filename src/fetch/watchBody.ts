import { copyResponse, isBodyless, wrapReaders } from './copyResponse.js';

/** What happens to a body on its way to the page. */
export interface BodyWatch {
  /** A chunk is asked for. */
  readonly onRead?: () => void;
  readonly onChunk: (bytes: number) => void;
  /** It is let go: nobody wants the rest. */
  readonly onCancel?: (reason: unknown) => void;
  /** It was read to the end, let go, or has failed. */
  readonly onEnd: () => void;
  /** What the page is told when it broke off. */
  readonly toError: (error: unknown) => unknown;
}

/** The same answer, whose body tells how far it has come, if it has one. */
export function watchBody(response: Response, watch: BodyWatch): Response {
  if (isBodyless(response)) return wrapReaders(response);
  let failure: { readonly error: unknown } | undefined;
  const toError = (error: unknown): unknown => (failure = { error: watch.toError(error) }).error;
  return copyResponse(watchStream(response.body!, { ...watch, toError }), response, () => failure);
}

/** The same stream, read on demand: what the page does not ask for stays with the server. */
export function watchStream(
  body: ReadableStream<Uint8Array>,
  watch: BodyWatch,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let isLetGo = false; // a read that is open then ends, and there is nobody to tell
  const end = (): void => {
    reader.releaseLock();
    watch.onEnd();
  };
  return new ReadableStream(
    {
      async pull(controller) {
        watch.onRead?.();
        try {
          const { done, value } = await reader.read();
          if (isLetGo) return;
          if (done) {
            end();
            controller.close();
          } else {
            watch.onChunk(value.byteLength);
            controller.enqueue(value as Uint8Array<ArrayBuffer>); // no body is shared memory
          }
        } catch (error) {
          if (isLetGo) return;
          end();
          controller.error(watch.toError(error));
        }
      },
      cancel(reason) {
        isLetGo = true;
        watch.onEnd();
        const canceling = reader.cancel(reason).finally(() => reader.releaseLock());
        watch.onCancel?.(reason);
        return canceling;
      },
    },
    { highWaterMark: 0 },
  );
}
