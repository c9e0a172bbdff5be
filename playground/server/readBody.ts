import type { IncomingMessage } from 'node:http';

import { HttpError } from './HttpError.ts';

/** The client's body as text; 413 when it is longer than `longest` bytes. `what` names it in the refusal. */
export async function readBody(request: IncomingMessage, longest: number, what: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Without a set encoding the chunks are buffers. The stream is kept, or the refusal would have no connection to go out on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > longest)
      throw new HttpError(413, `The ${what} is longer than ${longest} bytes.`, { connection: 'close' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** True when the client has left in the middle of its own body: nobody is there to be answered. */
export function hasLeft(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}
