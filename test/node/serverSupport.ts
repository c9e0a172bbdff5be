import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

import { createBackEnd } from '../../playground/server/backEnd.ts';
import type { BackEnd } from '../../playground/server/backEnd.ts';
import type { LogRow } from '../../playground/server/contract.ts';
import type { Source } from '../../playground/server/sources.ts';

export interface Served {
  readonly url: string;
  readonly backEnd: BackEnd;
  readonly errors: readonly unknown[];
}

/** The back end behind a plain HTTP server on the loopback, until the test ends. Without sources: the machine's own files. */
export async function serve(sources?: readonly Source[]): Promise<Served> {
  const errors: unknown[] = [];
  const backEnd = createBackEnd({ ...(sources && { sources }), onError: (error) => errors.push(error) });
  const server = createServer((request, response) =>
    backEnd.middleware(request, response, () => response.writeHead(418).end('left to the next middleware')),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, backEnd, errors };
}

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-server-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export interface MadeFile {
  readonly path: string;
  readonly content: Buffer;
  readonly sources: readonly Source[];
}

/** A real file in a folder of its own, listed under `name`. */
export async function makeFile(name: string, content: Buffer): Promise<MadeFile> {
  const path = join(await makeFolder(), name);
  await writeFile(path, content);
  return { path, content, sources: [{ name, type: 'application/octet-stream', candidates: [{ path, title: name }] }] };
}

export const countingBytes = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 251));

export interface Heard {
  readonly name: string;
  readonly data: unknown;
}

/** Listens to the log until the test ends; `heard` grows with each event. */
export async function listenToLog(url: string): Promise<{ readonly heard: readonly Heard[] }> {
  const controller = new AbortController();
  const heard: Heard[] = [];
  const listening = (async () => {
    for await (const event of readEvents(url, controller.signal)) heard.push(event);
  })().catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  onTestFinished(async () => {
    controller.abort();
    await listening;
  });
  await vi.waitFor(() => {
    if (heard.length === 0) throw new Error('The log is silent.');
  });
  return { heard };
}

/** The log as it is now. */
export async function readLog(url: string): Promise<readonly LogRow[]> {
  return (await fetch(`${url}/api/log/rows`)).json() as Promise<LogRow[]>;
}

async function* readEvents(url: string, signal: AbortSignal): AsyncGenerator<Heard, void> {
  const { body } = await fetch(`${url}/api/log`, { signal });
  // Node's streams are iterable; the type that the browser's library gives them is not.
  const chunks = body as unknown as AsyncIterable<Uint8Array>;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, name, data = ''] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (name !== undefined) yield { name, data: JSON.parse(data) };
    }
  }
}

/** The row of a request, once it is what the test waits for. */
export function waitForRow(url: string, requestId: string, accept: (row: LogRow) => boolean): Promise<LogRow> {
  return vi.waitFor(
    async () => {
      const row = (await readLog(url)).find((candidate) => candidate.requestId === requestId);
      if (row === undefined || !accept(row)) throw new Error(`Not yet: ${JSON.stringify(row)}`);
      return row;
    },
    { timeout: 2000, interval: 20 },
  );
}

export const hasEnded = (row: LogRow): boolean => row.state !== 'sending';

/** Starts a download and lets go after the first bytes have come. */
export async function letGoAfterFirstBytes(target: string, requestId: string, init: RequestInit = {}): Promise<void> {
  const controller = new AbortController();
  const response = await fetch(target, {
    ...init,
    headers: { 'x-request-id': requestId },
    signal: controller.signal,
  });
  await response.body?.getReader().read();
  controller.abort();
}

export function explain(url: string, requestId: string, reason: string): Promise<Response> {
  return fetch(`${url}/api/log/reason`, {
    method: 'POST',
    // What navigator.sendBeacon says of a string.
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify({ requestId, reason }),
  });
}
