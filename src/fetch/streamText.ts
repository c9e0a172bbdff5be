import type { CancelableStream } from '../flow/createStream.js';
import { createLineDecoder } from './lines.js';
import { streamBody, type BodyOptions, type BodySource, type Decoder } from './readBody.js';

/**
 * The text of an answer, piece by piece as it arrives; a letter is never cut in two. Decoded as UTF-8.
 * Starts, ends and rejects as `streamEvents` does, but takes any content type.
 *
 * @example
 * for await (const piece of streamText('/answer', { method: 'POST', body: question })) {
 *   op.context.partialResult = text += piece;
 * }
 */
export function streamText(source: BodySource, options: BodyOptions = {}): CancelableStream<string> {
  const decoder: Decoder<string> = { take: (text) => (text === '' ? [] : [text]), finish: () => [] };
  return streamBody(source, options, { name: 'streamText', accept: 'text/*, */*;q=0.5', decoder });
}

/**
 * The lines of an answer without their ends, as they are complete. Starts, ends and rejects as `streamText` does.
 *
 * @example
 * for await (const line of streamLines('/log')) show(line);
 */
export function streamLines(source: BodySource, options: BodyOptions = {}): CancelableStream<string> {
  return streamBody(source, options, {
    name: 'streamLines',
    accept: 'text/*, */*;q=0.5',
    decoder: createTextLineDecoder(),
  });
}

/**
 * The values of newline-delimited JSON, as they are complete; empty lines are skipped. Rejects with a SyntaxError that
 * names the line when one is no JSON. Starts, ends and rejects as `streamText` does. The type is what you say it is: nothing
 * checks it.
 *
 * @example
 * for await (const row of streamJsonLines<Row>('/rows')) draw(row);
 */
export function streamJsonLines<T = unknown>(source: BodySource, options: BodyOptions = {}): CancelableStream<T> {
  const lines = createTextLineDecoder();
  let count = 0;
  // One by one, as they are asked for: those before a line that is none are given.
  function* parse(complete: Iterable<string>): Generator<T> {
    for (const line of complete) {
      count += 1;
      if (line.trim() !== '') yield parseLine(line, count) as T;
    }
  }
  const decoder: Decoder<T> = {
    take: (text) => parse(lines.take(text)),
    finish: () => parse(lines.finish()),
  };
  return streamBody(source, options, {
    name: 'streamJsonLines',
    accept: 'application/x-ndjson, application/json;q=0.9, */*;q=0.5',
    decoder,
  });
}

function createTextLineDecoder(): Decoder<string> {
  const { take, finish } = createLineDecoder('\n');
  return {
    take: (text) => take(text).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)),
    finish,
  };
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    const shown = line.length > 60 ? `${line.slice(0, 60)}…` : line;
    throw new SyntaxError(`Line ${number} is no JSON: ${shown}`, { cause });
  }
}
