import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { HttpError } from './HttpError.ts';
import type { Log } from './log.ts';

/** One logged request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  /** Aborts when the client lets go: whoever works for this answer stops then. */
  readonly signal: AbortSignal;
  /** Takes down how many bytes of the client's body the server has taken so far. */
  readonly countReceived: (bytes: number) => void;
  /** Sends the head now, before there is a body, so that the client sees the answer start. */
  readonly begin: (status: number, headers: OutgoingHttpHeaders, total?: number) => void;
  /** Resolves when the bytes have left for the network, which is also the back pressure. Rejects when the client lets go. */
  readonly write: (chunk: Uint8Array) => Promise<void>;
  readonly end: () => void;
  /** Cuts the connection in the middle of the answer, on purpose; the log says why. */
  readonly breakOff: (why: string) => void;
}

export interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly log: Log;
  /** The open row of the log. */
  readonly row: number;
}

export type Answer = (exchange: Exchange) => Promise<void>;

/** Lets `answer` work until it is done or the client lets go, and closes the row of the log in every case. */
export async function carryOut(
  { request, response, query, log, row }: ExchangeParts,
  answer: Answer,
  onError: (error: unknown) => void,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  let expected: number | undefined;
  let bytes = 0;
  let broken = false;

  const endWhole = () => log.end(row, response.statusCode < 400 ? 'sent' : 'answered');
  response.on('finish', endWhole);
  response.on('close', () => {
    if (response.writableFinished) return;
    // A client that has all the bytes may hang up before end() is called here. It has let go of nothing.
    if (bytes === expected) endWhole();
    else log.end(row, broken ? 'answered' : 'letGo');
    controller.abort();
  });

  const exchange: Exchange = {
    request,
    query,
    signal,
    countReceived(received) {
      if (!signal.aborted) log.update(row, { received });
    },
    begin(status, headers, total) {
      const hasBody = request.method !== 'HEAD';
      expected = hasBody ? total : 0;
      log.update(row, { status, ...(hasBody && total !== undefined && { total }) });
      response.writeHead(status, {
        'cache-control': 'no-store',
        ...headers,
        ...(total !== undefined && { 'content-length': total }),
      });
      response.flushHeaders();
    },
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const letGo = () => reject(signal.reason);
        signal.addEventListener('abort', letGo, { once: true });
        response.write(chunk, (error) => {
          // Node reports no error for a write that a reset connection cut off; that its socket is gone says it. What has not
          // left is not counted. `close` follows in both cases, and it alone tells who ended it.
          if (error || response.socket?.destroyed !== false) {
            response.destroy();
            return;
          }
          signal.removeEventListener('abort', letGo);
          bytes += chunk.byteLength;
          if (!signal.aborted) log.update(row, { bytes });
          resolve();
        });
      }),
    end: () => void response.end(),
    breakOff(why) {
      if (signal.aborted) return;
      broken = true;
      log.update(row, { error: why });
      response.destroy();
    },
  };

  const fault = (error: unknown) => {
    onError(error);
    if (signal.aborted || response.writableFinished) return;
    broken = true;
    log.update(row, { error: error instanceof Error ? error.message : String(error) });
  };

  try {
    try {
      await answer(exchange);
    } catch (error) {
      if (response.headersSent || signal.aborted) throw error;
      if (!(error instanceof HttpError)) fault(error);
      await refuse(exchange, error instanceof HttpError ? error : serverFault());
    }
  } catch (error) {
    // A refusal that nobody is left to hear is no fault either.
    if (signal.aborted && (error === signal.reason || error instanceof HttpError)) return;
    fault(error);
    response.destroy();
  }
}

function serverFault(): HttpError {
  return new HttpError(500, 'The server failed; its console says why.');
}

async function refuse(exchange: Exchange, { status, message, headers }: HttpError): Promise<void> {
  const body = Buffer.from(`${message}\n`);
  exchange.begin(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }, body.byteLength);
  if (exchange.request.method !== 'HEAD') await exchange.write(body);
  exchange.end();
}
