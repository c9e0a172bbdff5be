import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, timeout } from 'use-cancelable/core';
import { openWebSocket } from 'use-cancelable/fetch';
import { settle } from './faults.ts';
import { refusalOf, socketServer, watchSockets, whenClosed } from './sockets.ts';

const create = (): Cancelable => new Cancelable({ parent: null });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('openWebSocket', () => {
  it('gives the messages as items, with the current operation at each, until the other side is done', async () => {
    const { url, log } = await socketServer();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      expect(currentOperation()).toBe(op);
      socket.send('say one|two');
      socket.send('close 1000 Done');
      const seen: unknown[] = [];
      for await (const message of socket) {
        expect(currentOperation()).toBe(op);
        seen.push(message);
      }
      return seen;
    });
    expect(outcome).toMatchObject({ status: 'completed', value: ['one', 'two'] });
    expect(await log('closed')).toEqual(['open', 'got say one|two', 'got close 1000 Done', 'closed 1000 Done']);
  });

  it('works without an operation, and in the one that it is given', async () => {
    const { url } = await socketServer();
    const alone = await openWebSocket(url);
    alone.send('close 1000');
    expect(await collect(alone)).toEqual([]);
    const op = create().start();
    const socket = await openWebSocket(url, { operation: op });
    op.cancel('Stop');
    await expect(socket.next()).rejects.toBe(op.error);
  });

  it('gives 1000 messages that came at once, in order, before the end', async () => {
    const { url } = await socketServer();
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url);
      socket.send('count 1000');
      socket.send('close 1000');
      return await collect(socket);
    });
    expect(outcome).toMatchObject({ value: Array.from({ length: 1000 }, (_, index) => `${index}`) });
  });

  it('keeps what has arrived for who reads it after the end', async () => {
    const { url } = await socketServer();
    const sockets = watchSockets();
    const seen: unknown[] = [];
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      const closed = whenClosed(sockets[0]!.socket);
      socket.send('count 1000');
      socket.send('close 1011 Broken');
      await op.wait(closed);
      for await (const message of socket) seen.push(message);
    });
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => `${index}`));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 1011, reason: 'Broken' } });
  });

  it('takes and gives binary messages, as they are asked for', async () => {
    const { url, log } = await socketServer();
    const outcome = await settle(async () => {
      const blobs = await openWebSocket(url);
      blobs.send(new Blob(['ab']));
      const blob = (await blobs.next()).value as Blob;
      const buffers = await openWebSocket(url, { binaryType: 'arraybuffer' });
      buffers.send(new Uint8Array([1, 2, 3]));
      const buffer = (await buffers.next()).value as ArrayBuffer;
      return [await blob.text(), [...new Uint8Array(buffer)]];
    });
    expect(outcome).toMatchObject({ value: ['ab', [1, 2, 3]] });
    expect(await log('got 3')).toContain('got 2 bytes');
  });

  it('says which subprotocol the server has chosen, and how much has not left yet', async () => {
    const { url } = await socketServer();
    await settle(async (op) => {
      const socket = await openWebSocket(url, { protocols: ['chat.v2', 'chat.v1'] });
      expect([socket.protocol, socket.bufferedAmount]).toEqual(['chat.v1', 0]);
      socket.send(new Uint8Array(1_000_000));
      expect(socket.bufferedAmount).toBe(1_000_000);
      while (socket.bufferedAmount > 0) await op.sleep(5);
    }).then((outcome) => expect(outcome).toMatchObject({ status: 'completed' }));
  });
});

describe('the cancelation of the operation', () => {
  it('opens nothing when it came before', async () => {
    const sockets = watchSockets();
    const op = create();
    const outcome = await op.settle(async () => {
      op.cancel('Stop');
      await openWebSocket('/chat');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop' });
    expect(sockets).toEqual([]);
  });

  it('ends the items in the middle, keeps the partial text, and closes the socket', async () => {
    const { url, log } = await socketServer();
    const sockets = watchSockets();
    const op = create();
    const canceled: boolean[] = [];
    let refusal: unknown;
    const outcome = await op.settle(async (op) => {
      const socket = await openWebSocket<string>(url);
      socket.send('say To |be|, or |not|!');
      let text = '';
      for await (const token of socket) {
        op.context.partialResult = text += token;
        if (text !== 'To be, or ') continue;
        canceled.push(op.cancel('Stop'), op.cancel('Again'));
        refusal = refusalOf(socket);
      }
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop', partialResult: 'To be, or ' });
    expect([canceled, refusal]).toEqual([[true, false], op.error]);
    expect(await log('closed')).toEqual(['open', 'got say To |be|, or |not|!', 'closed 1000']);
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('counts when it comes with the last message', async () => {
    const { url } = await socketServer();
    const sockets = watchSockets();
    const op = create();
    const seen: unknown[] = [];
    const outcome = await op.settle(async (op) => {
      const socket = await openWebSocket(url);
      const closed = whenClosed(sockets[0]!.socket);
      socket.send('count 3');
      socket.send('close 1000');
      await op.wait(closed);
      for await (const message of socket) {
        seen.push(message);
        if (message === '2') op.cancel('At the last');
      }
      seen.push('The loop has ended as if nothing had been.');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'At the last' });
    expect(seen).toEqual(['0', '1', '2']);
  });

  it.each(['cancel', 'timeout'] as const)('gives up a connection that is being made: by %s', async (reason) => {
    const { url, log, go } = await socketServer('held');
    const sockets = watchSockets();
    const op = create();
    const run = op.settle(() => openWebSocket(url));
    await log('asked');
    if (reason === 'cancel') op.cancel('Too long');
    else op.addSource(timeout(5));
    expect(await run).toMatchObject({ status: 'canceled', reason: reason === 'cancel' ? 'manual' : 'timeout' });
    expect(sockets[0]!.listeners()).toBe(0);
    expect(sockets[0]!.socket.readyState).toBeGreaterThanOrEqual(WebSocket.CLOSING);
    // Firefox leaves the connection before the server has answered, but keeps it open until then.
    await go();
    expect((await log('closed')).join()).not.toContain('got');
  });

  it('ends a wait for a message by the timeout', async () => {
    const { url, log } = await socketServer();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      socket.send('hello');
      expect(await socket.next()).toEqual({ done: false, value: 'hello' });
      op.addSource(timeout(5));
      await socket.next();
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(await log('closed')).toEqual(['open', 'got hello', 'closed 1000']);
  });
});
