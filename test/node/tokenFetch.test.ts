import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelable, CancelationToken, isCancelation } from 'use-cancelable/core';

let server: Server;
let url = '';
let letGo: () => void;
let arrived: () => void;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200);
    response.write('the first bytes');
    response.on('close', () => letGo());
    arrived();
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

/** Promises of the server's side of the next request. */
function expectRequest(): { here: Promise<void>; gone: Promise<void> } {
  const here = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { here, gone };
}

describe('a fetch', () => {
  it('given the signal of a token ends at the server when the token is canceled [case 114]', async () => {
    const { here, gone } = expectRequest();
    const token = new CancelationToken();
    const body = fetch(url, { signal: token.signal }).then((response) => response.text());
    await here;
    token.cancel({ reason: 'hidden', message: 'away' });
    const error: unknown = await body.catch((thrown: unknown) => thrown);
    await gone;
    expect(error).toBe(token.signal.reason);
    expect(isCancelation(error)).toBe(true);
    expect(error).toMatchObject({ name: 'AbortError', reason: 'hidden', message: 'away' });
  });

  it('given the signal of an operation ends at the server when a parent is canceled', async () => {
    const { here, gone } = expectRequest();
    const page = new Cancelable({ parent: null });
    const load = page.child();
    const run = page.settle(() =>
      load.run((op) => fetch(url, { signal: op.signal }).then((response) => response.text())),
    );
    await here;
    page.cancel({ reason: 'unmount' });
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'unmount' });
    await gone;
    expect([load.reason, load.isAbandoned]).toEqual(['parent', false]);
  });
});

describe('the listeners that the platform counts', () => {
  it('are one per foreign signal, and none after the end', async () => {
    const controller = new AbortController();
    const count = (): number => getEventListeners(controller.signal, 'abort').length;
    const ops = Array.from({ length: 50 }, () => new Cancelable({ signal: controller.signal, parent: null }));
    expect(count()).toBe(0);
    const runs = ops.map((op, index) =>
      op.settle(async (self) => {
        if (index % 2 === 0) await self.sleep(1);
        else await self.wait(new Promise(() => {}));
      }),
    );
    expect(count()).toBe(1);
    for (const op of ops) if (op.isRunning) op.cancel();
    await Promise.all(runs);
    expect(count()).toBe(0);
  });

  it('are none on the token of a hundred finished operations [case 109]', async () => {
    const token = new CancelationToken();
    const { signal } = token;
    for (let index = 0; index < 100; index += 1) {
      await new Cancelable({ token, signal }).run((op) => op.wait(index));
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('are none on several signals that were merged', async () => {
    const signals = [new AbortController().signal, new AbortController().signal];
    for (let index = 0; index < 20; index += 1) {
      await new Cancelable({ sources: signals }).run(() => index);
    }
    expect(signals.map((signal) => getEventListeners(signal, 'abort').length)).toEqual([0, 0]);
  });
});
