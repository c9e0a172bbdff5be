import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation } from 'use-cancelable/core';
import { openWebSocket } from 'use-cancelable/fetch';
import { settle, type Fate } from './faults.ts';

async function address(): Promise<{ url: string; code: () => Promise<number> }> {
  const id = crypto.randomUUID();
  const base = await (await fetch('/faults/socket')).text();
  return {
    url: `${base}?id=${id}`,
    code: async () => ((await (await fetch(`/faults/fate?id=${id}`)).json()) as Fate).received,
  };
}

describe('openWebSocket', () => {
  it('gives the messages as items, with the current operation at each, until the other side is done', async () => {
    const { url } = await address();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      expect(currentOperation()).toBe(op);
      socket.send('count 3');
      socket.send('close 1000');
      const seen: unknown[] = [];
      for await (const message of socket) {
        expect(currentOperation()).toBe(op);
        seen.push(message);
      }
      expect(() => socket.send('late')).toThrow('has closed: nothing can be sent');
      return seen;
    });
    expect(outcome).toMatchObject({ status: 'completed', value: ['0', '1', '2'] });
  });

  it('closes when the operation is canceled, and keeps the partial text', async () => {
    const { url, code } = await address();
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle(async (op) => {
      const socket = await openWebSocket(url);
      socket.send('count 5');
      let text = '';
      for await (const message of socket) {
        op.context.partialResult = text += message as string;
        if (text === '012') op.cancel('Stop');
      }
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop', partialResult: '012' });
    expect(await code()).toBe(1000);
  });

  it('closes when the loop is left, and when the operation completes without it', async () => {
    const left = await address();
    await settle(async (op) => {
      const socket = await openWebSocket(left.url);
      socket.send('count 5');
      for await (const message of socket) {
        expect(message).toBe('0');
        break;
      }
      expect(await op.wait(left.code())).toBe(1000);
    }).then(({ status }) => expect(status).toBe('completed'));
    const forgotten = await address();
    await settle(async () => void (await openWebSocket(forgotten.url)));
    expect(await forgotten.code()).toBe(1000);
  });

  it('closes one that is canceled while it connects', async () => {
    const { url, code } = await address();
    const op = new Cancelable({ parent: null });
    const run = op.settle(() => openWebSocket(url));
    op.cancel('Too soon');
    expect(await run).toMatchObject({ status: 'canceled', message: 'Too soon' });
    // The server may have seen a connection, which was closed, or none.
    expect([1000, 1005, 1006, 'none']).toContain(
      await Promise.race([code(), new Promise((resolve) => setTimeout(resolve, 300, 'none'))]),
    );
  });

  it('ends a wait for a message by the timeout of the operation', async () => {
    const { url, code } = await address();
    const outcome = await settle(async () => (await openWebSocket(url)).next(), { timeout: 150 });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(await code()).toBe(1000);
  });

  it.each([
    ['close 4401', { name: 'WebSocketClosedError', code: 4401, reason: 'As told' }],
    ['cut', { name: 'WebSocketClosedError', code: 1006, reason: '' }],
  ])('rejects after what has arrived when the other side ends it: %s', async (command, error) => {
    const { url } = await address();
    const seen: unknown[] = [];
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url);
      socket.send('first');
      seen.push((await socket.next()).value);
      socket.send(command);
      await socket.next();
    });
    expect(seen).toEqual(['first']);
    expect(outcome).toMatchObject({ status: 'failed', error });
  });

  it('rejects when no connection can be made', async () => {
    const outcome = await settle(() => openWebSocket('ws://127.0.0.1:9/'));
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError', url: 'ws://127.0.0.1:9/' } });
  });

  it('gives binary messages as they are asked for', async () => {
    const { url } = await address();
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url, { binaryType: 'arraybuffer' });
      socket.send(new Uint8Array([1, 2]));
      return (await socket.next()).value;
    });
    expect(outcome.status === 'completed' && new Uint8Array(outcome.value as ArrayBuffer)).toEqual(
      new Uint8Array([1, 2]),
    );
  });

  it.each([
    [{ protocols: 5 }, 'Option "protocols" must be a string or strings; got 5 (number).'],
    [{ binaryType: 'text' }, 'Option "binaryType" must be "blob" or "arraybuffer"; got "text" (string).'],
    [{ timeout: 5 }, 'unknown option "timeout"'],
  ])('refuses %o', (options, message) => {
    expect(() => openWebSocket('/', options as never)).toThrow(message);
  });
});
