import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cancelable, stream, timeout, wait } from 'use-cancelable/core';

let server: Server;
let url = '';
let open = 0;

// It sends without end; the test sees at the server whether the socket was closed.
beforeAll(async () => {
  server = createServer((_, response) => {
    open += 1;
    const timer = setInterval(() => response.write('some bytes'), 1);
    response.on('close', () => {
      open -= 1;
      clearInterval(timer);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

const enough = 3;
const error = new Error('disk full');

/** Reads the body; after some chunks it does what ends the loop. */
async function read(body: AsyncIterable<Uint8Array>, end: () => void): Promise<string> {
  let chunks = 0;
  for await (const chunk of body) {
    if (chunk.byteLength > 0) chunks += 1;
    if (chunks === enough) end();
    if (chunks > enough) break;
  }
  return 'left';
}

const fetchBody = async (signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
  const response = await wait(fetch(url, signal && { signal }));
  return response.body!;
};

const nothing = (): void => {};
const ends: Record<string, [body: (op: Cancelable) => Promise<unknown>, outcome: object]> = {
  'a cancel': [
    async (op) => read(op.stream(await fetchBody(op.signal)), () => op.cancel('enough')),
    { status: 'canceled', message: 'enough' },
  ],
  'a cancel, though it was given no signal': [
    async (op) => read(op.stream(await fetchBody()), () => op.cancel('enough')),
    { status: 'canceled', message: 'enough' },
  ],
  'a timeout': [
    async (op) => {
      op.addSource(timeout(20));
      await read(op.track(await fetchBody(op.signal)), nothing);
      await op.map(await fetchBody(op.signal), (child) => child.sleep(1000), { concurrency: 2 });
    },
    { status: 'canceled', reason: 'timeout' },
  ],
  'a failure beside it': [
    async (op) => read(op.stream(await fetchBody(op.signal)), () => op.fail(error)),
    { status: 'failed', error },
  ],
  'a failure above it': [
    async (op) => {
      const body = await op.wait(fetchBody(op.signal));
      await op.child().run((child) => read(child.stream(body), () => op.fail(error)));
    },
    { status: 'failed', error },
  ],
  'a break': [async () => read(stream(await fetchBody()), nothing), { status: 'completed', value: 'left' }],
  'an error in the function of map': [
    async (op) => {
      const fail = (): never => {
        throw error;
      };
      await op.map(await fetchBody(op.signal), fail);
    },
    { status: 'failed', error },
  ],
};

describe('a body that is read as a stream', () => {
  it.each(Object.entries(ends))('lets go of the socket after %s, without a word of complaint', async (_, end) => {
    const [body, outcome] = end;
    const complain = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', complain);
    process.on('unhandledRejection', complain);
    expect(await new Cancelable().settle(body)).toMatchObject(outcome);
    await vi.waitFor(() => expect(open).toBe(0));
    process.off('unhandledRejection', complain);
    vi.unstubAllGlobals();
    expect(complain.mock.calls).toEqual([]);
  });
});
