import { open } from 'node:fs/promises';

import type { Answer, Exchange } from './Exchange.ts';
import { HttpError } from './HttpError.ts';
import { createPace } from './pace.ts';
import { readWholeNumber } from './parameters.ts';
import { locatePart, readPart } from './parts.ts';
import { answerRange } from './range.ts';
import type { ByteRange } from './range.ts';
import { sendJson } from './sendJson.ts';
import { findFiles } from './sources.ts';
import type { Source } from './sources.ts';

const largestRead = 256 * 1024;

export function answerFileList(sources: readonly Source[]): Answer {
  return async (exchange) => {
    const files = await findFiles(sources);
    await sendJson(
      exchange,
      files.map(({ entry }) => entry),
    );
  };
}

export function answerFile(sources: readonly Source[], name: string): Answer {
  return async (exchange) => {
    const { query, request, signal } = exchange;
    const rate = readWholeNumber(query, 'rate', { least: 1, most: Number.MAX_SAFE_INTEGER, unit: 'bytes per second' });
    const part = readPart(query);

    // Only a listed name reaches the disk, and it is compared, never joined to a path.
    const files = await findFiles(sources);
    const found = files.find(({ entry }) => entry.name === name);
    if (found === undefined) {
      const names = files.map(({ entry }) => entry.name).join(', ');
      throw new HttpError(404, `No file is named ${JSON.stringify(name)}. There are: ${names}.`);
    }

    const file = await open(found.path);
    try {
      const { start, end } = part
        ? await locatePart(file, found.entry.size, part)
        : { start: 0, end: found.entry.size };
      const size = end - start;
      const etag = part ? found.entry.etag.replace(/"$/, `-${part.part}of${part.parts}"`) : found.entry.etag;
      const { range, 'if-range': ifRange } = request.headers;
      const { lastModified } = found;
      const answer = answerRange({
        size,
        etag,
        lastModified,
        // RFC 9110 defines ranges for GET alone.
        range: request.method === 'GET' ? range : undefined,
        ifRange: Array.isArray(ifRange) ? ifRange[0] : ifRange,
      });
      if (answer.kind === 'unsatisfiable') {
        throw new HttpError(416, `range: ${range} is outside of the ${size} bytes.`, {
          'content-range': `bytes */${size}`,
        });
      }

      const headers = { 'content-type': found.type, 'accept-ranges': 'bytes', etag, 'last-modified': lastModified };
      const total = answer.end - answer.start;
      if (answer.kind === 'whole') exchange.begin(200, headers, total);
      else {
        const contentRange = `bytes ${answer.start}-${answer.end - 1}/${size}`;
        exchange.begin(206, { ...headers, 'content-range': contentRange }, total);
      }
      if (request.method === 'GET') {
        await sendBytes(exchange, file, { start: start + answer.start, end: start + answer.end }, rate);
      }
    } finally {
      await file.close();
    }
    if (!signal.aborted) exchange.end();
  };
}

async function sendBytes(
  { signal, write }: Exchange,
  file: Awaited<ReturnType<typeof open>>,
  { start, end }: ByteRange,
  rate: number | undefined,
): Promise<void> {
  const pace = createPace(rate);
  // One buffer serves all steps: write() resolves only after its bytes have left.
  const buffer = Buffer.allocUnsafe(Math.min(largestRead, end - start));
  let position = start;
  while (position < end) {
    const length = await pace(Math.min(buffer.byteLength, end - position), signal);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    if (bytesRead === 0)
      throw new Error(`The file ended at byte ${position}, before byte ${end}: it changed while it was sent.`);
    await write(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
