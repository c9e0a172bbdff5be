import { checkString } from '../base/checks.js';
import type { CancelableStream } from '../flow/createStream.js';
import { createEventParser, type ServerSentEvent } from './parseEvents.js';
import { streamBody, type BodyOptions, type BodySource } from './readBody.js';

/**
 * What `streamEvents` may be told, beside what `fetch` takes.
 *
 * @example
 * const options: EventOptions = { lastEventId: events.lastEventId };
 */
export interface EventOptions extends BodyOptions {
  /** Sent as `last-event-id`, so that the server goes on after it. Default: none. */
  readonly lastEventId?: string | undefined;
}

/**
 * Events as they arrive, and what a caller needs to connect again.
 *
 * @example
 * const events: EventStream = streamEvents('/news');
 * for await (const { data } of events) show(data);
 * again = () => streamEvents('/news', { lastEventId: events.lastEventId });
 */
export interface EventStream extends CancelableStream<ServerSentEvent> {
  /** The id of the last event that was given to you, or of a later one without data; empty when there was none. */
  readonly lastEventId: string;
  /** Milliseconds that the server wants a caller to wait before the next connection; undefined when it has not said. */
  readonly retry: number | undefined;
}

/**
 * The events of an event stream (HTML standard, section 9.2), for the current operation: they end with its error as soon as
 * that is canceled, which closes the connection, as leaving the loop does. The request is sent when the first event is asked
 * for. Unlike EventSource it can POST, and it never connects again by itself: the loop ends with the
 * connection. Rejects with an HttpError for a status of 400 or more, with a NetworkError when the connection breaks, and
 * with a TypeError when the answer is no event stream. To WebKit a connection that broke in the middle of a body of
 * unknown length has ended: have the server say when it is done, by an event. Several that came at once are given one after
 * the other.
 *
 * @example
 * for await (const { data } of streamEvents('/chat', { method: 'POST', body: question })) {
 *   op.context.partialResult = text += data;
 * }
 */
export function streamEvents(source: BodySource, options: EventOptions = {}): EventStream {
  const { lastEventId, ...rest } = options;
  if (lastEventId !== undefined) checkString('Option "lastEventId"', lastEventId);
  const parser = createEventParser(lastEventId);
  const stream = streamBody(source, withLastEventId(source, rest, lastEventId), {
    name: 'streamEvents',
    accept: 'text/event-stream',
    check: checkType,
    // An event that the end cuts off is dropped, as the standard has it.
    decoder: { take: parser.take, finish: () => [] },
    onGive: parser.give,
  });
  return Object.defineProperties(stream, {
    lastEventId: { get: () => parser.lastEventId, enumerable: true },
    retry: { get: () => parser.retry, enumerable: true },
  }) as EventStream; // has them now
}

function withLastEventId(source: BodySource, options: BodyOptions, lastEventId: string | undefined): BodyOptions {
  if (lastEventId === undefined || lastEventId === '') return options;
  const headers = new Headers(options.headers ?? (source instanceof Request ? source.headers : undefined));
  // HTML standard, section 9.2.3: its UTF-8, of which each byte is a letter to `Headers`.
  headers.set('last-event-id', String.fromCharCode(...new TextEncoder().encode(lastEventId)));
  return { ...options, headers };
}

function checkType(response: Response): void {
  const type = response.headers.get('content-type');
  if (response.status === 204 || type?.split(';')[0]!.trim().toLowerCase() === 'text/event-stream') return;
  throw new TypeError(
    `The answer of ${response.url} is no event stream: expected the type text/event-stream, got ${type ?? 'none'}.`,
  );
}
