import type { Cancelable } from 'use-cancelable';

/** The chunks of an answer as they arrive, until the operation is canceled. */
export async function* chunksOf(op: Cancelable, response: Response): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await op.wait(reader.read());
    if (done) return;
    yield value;
  }
}

/** The whole answer as text; tells which share of it, 0 to 1, has arrived. */
export async function textOf(op: Cancelable, response: Response, onShare: (share: number) => void): Promise<string> {
  const decoder = new TextDecoder();
  const total = Number(response.headers.get('content-length'));
  let text = '';
  let size = 0;
  onShare(0);
  for await (const chunk of chunksOf(op, response)) {
    text += decoder.decode(chunk, { stream: true });
    size += chunk.byteLength;
    onShare(size / total);
  }
  return text + decoder.decode();
}
