import type { FileHandle } from 'node:fs/promises';

import { refusal, readWholeNumber } from './parameters.ts';
import type { ByteRange } from './range.ts';

export interface Part {
  readonly part: number;
  readonly parts: number;
}

const usualParts = 4;
const mostParts = 1000;
const longestLine = 64 * 1024;

/** The parameters `part` and `parts`, `undefined` when the whole is meant. */
export function readPart(query: URLSearchParams): Part | undefined {
  const parts = readWholeNumber(query, 'parts', { least: 1, most: mostParts });
  const part = readWholeNumber(query, 'part', { least: 1, most: parts ?? usualParts });
  if (part !== undefined) return { part, parts: parts ?? usualParts };
  if (parts !== undefined) throw refusal('part', `a whole number from 1 to ${parts}`, null);
  return undefined;
}

/** The bytes of a part. Parts join without gap or overlap and are cut behind a line end, so that no word and no letter is. */
export async function locatePart(file: FileHandle, size: number, { part, parts }: Part): Promise<ByteRange> {
  const cut = async (place: number): Promise<number> => {
    const position = Math.floor((size * place) / parts);
    if (position === 0 || position >= size) return position;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestLine), 0, longestLine, position);
    return position + buffer.subarray(0, bytesRead).indexOf('\n') + 1;
  };
  return { start: await cut(part - 1), end: await cut(part) };
}
