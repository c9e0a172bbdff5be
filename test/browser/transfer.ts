import { sha256 } from '@noble/hashes/sha2.js';
import type { Cancelable } from 'use-cancelable';

/** What a transfer has done, as far as the page itself can tell. */
export interface Traces {
  readonly requestId: string;
  readonly chunks: Uint8Array[];
  readonly operations: Cancelable[];
  total: number;
  hashed: number;
  response: Response | undefined;
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  /** Names of the operations whose bodies have unwound. */
  readonly unwound: string[];
}

export function createTraces(): Traces {
  return {
    requestId: crypto.randomUUID(),
    chunks: [],
    operations: [],
    total: 0,
    hashed: 0,
    response: undefined,
    reader: undefined,
    unwound: [],
  };
}

/** Downloads a file of the server and hashes it on the way, as two operations of one. */
export async function transfer(op: Cancelable, traces: Traces, path: string): Promise<Uint8Array> {
  traces.operations.push(op);
  try {
    // A timer that would outlive the page by far.
    void op.spawn((op) => op.sleep({ minutes: 5 }), { name: 'patience', weight: 0 });
    const downloading = op.spawn((op) => download(op, traces, path), { name: 'download', weight: 4 });
    const digest = await op.wait(op.spawn((op) => hash(op, traces), { name: 'hash', weight: 1 }));
    // The last chunk may be hashed before the server has said that it was the last.
    await op.wait(downloading);
    return digest;
  } finally {
    traces.unwound.push('transfer');
  }
}

async function download(op: Cancelable, traces: Traces, path: string): Promise<void> {
  traces.operations.push(op);
  try {
    const headers = { 'x-request-id': traces.requestId };
    const response = await op.wait(fetch(path, { headers, signal: op.signal }));
    traces.response = response;
    traces.total = Number(response.headers.get('content-length'));
    traces.reader = response.body!.getReader();
    let received = 0;
    for (;;) {
      const { done, value } = await op.wait(traces.reader.read());
      if (done) return;
      traces.chunks.push(value);
      received += value.byteLength;
      op.report('Receiving', { current: received, total: traces.total });
    }
  } finally {
    traces.reader?.releaseLock();
    traces.unwound.push('download');
  }
}

/** Looks for new chunks every 10 ms: a timer that goes on and on. */
async function hash(op: Cancelable, traces: Traces): Promise<Uint8Array> {
  traces.operations.push(op);
  try {
    const hasher = sha256.create();
    for (let next = 0; traces.total === 0 || traces.hashed < traces.total;) {
      await op.sleep(10);
      for (; next < traces.chunks.length; next += 1) {
        hasher.update(traces.chunks[next]!);
        traces.hashed += traces.chunks[next]!.byteLength;
      }
      if (traces.total > 0) op.report('Hashing', { current: traces.hashed, total: traces.total });
    }
    return hasher.digest();
  } finally {
    traces.unwound.push('hash');
  }
}
