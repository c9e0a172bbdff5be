import type { Cancelable } from 'use-cancelable';
import { chunksOf } from '../../requests/bodyOf.ts';
import { request } from '../../requests/request.ts';

// Too slow for the two seconds that the step has: its timeout ends it, and only it.
const bytesPerSecond = 200_000;

/** Fetches a picture that is too large for its time. */
export async function fetchCover(op: Cancelable): Promise<readonly Uint8Array[]> {
  return request(op, `/api/files/cover?rate=${bytesPerSecond}`, async (response) => {
    const total = Number(response.headers.get('content-length'));
    const chunks: Uint8Array[] = [];
    let current = 0;
    op.report('Receiving', { current, total });
    for await (const chunk of chunksOf(op, response)) {
      chunks.push(chunk);
      current += chunk.byteLength;
      op.report('Receiving', { current, total });
    }
    return chunks;
  });
}
