import type { Cancelable } from 'use-cancelable';
import { chunksOf } from '../../requests/bodyOf.ts';
import { request } from '../../requests/request.ts';
import type { PartialFile } from './PartialFile.ts';

/** Fetches what is missing of a file, at most `rate` bytes per second. */
export async function download(op: Cancelable, file: PartialFile, rate?: number): Promise<void> {
  if (file.isWhole) return;
  const path = `/api/files/${file.name}${rate === undefined ? '' : `?rate=${rate}`}`;
  await request(op, path, (response) => receive(op, file, response), { headers: rangeOf(file) });
}

/** Asks for the rest, provided that the server still has the same version; else it sends the whole. RFC 9110, 13.1.5. */
function rangeOf({ size, etag }: PartialFile): Record<string, string> {
  return size === 0 || etag === undefined ? {} : { range: `bytes=${size}-`, 'if-range': etag };
}

async function receive(op: Cancelable, file: PartialFile, response: Response): Promise<void> {
  if (response.status !== 206) file.clear();
  const etag = response.headers.get('etag') ?? undefined;
  file.describe({ total: file.size + lengthOf(response), etag });
  op.report('Receiving', { current: file.size, total: file.total });
  for await (const chunk of chunksOf(op, response)) {
    file.add(chunk);
    op.report('Receiving', { current: file.size, total: file.total });
  }
  if (!file.isWhole) throw new Error(`The connection ended after ${file.size} of ${file.total} bytes.`);
}

function lengthOf({ headers }: Response): number {
  const length = headers.get('content-length');
  if (length === null) throw new Error('The server did not say how long the file is.');
  return Number(length);
}
