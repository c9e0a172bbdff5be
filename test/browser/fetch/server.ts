import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { serveSockets } from './socketServer.ts';

// The other end for the tests of `use-cancelable/fetch`, under /faults: a real HTTP server that can also do what servers
// should not. `?id=` names a request, and /faults/fate?id= tells what became of it once its connection is over.

interface Fate {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the client's body that came. */
  received: number;
  /** The answer was sent to its end. */
  sentWhole: boolean;
}

type Handler = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void;

const file = randomBytes(300_000);
/** Which requests have come: their beginning, or all of them. */
const arrivals = new Map<string, 'begun' | 'whole'>();
const fates = new Map<string, Fate>();
const waiting = new Map<string, (() => void)[]>();
const going = new Map<string, () => void>();
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function faultServer(): Plugin {
  return {
    name: 'fault-server',
    configureServer({ middlewares }) {
      serveSockets(middlewares);
      middlewares.use('/faults', serve);
      const elsewhere = createServer((request, response) => {
        response.setHeader('access-control-allow-origin', '*');
        serve(request, response);
      });
      elsewhere.listen(0, '127.0.0.1').unref();
      middlewares.use('/faults-elsewhere', (_request, response) => {
        response.end(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`);
      });
    },
  };
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const handler = handlers[pathname.slice(1)];
  if (handler === undefined) {
    response.writeHead(404).end(`There is nothing at ${pathname}.`);
    return;
  }
  watch(request, response, searchParams.get('id'));
  // A client that leaves in the middle of its own body is what some tests are about.
  Promise.resolve(handler(request, response, searchParams)).catch((error: unknown) => {
    if (!request.destroyed) throw error;
  });
}

function watch(request: IncomingMessage, response: ServerResponse, id: string | null): void {
  if (id === null || /^\/(?:fate|go|arrived)\b/.test(request.url ?? '')) return;
  arrivals.set(id, 'begun');
  request.on('end', () => arrivals.set(id, 'whole'));
  const fate: Fate = { method: request.method ?? '', headers: request.headers, received: 0, sentWhole: false };
  request.on('data', (chunk: Buffer) => {
    fate.received += chunk.byteLength;
  });
  response.on('close', () => {
    fate.sentWhole = response.writableFinished;
    decide(id, fate);
  });
}

function decide(id: string, fate: Fate): void {
  fates.set(id, fate);
  for (const tell of waiting.get(id) ?? []) tell();
  waiting.delete(id);
}

const handlers: Readonly<Record<string, Handler>> = {
  arrived(_request, response, query) {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(arrivals.get(query.get('id') ?? '') ?? 'not'));
  },

  async fate(_request, response, query) {
    const id = query.get('id') ?? '';
    if (!fates.has(id)) {
      await new Promise<void>((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]));
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(fates.get(id)));
  },

  /**
   * `cut`: how many bytes are sent before `then`: `stall`, `reset` or `end`; `length`: what Content-Length says; `modified`:
   * Last-Modified; `encoding`: Content-Encoding of a part.
   */
  async file(request, response, query) {
    const etag = query.get('etag');
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const ignoresRange = query.get('ranges') === 'ignored';
    const modified = query.get('modified');
    const asked = request.headers['if-range'];
    const isSame = asked === undefined || asked === etag || asked === modified;
    const start = range !== null && !ignoresRange && isSame ? Number(range[1]) : 0;
    if (etag !== null) response.setHeader('etag', etag);
    if (modified !== null) response.setHeader('last-modified', modified);
    if (start > 0 && query.has('encoding')) response.setHeader('content-encoding', query.get('encoding')!);
    if (start >= file.byteLength) {
      response.writeHead(416, { 'content-range': `bytes */${file.byteLength}` }).end();
      return;
    }
    const bytes = file.subarray(start);
    const shift = Number(query.get('shift') ?? 0);
    if (start > 0) {
      const first = start + shift;
      response.setHeader('content-range', `bytes ${first}-${file.byteLength - 1}/${file.byteLength}`);
    }
    const length = query.get('length');
    if (length !== 'none') response.setHeader('content-length', length ?? bytes.byteLength);
    response.writeHead(start > 0 ? 206 : 200, { 'content-type': 'application/octet-stream' });
    const cut = query.get('cut');
    response.write(cut === null ? bytes : bytes.subarray(0, Number(cut)));
    if (cut === null) response.end();
    else if (query.get('then') !== 'stall') {
      // Not before the client has it: a reset takes along what a browser has not handed over yet.
      await new Promise<void>((resolve) => going.set(query.get('id') ?? '', resolve));
      if (query.get('then') === 'reset') response.socket?.resetAndDestroy();
      else response.socket?.end();
    }
  },

  /** The client has what was sent before the cut. */
  go(_request, response, query) {
    going.get(query.get('id') ?? '')?.();
    going.delete(query.get('id') ?? '');
    response.end();
  },

  whole(_request, response, query) {
    if (!query.has('type')) response.setHeader('content-type', 'application/octet-stream');
    response.end(file);
  },

  large(_request, response, query) {
    const chunk = Buffer.alloc(256 * 1024, 7);
    let left = Number(query.get('bytes'));
    response.writeHead(200, { 'content-length': left });
    const more = (): void => {
      while (left > 0) {
        const part = chunk.subarray(0, Math.min(left, chunk.byteLength));
        left -= part.byteLength;
        if (!response.write(part)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
  },

  /** `bytes`: how many there are when it is not compressed. */
  compressed(_request, response, query) {
    const body = gzipSync(Buffer.alloc(Number(query.get('bytes') ?? 100_000), 'a'));
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.byteLength, etag: '"zip"' });
    response.end(body);
  },

  status(_request, response, query) {
    response.writeHead(Number(query.get('status')), { 'content-type': 'text/plain' }).end(query.get('words') ?? '');
  },

  /** To another path of these. */
  redirect(_request, response, query) {
    response.writeHead(302, { location: query.get('to') ?? '' }).end();
  },

  async reset(_request, response) {
    await pause(10);
    response.socket?.resetAndDestroy();
  },

  /** A refusal before the body has come, of which the rest is not taken. */
  refuse(_request, response) {
    response.writeHead(413, { 'content-type': 'text/plain', connection: 'close' }).end('Too large');
  },

  /** The text of `parts`, split at `|`, one write each, `bytes`: one for each byte; `then=stall` leaves it open. */
  async parts(_request, response, query) {
    response.writeHead(200, { 'content-type': query.get('type') ?? 'text/event-stream' });
    const text = query.get('parts') ?? '';
    const parts = query.has('bytes') ? [...Buffer.from(text)].map((byte) => Buffer.of(byte)) : text.split('|');
    for (const part of parts) {
      response.write(part);
      await pause(Number(query.get('delay') ?? 5));
      if (response.destroyed) return;
    }
    if (query.get('then') === 'reset') response.socket?.resetAndDestroy();
    else if (query.get('then') !== 'stall') response.end();
  },

  /** Takes the body; `then=stall` never answers, `slow` takes no more than 64 kB at a time. */
  async echo(request, response, query) {
    let received = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      received += chunk.byteLength;
      if (query.has('slow')) await pause(10);
    }
    if (query.get('then') === 'stall') return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ received, method: request.method, headers: request.headers }));
  },
};
