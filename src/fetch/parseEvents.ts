import { createLineDecoder } from './lines.js';

/**
 * One event of `streamEvents`.
 *
 * @example
 * for await (const { type, data }: ServerSentEvent of events) if (type === 'token') print(JSON.parse(data));
 */
export interface ServerSentEvent {
  /** `message` unless the server names it. */
  readonly type: string;
  readonly data: string;
  /** The last id that the server has given, with this event or before; empty when it gave none. */
  readonly lastEventId: string;
}

/** Reads events out of text as it comes in. */
export interface EventParser {
  /** The events that this text completes, read as they are asked for. */
  readonly take: (text: string) => Iterable<ServerSentEvent>;
  /** The event was given to the caller: a new connection would go on behind it. */
  readonly give: (event: ServerSentEvent) => void;
  /** The id that a new connection would go on from; it may be one of an event without data. */
  readonly lastEventId: string;
  /** Milliseconds that the server wants between connections; undefined when it has not said. */
  readonly retry: number | undefined;
}

/** As the HTML standard interprets an event stream (section 9.2.6); the byte order mark is the business of who decodes it. */
export function createEventParser(lastEventId = ''): EventParser {
  const lines = createLineDecoder(/\r\n?|\n/);
  let mayOpenWithLineFeed = false; // the other half of a line end that was cut in two
  let type = '';
  let data: string[] = [];
  let id = lastEventId;
  let givenId = lastEventId;
  let retry: number | undefined;

  function takeLine(line: string): void {
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  return {
    *take(text) {
      if (text === '') return;
      const from = mayOpenWithLineFeed && text.startsWith('\n') ? 1 : 0;
      mayOpenWithLineFeed = text.endsWith('\r');
      for (const line of lines.take(text.slice(from))) {
        if (line !== '') {
          takeLine(line);
          continue;
        }
        const event = { type: type || 'message', data: data.join('\n'), lastEventId: id };
        const hasData = data.length > 0;
        type = '';
        data = [];
        if (hasData) yield event;
        else givenId = id;
      }
    },
    give(event) {
      givenId = event.lastEventId;
    },
    get lastEventId() {
      return givenId;
    },
    get retry() {
      return retry;
    },
  };
}
