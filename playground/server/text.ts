import { open } from 'node:fs/promises';

import { HttpError } from './HttpError.ts';
import { locatePart } from './parts.ts';
import type { Part } from './parts.ts';
import { pause } from './pause.ts';
import { findFiles, textName } from './sources.ts';
import type { Source } from './sources.ts';

export interface TextLine {
  /** Counted from 1 in the whole text. */
  readonly number: number;
  readonly text: string;
}

export interface Text {
  readonly name: string;
  readonly lines: readonly TextLine[];
}

/** The large text, or one part of it, read from the disk now. */
export async function readLines(sources: readonly Source[], part?: Part): Promise<Text> {
  const found = (await findFiles(sources)).find(({ entry }) => entry.name === textName);
  if (found === undefined)
    throw new HttpError(404, 'This machine has no large text to read: no license file was found.');

  const file = await open(found.path);
  try {
    const content = await file.readFile();
    const { start, end } = part
      ? await locatePart(file, content.byteLength, part)
      : { start: 0, end: content.byteLength };
    const before = splitLines(content.subarray(0, start)).length;
    const lines = splitLines(content.subarray(start, end)).map((text, index) => ({ number: before + index + 1, text }));
    return { name: found.entry.name, lines };
  } finally {
    await file.close();
  }
}

/** Hands out the lines block by block with a pause between two blocks, and stops in the pause when the signal aborts. */
export async function* inBlocks(
  lines: readonly TextLine[],
  blockLength: number,
  pauseMilliseconds: number,
  signal: AbortSignal,
): AsyncGenerator<readonly TextLine[]> {
  for (let start = 0; start < lines.length; start += blockLength) {
    if (start > 0) await pause(pauseMilliseconds, signal);
    yield lines.slice(start, start + blockLength);
  }
}

function splitLines(bytes: Buffer): readonly string[] {
  const lines = bytes.toString('utf8').split(/\r?\n/);
  // What follows the last line end is no line unless it holds something.
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
