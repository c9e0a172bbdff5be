import type { Cancelable } from 'use-cancelable';
import { textOf } from '../../requests/bodyOf.ts';
import { request } from '../../requests/request.ts';

const bytesPerSecond = 12_000;
const parts = 4;

/** Fetches the text in four parts, one after the other, and counts its words. */
export async function countWords(op: Cancelable): Promise<number> {
  let words = 0;
  for (let part = 1; part <= parts; part += 1) {
    const path = `/api/files/LICENSE?part=${part}&rate=${bytesPerSecond}`;
    const text = await request(op, path, (response) =>
      textOf(op, response, (share) => op.report('Counting', { current: part - 1 + share, total: parts })),
    );
    words += text.match(/\p{Letter}+/gu)?.length ?? 0;
  }
  return words;
}
