import createClient from 'openapi-fetch';
import ky from 'ky';
import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, wait } from 'use-cancelable/core';
import { cancelableFetch, createFetch, HttpError, NetworkError } from 'use-cancelable/fetch';
import { cancelAfter, faults, settle, settleLate } from './faults.ts';

describe('cancelableFetch', () => {
  it('answers as fetch does, with the current operation after it', async () => {
    const { url } = faults('status', { status: 404, words: 'Nothing' });
    const outcome = await settle(async (op) => {
      const response = await cancelableFetch(url);
      expect(currentOperation()).toBe(op);
      return {
        status: response.status,
        url: response.url,
        type: response.type,
        text: await wait(response.clone().text()),
      };
    });
    expect(outcome).toMatchObject({
      status: 'completed',
      value: { status: 404, url: new URL(url, location.href).href, type: 'basic', text: 'Nothing' },
    });
  });

  it('sends nothing when the operation is canceled before the start', async () => {
    const spy = vi.fn<typeof fetch>();
    const send = createFetch({ fetch: spy });
    const op = new Cancelable();
    const outcome = await op.settle(async () => {
      op.cancel('Not needed');
      await send('/faults/whole');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Not needed' });
    expect(spy).not.toHaveBeenCalled();
  });

  it('closes the connection when the operation is canceled before the answer', async () => {
    const { url, fate } = faults('echo', { then: 'stall' });
    const op = new Cancelable();
    const run = op.settle(() => cancelableFetch(url, { method: 'POST', body: 'a' }));
    await vi.waitFor(async () => expect((await fetch('/faults/status?status=204')).status).toBe(204));
    expect(op.cancel('Stop')).toBe(true);
    expect(op.cancel('Twice')).toBe(false);
    expect(await run).toMatchObject({ status: 'canceled', message: 'Stop' });
    expect((await fate()).sentWhole).toBe(false);
  });

  it('closes it in the middle of the body, and each way to read rejects with the error of the operation', async () => {
    const { url, fate } = faults('file', { cut: 50_000, then: 'stall' });
    const op = new Cancelable();
    let read: Promise<unknown> | undefined;
    cancelAfter(op, 50_000);
    const outcome = await op.settle(async (op) => {
      const response = await cancelableFetch(url);
      read = response.arrayBuffer();
      return await op.wait(read);
    });
    expect(outcome.status).toBe('canceled');
    await expect(read).rejects.toBe(op.error);
    expect((await fate()).sentWhole).toBe(false);
  });

  it('ends with a cancelation when that comes at the last byte', async () => {
    const { url } = faults('whole');
    const op = new Cancelable();
    cancelAfter(op, 300_000);
    const outcome = await op.settle(async (op) => op.wait((await cancelableFetch(url)).arrayBuffer()));
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Enough' });
  });

  it('ends a body that stalls by the timeout of the operation', async () => {
    const asked = faults('file', { cut: 10_000, then: 'stall' });
    const outcome = await settleLate(async (op) => op.wait((await cancelableFetch(asked.url)).text()), asked);
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect((await asked.fate()).sentWhole).toBe(false);
  });

  it('lets the caller’s own signal end it, which is no cancelation of the operation', async () => {
    const { url, fate } = faults('echo', { then: 'stall' });
    const own = new AbortController();
    const mine = new Error('Mine');
    const outcome = await settle((op) => {
      const response = cancelableFetch(url, { method: 'POST', body: 'a', signal: own.signal });
      void op.sleep(100).then(() => own.abort(mine));
      return response;
    });
    expect(outcome).toEqual({ status: 'failed', error: mine });
    expect((await fate()).sentWhole).toBe(false);
  });

  it('tells a connection that fails from bad input and from a status', async () => {
    const { url } = faults('reset');
    const failed = await settle(() => cancelableFetch(url));
    expect(failed).toMatchObject({
      status: 'failed',
      error: { name: 'NetworkError', url: new URL(url, location.href).href },
    });
    expect(
      failed.status === 'failed' && failed.error instanceof NetworkError && failed.error instanceof TypeError,
    ).toBe(true);
    const bad = await settle(() => cancelableFetch('http://[', {}));
    expect(bad.status === 'failed' && bad.error instanceof TypeError && !(bad.error instanceof NetworkError)).toBe(
      true,
    );
    const refused = await settle(() => createFetch({ throwHttpErrors: true })(faults('status', { status: 503 }).url));
    expect(refused).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 503 } });
    expect(refused.status === 'failed' && refused.error instanceof HttpError).toBe(true);
  });

  it('tells how far a body came that broke off', async () => {
    const { url, go } = faults('file', { cut: 40_000, then: 'reset' });
    const outcome = await settle(async (op) => {
      op.onProgress((_id, _message, { current }) => void (current === 40_000 && go()));
      return op.wait((await cancelableFetch(url)).blob());
    });
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError' } });
    expect(String(outcome.status === 'failed' && outcome.error)).toMatch(/broke off after 40000 of 300000 bytes/);
  });
});

describe('the progress of a fetch', () => {
  const watch = async (
    path: string,
    query: Record<string, string | number> = {},
  ): Promise<readonly (number | undefined)[]> => {
    const op = new Cancelable({ parent: null });
    const seen: (number | undefined)[] = [];
    op.onProgress(() => void seen.push(op.progress.progress));
    await op.run(async (op) => op.wait((await cancelableFetch(faults(path, query).url)).arrayBuffer()));
    return seen;
  };

  it('follows Content-Length and is never 100 before the end', async () => {
    const seen = await watch('whole');
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(99);
    expect(seen.every((percent, index) => percent! >= (seen[index - 1] ?? 0))).toBe(true);
  });

  it('is indeterminate when the length is unknown or that of the compressed body', async () => {
    expect(new Set(await watch('file', { length: 'none' }))).toEqual(new Set([undefined]));
    expect(new Set(await watch('compressed'))).toEqual(new Set([undefined]));
  });

  it('is one sum for several at once', async () => {
    const op = new Cancelable({ parent: null });
    await op.run(async (op) => {
      const load = op.bind(() => cancelableFetch(faults('whole').url));
      const [one, other] = await op.wait(Promise.all([load(), load()]));
      await op.wait(Promise.all([one.arrayBuffer(), other.arrayBuffer()]));
    });
    expect(op.progress.total).toBe(600_000);
    expect(op.progress.current).toBe(600_000);
  });
});

describe('the deadline', () => {
  it('travels in whole milliseconds in the header that is named, and not without a deadline', async () => {
    const fetchWithDeadline = createFetch({ deadlineHeader: 'x-deadline-ms' });
    const limited = faults('whole');
    await settle(async (op) => op.wait((await fetchWithDeadline(limited.url)).arrayBuffer()), { timeout: 5000 });
    const sent = Number((await limited.fate()).headers['x-deadline-ms']);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThanOrEqual(5000);
    const free = faults('whole');
    await settle(async (op) => op.wait((await fetchWithDeadline(free.url)).arrayBuffer()));
    expect((await free.fate()).headers).not.toHaveProperty('x-deadline-ms');
  });
});

describe('a library that takes a fetch', () => {
  it('ky is canceled with the operation', async () => {
    const { url, fate } = faults('file', { cut: 10_000, then: 'stall' });
    const op = new Cancelable();
    cancelAfter(op, 10_000);
    const api = ky.create({ fetch: createFetch({ operation: op }), timeout: false, retry: 0 });
    const outcome = await op.settle((op) => op.wait(api.get(new URL(url, location.href)).arrayBuffer()));
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Enough' });
    expect((await fate()).sentWhole).toBe(false);
  });

  it('openapi-fetch is canceled with the operation', async () => {
    const asked = faults('echo', { then: 'stall' });
    const client = createClient<Record<string, never>>({
      baseUrl: location.origin,
      fetch: (request: Request) => cancelableFetch(request),
    });
    const post = (op: Cancelable) => op.wait(client.POST(asked.url as never, { body: 'a' } as never));
    expect(await settleLate(post, asked)).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect((await asked.fate()).sentWhole).toBe(false);
  });
});

describe('bad input of createFetch', () => {
  it.each([
    [{ operation: {} }, 'Option "operation" must be an operation; got an object.'],
    [{ fetch: 5 }, 'Option "fetch" must be a function; got 5 (number).'],
    [{ deadlineHeader: 'a b' }, 'Option "deadlineHeader" must be the name of a header; got "a b" (string).'],
    [{ timeout: 5 }, 'unknown option "timeout"'],
  ])('%o is refused', (options, message) => {
    expect(() => createFetch(options as never)).toThrow(message);
  });
});
