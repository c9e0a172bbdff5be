import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { NetworkError, openWebSocket, WebSocketClosedError } from 'use-cancelable/fetch';
import { collectUnhandled } from '../react/collectUnhandled.ts';
import { settle } from './faults.ts';
import { refusalOf, socketServer, watchSockets, whenClosed } from './sockets.ts';

describe('a web socket is closed', () => {
  it('when the loop is left', async () => {
    const { url, log } = await socketServer();
    const sockets = watchSockets();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      socket.send('count 5');
      for await (const message of socket) {
        expect(message).toBe('0');
        break;
      }
      // Before the operation ends, which closes it as well.
      expect(await op.wait(log('closed'))).toEqual(['open', 'got count 5', 'closed 1000']);
      expect(await socket.next()).toEqual({ done: true, value: undefined });
      expect(refusalOf(socket)).toMatchObject({
        name: 'InvalidStateError',
        message: `The web socket ${url} has closed: nothing can be sent.`,
      });
    });
    expect(outcome).toMatchObject({ status: 'completed' });
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('when the operation completes without it', async () => {
    const { url, log } = await socketServer();
    const sockets = watchSockets();
    await settle(async () => void (await openWebSocket(url)));
    expect(await log('closed')).toEqual(['open', 'closed 1000']);
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('when the operation completes while it connects, which rejects', async () => {
    const { url, log, go } = await socketServer('held');
    const sockets = watchSockets();
    let opening: Promise<unknown> | undefined;
    await settle(async (op) => {
      opening = openWebSocket(url);
      await op.wait(log('asked'));
    });
    await expect(opening).rejects.toThrow('The operation has completed without awaiting this');
    expect(sockets[0]!.listeners()).toBe(0);
    await go();
    expect((await log('closed')).join()).not.toContain('got');
  });

  it('when the operation fails, after what was sent', async () => {
    const { url, log } = await socketServer();
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url);
      socket.send('hello');
      throw new Error('Broken');
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'Broken' } });
    expect(await log('closed')).toEqual(['open', 'got hello', 'closed 1000']);
  });

  it('by close, after which what has arrived can still be read', async () => {
    const { url, log } = await socketServer();
    const sockets = watchSockets();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      const arrived = new Promise<void>((resolve) =>
        sockets[0]!.socket.addEventListener('message', ({ data }) => data === 'b' && resolve()),
      );
      socket.send('say a|b');
      await op.wait(arrived);
      expect(() => socket.close(5)).toThrow(DOMException);
      socket.close(4000, 'Enough');
      const seen: unknown[] = [];
      for await (const message of socket) seen.push(message);
      return seen;
    });
    expect(outcome).toMatchObject({ status: 'completed', value: ['a', 'b'] });
    expect(await log('closed')).toEqual(['open', 'got say a|b', 'closed 4000 Enough']);
  });
});

describe('the other side', () => {
  it.each([
    ['close 1011 Broken', { code: 1011, reason: 'Broken' }],
    ['close 1001', { code: 1001, reason: '' }],
    ['close 4401 Sign in', { code: 4401, reason: 'Sign in' }],
    ['cut', { code: 1006, reason: '' }],
  ])('makes the items reject after what has arrived: %s', async (command, ending) => {
    const { url } = await socketServer();
    const sockets = watchSockets();
    let refusal: unknown;
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url);
      socket.send('first');
      expect(await socket.next()).toMatchObject({ value: 'first' });
      const waiting = socket.next();
      socket.send(command);
      try {
        await waiting;
      } finally {
        refusal = refusalOf(socket);
      }
    });
    const error = outcome.status === 'failed' ? outcome.error : undefined;
    expect(error).toBeInstanceOf(WebSocketClosedError);
    expect(error).toMatchObject({ name: 'WebSocketClosedError', url, ...ending });
    expect(refusal).toBe(error);
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('may close without a code: that is an end like 1000', async () => {
    const { url } = await socketServer();
    const outcome = await settle(async () => {
      const socket = await openWebSocket(url);
      socket.send('close');
      return await socket.next();
    });
    expect(outcome).toMatchObject({ status: 'completed', value: { done: true } });
  });

  it('that ends it with nobody reading disturbs nobody', async () => {
    const { url } = await socketServer();
    const sockets = watchSockets();
    const unhandled = collectUnhandled();
    const outcome = await settle(async (op) => {
      const socket = await openWebSocket(url);
      const closed = whenClosed(sockets[0]!.socket);
      socket.send('close 1011');
      await op.wait(closed);
      // A rejection that nobody handles is told after the task that it was in.
      await op.sleep(0);
      await op.yield();
      return 'done';
    });
    expect(outcome).toMatchObject({ status: 'completed', value: 'done' });
    expect(unhandled).toEqual([]);
  });
});

describe('a web socket that cannot be opened', () => {
  it.each(['closed', 'refused'] as const)('rejects with a NetworkError: the port is %s', async (kind) => {
    const { url } = await socketServer(kind);
    const sockets = watchSockets();
    const outcome = await settle(() => openWebSocket(url));
    const error = outcome.status === 'failed' ? outcome.error : undefined;
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ url, message: `No connection to ${url} could be made. A page is not told why.` });
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('rejects with a NetworkError for a port that the browser blocks', async () => {
    const sockets = watchSockets();
    const outcome = await settle(() => openWebSocket('ws://127.0.0.1:9/'));
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError', url: 'ws://127.0.0.1:9/' } });
    expect(sockets[0]!.listeners()).toBe(0);
  });

  it('says what the browser has thrown', async () => {
    const refusal = new DOMException('The page is secure and the address is not.', 'SecurityError');
    const sockets = watchSockets(refusal);
    const outcome = await settle(() => openWebSocket('ws://example.test/'));
    expect(outcome).toMatchObject({
      status: 'failed',
      error: {
        name: 'NetworkError',
        message: 'No connection to ws://example.test/ was tried: The page is secure and the address is not.',
        cause: refusal,
      },
    });
    expect(sockets).toEqual([]);
  });
});

describe('bad input', () => {
  it.each<[string | URL, object, string]>([
    ['/', { protocols: 5 }, 'Option "protocols" must be a string; got 5 (number).'],
    ['/', { protocols: [''] }, 'Option "protocols" must be names without spaces; got "" (string).'],
    ['/', { protocols: 'a b' }, 'Option "protocols" must be names without spaces; got "a b" (string).'],
    ['/', { protocols: ['a', 'a'] }, 'Option "protocols" must be names that differ; got "a" (string).'],
    ['/', { binaryType: 'text' }, 'Option "binaryType" must be one of "blob", "arraybuffer"; got "text" (string).'],
    ['/', { operation: {} }, 'Option "operation" must be an operation; got an object.'],
    ['/', { timeout: 5 }, 'unknown option "timeout"'],
    [5 as never, {}, 'The url of openWebSocket must be a string or a URL; got 5 (number).'],
    ['http://', {}, 'The url of openWebSocket must be a ws, wss, http or https address; got "http://" (string).'],
    [new URL('ftp://a/'), {}, 'must be a ws, wss, http or https address; got "ftp://a/" (string).'],
    ['/chat#top', {}, 'The url of openWebSocket must be an address without a fragment'],
  ])('is refused before anything starts: %s %o', (url, options, message) => {
    const sockets = watchSockets();
    expect(() => openWebSocket(url, options)).toThrow(message);
    expect(sockets).toEqual([]);
  });

  it('is refused by send, which would turn it into a string', async () => {
    const { url, log } = await socketServer();
    await settle(async () => {
      const socket = await openWebSocket(url);
      expect(() => socket.send({} as never)).toThrow('The message of send must be a string, a Blob');
    }).then(({ status }) => expect(status).toBe('completed'));
    expect(await log('closed')).toEqual(['open', 'closed 1000']);
  });

  it('is told from an address of the page itself, or of http', async () => {
    const { url } = await socketServer();
    const sockets = watchSockets();
    const op = new Cancelable({ parent: null }).start();
    const socket = await openWebSocket(url.replace('ws:', 'http:'), { operation: op });
    expect(sockets[0]!.socket.url).toBe(url);
    void openWebSocket('/chat', { operation: op });
    expect(sockets[1]!.socket.url).toBe(`ws://${location.host}/chat`);
    op.cancel();
    await expect(socket.next()).rejects.toBe(op.error);
  });
});
