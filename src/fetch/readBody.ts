import { checkObject, wrongType } from '../base/checks.js';
import { ignore } from '../base/jobs.js';
import { createStream, type CancelableStream } from '../flow/createStream.js';
import type { Reader } from '../flow/openSource.js';
import type { Operation } from '../operation/node.js';
import { toHttpError } from './errors.js';
import { checkSettings, operationFor, splitSettings, type RequestSettings } from './options.js';
import { send, signalsFor } from './send.js';

/**
 * Where a body comes from: what `fetch` takes, or an answer that you have, for which the options of a request say nothing.
 * Firefox goes on receiving one of a plain `fetch` when its loop is left; one of `cancelableFetch` is closed.
 *
 * @example
 * const source: BodySource = await cancelableFetch('/rows');
 * for await (const row of streamJsonLines(source)) draw(row);
 */
export type BodySource = RequestInfo | URL | Response;

/**
 * What the streams may be told, beside what `fetch` takes.
 *
 * @example
 * const options: BodyOptions = { method: 'POST', body: JSON.stringify(question), operation: op };
 */
export interface BodyOptions extends RequestInit, RequestSettings {}

/** Makes items of text as it comes in, or as they are asked for. */
export interface Decoder<T> {
  readonly take: (text: string) => Iterable<T>;
  /** What the end of the body completes. */
  readonly finish: () => Iterable<T>;
}

export interface BodyPlan<T> {
  /** For errors: `streamEvents`. */
  readonly name: string;
  /** The `accept` header, unless the caller has one. */
  readonly accept: string;
  /** Throws when the answer is not what can be read. */
  readonly check?: (response: Response) => void;
  readonly decoder: Decoder<T>;
  /** An item is handed over; one that was read when the operation ended is not. */
  readonly onGive?: (item: T) => void;
}

/** The items of a body under the guard of the operation; the request is sent when the first one is asked for. */
export function streamBody<T>(source: BodySource, options: BodyOptions, plan: BodyPlan<T>): CancelableStream<T> {
  checkObject(`The options of ${plan.name}`, options);
  checkSettings(`The options of ${plan.name}`, options);
  if (source instanceof Response && (source.bodyUsed || source.body?.locked === true)) {
    throw wrongType(`The answer given to ${plan.name}`, 'one whose body is still to be read', source);
  }
  const node = operationFor(options);
  return createStream(node, openBody(node, source, options, plan), {
    collect(value) {
      plan.onGive?.(value);
      return { done: false, value };
    },
    finish: () => undefined,
    onDelivered: () => undefined,
  });
}

function openBody<T>(
  node: Operation | undefined,
  source: BodySource,
  options: BodyOptions,
  { accept, check, decoder }: BodyPlan<T>,
): Reader<T> {
  const { settings, init } = splitSettings(options);
  const utf8 = new TextDecoder();
  // Its own, for a loop that is left: an operation that completes, or a `break`, aborts no signal.
  const over = new AbortController();
  let items = itemsOf(decoder, '', false);
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let hasEnded = false;

  async function open(): Promise<void> {
    const response = source instanceof Response ? source : await request(source);
    if (!response.ok) throw await toHttpError(source, init, response);
    check?.(response);
    body = response.body?.getReader();
    hasEnded = body === undefined;
  }

  function request(input: RequestInfo | URL): Promise<Response> {
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    if (!headers.has('accept')) headers.set('accept', accept);
    const signal = AbortSignal.any([over.signal, ...signalsFor(undefined, input, init)]);
    return send(node, input, { ...init, headers, signal }, { ...settings, reportProgress: false });
  }

  async function next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const item = items.next();
      if (item.done !== true) return item;
      if (hasEnded) return { done: true, value: undefined };
      if (body === undefined) {
        await open();
        continue;
      }
      const { done, value } = await body.read();
      hasEnded = done;
      items = itemsOf(decoder, done ? utf8.decode() : utf8.decode(value, { stream: true }), done);
    }
  }

  async function close(reason: unknown): Promise<void> {
    hasEnded = true;
    // What it says to being closed is an echo of the reason.
    const unread = source instanceof Response ? source.body : undefined;
    await (body ?? unread)?.cancel(reason).catch(ignore);
    body?.releaseLock();
    over.abort(reason);
  }

  return {
    async next() {
      try {
        return await next();
      } catch (error) {
        // Of a body that makes no sense, nobody reads the rest.
        void close(error);
        throw error;
      }
    },
    close,
    release: () => body?.releaseLock(),
  };
}

function* itemsOf<T>({ take, finish }: Decoder<T>, text: string, isLast: boolean): Generator<T, undefined> {
  yield* take(text);
  if (isLast) yield* finish();
}
