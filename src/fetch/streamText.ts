import type { CancelableStream } from '../flow/createStream.js';
import { streamBody, type BodyOptions, type BodySource, type Decoder } from './readBody.js';

/**
 * The text of an answer, piece by piece as it arrives; a letter is never cut in two. As `streamEvents` else.
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
 * The lines of an answer without their ends, as they are complete. As `streamEvents` else.
 *
 * @example
 * for await (const line of streamLines('/log')) show(line);
 */
export function streamLines(source: BodySource, options: BodyOptions = {}): CancelableStream<string> {
  return streamBody(source, options, {
    name: 'streamLines',
    accept: 'text/*, */*;q=0.5',
    decoder: createLineDecoder(),
  });
}

/**
 * The values of newline-delimited JSON, as they are complete; empty lines are skipped. Rejects with a SyntaxError that
 * names the line when one is no JSON. As `streamEvents` else. The type is what you say it is: nothing checks it.
 *
 * @example
 * for await (const row of streamJsonLines<Row>('/rows')) draw(row);
 */
export function streamJsonLines<T = unknown>(source: BodySource, options: BodyOptions = {}): CancelableStream<T> {
  const lines = createLineDecoder();
  let count = 0;
  const parse = (line: string): T[] => {
    count += 1;
    return line.trim() === '' ? [] : [parseLine(line, count) as T];
  };
  const decoder: Decoder<T> = {
    take: (text) => lines.take(text).flatMap(parse),
    finish: () => lines.finish().flatMap(parse),
  };
  return streamBody(source, options, {
    name: 'streamJsonLines',
    accept: 'application/x-ndjson, application/json;q=0.9, */*;q=0.5',
    decoder,
  });
}

function createLineDecoder(): Decoder<string> {
  // Pieces of a line that has no end yet: joined once, so that a long one costs no more than its length.
  let pieces: string[] = [];
  return {
    take(text) {
      const lines = text.split('\n');
      const last = lines.pop()!; // split gives one at least
      if (lines.length > 0) {
        lines[0] = pieces.join('') + lines[0]!;
        pieces = [];
      }
      if (last !== '') pieces.push(last);
      return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
    },
    finish: () => (pieces.length === 0 ? [] : [pieces.splice(0).join('')]),
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
