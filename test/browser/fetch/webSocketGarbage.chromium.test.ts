import { expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { openWebSocket } from 'use-cancelable/fetch';
import { socketServer } from './sockets.ts';

// Chromium is started with --expose-gc.
const { gc } = globalThis as { gc?: (options: { execution: 'async' }) => Promise<void> };

function weakSockets(): readonly WeakRef<WebSocket>[] {
  const references: WeakRef<WebSocket>[] = [];
  const Weak = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      references.push(new WeakRef(this));
    }
  };
  vi.stubGlobal('WebSocket', Weak);
  onTestFinished(() => void vi.unstubAllGlobals());
  return references;
}

async function failToOpen(operation: Cancelable, url: string): Promise<void> {
  // Not by `expect`, which keeps the error: its stack holds the functions that it was made in.
  const name: unknown = await openWebSocket(url, { operation }).catch((error: Error) => error.name);
  expect(name).toBe('NetworkError');
}

async function readToTheEnd(operation: Cancelable, url: string): Promise<void> {
  const socket = await openWebSocket(url, { operation });
  socket.send('answer a|b');
  for await (const message of socket) expect(['a', 'b']).toContain(message);
}

async function leave(operation: Cancelable, url: string): Promise<void> {
  const socket = await openWebSocket(url, { operation });
  socket.send('say a|b');
  for await (const message of socket) if (message === 'a') break;
}

it.each([
  ['could not be opened', 'closed', failToOpen],
  ['has ended', 'open', readToTheEnd],
  ['was left', 'open', leave],
] as const)('an operation that goes on does not hold web sockets of which each %s', async (_how, kind, use) => {
  const { url } = await socketServer(kind);
  const references = weakSockets();
  const operation = new Cancelable({ parent: null }).start();
  for (let count = 0; count < 5; count += 1) await use(operation, url);
  // Not the sockets themselves: an error of the poll would hold them. The engine may remember the last one.
  const countLeft = async (): Promise<number> => {
    await gc!({ execution: 'async' });
    return references.filter((reference) => reference.deref() !== undefined).length;
  };
  expect(references).toHaveLength(5);
  await expect.poll(countLeft, { timeout: 5000 }).toBeLessThanOrEqual(1);
  operation.cancel();
});
