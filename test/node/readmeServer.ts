import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';

export interface Seen {
  /** Method and path of each request, in the order in which they came. */
  readonly requests: string[];
  /** Those that the client let go before they were answered. */
  readonly letGo: string[];
}

/** A real server for one test. The examples of the README write paths, as in a browser; here `fetch` is given the origin. */
export async function serveExamples(
  answer: (what: string, response: ServerResponse, request: IncomingMessage) => void,
): Promise<Seen> {
  const seen: Seen = { requests: [], letGo: [] };
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    seen.requests.push(what);
    response.on('close', () => {
      if (!response.writableFinished) seen.letGo.push(what);
    });
    answer(what, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => fetch(new URL(path, origin), init));
  onTestFinished(async () => {
    vi.unstubAllGlobals();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return seen;
}
