import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { upload, type UploadBody } from 'use-cancelable/fetch';
import { faults, settle, settleLate } from './faults.ts';

const form = new FormData();
form.set('file', new Blob(['text']), 'file.txt');

const big = new Blob([new Uint8Array(4_000_000)]);

describe('upload', () => {
  it('sends the body, tells how far it is, and gives the answer', async () => {
    const op = new Cancelable({ parent: null });
    const totals: unknown[] = [];
    const percents: (number | undefined)[] = [];
    op.onProgress((_id, message, { total }) => {
      expect(message).toBe('Uploading');
      totals.push(total);
      percents.push(op.progress.progress);
    });
    const { url } = faults('echo', { slow: 1 });
    const response = await op.run(() => upload(url, big, { method: 'PUT', headers: { 'x-a': 'b' } }));
    expect(response.url).toBe(new URL(url, location.href).href);
    expect(await response.json()).toMatchObject({ received: 4_000_000, method: 'PUT', headers: { 'x-a': 'b' } });
    expect(new Set(totals)).toEqual(new Set([4_000_000]));
    expect(percents.every((percent) => percent! <= 99)).toBe(true);
  });

  it('closes the connection in the middle when the operation is canceled', async () => {
    const { url, fate } = faults('echo', { slow: 1 });
    const op = new Cancelable({ parent: null });
    op.onProgress(() => void op.cancel('Stop'));
    const outcome = await op.settle(() => upload(url, new Blob([new Uint8Array(30_000_000)])));
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Stop' });
    const { received, sentWhole } = await fate();
    expect(received).toBeLessThan(30_000_000);
    expect(sentWhole).toBe(false);
  });

  it('closes it while it waits for the answer', async () => {
    const asked = faults('echo', { then: 'stall' });
    const outcome = await settleLate(() => upload(asked.url, 'a'), asked);
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(await asked.fate()).toMatchObject({ received: 1, sentWhole: false });
  });

  it('sends nothing when it was canceled before', async () => {
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle(async () => {
      op.cancel('No');
      await upload('/faults/echo', 'a');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'No' });
  });

  it('tells a status from a connection that fails', async () => {
    const refused = await settle(() => upload(faults('status', { status: 413 }).url, 'a'));
    expect(refused).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 413 } });
    const { url } = faults('reset');
    const failed = await settle(() => upload(url, 'a'));
    const address = new URL(url, location.href).href;
    expect(failed).toMatchObject({ status: 'failed', error: { name: 'NetworkError', url: address } });
  });

  it('gives an answer without a body, and tells the deadline', async () => {
    const { url, fate } = faults('status', { status: 204 });
    const outcome = await settle(() => upload(url, 'a', { deadlineHeader: 'x-deadline-ms' }), { timeout: 5000 });
    expect(outcome.status === 'completed' && outcome.value.status).toBe(204);
    expect(Number((await fate()).headers['x-deadline-ms'])).toBeGreaterThan(0);
  });

  it.each<[string, UploadBody, string, number | undefined]>([
    ['a form', form, 'multipart/form-data', undefined],
    ['a query', new URLSearchParams({ a: 'ü' }), 'application/x-www-form-urlencoded', 8],
    ['a Blob of nothing', new Blob([], { type: 'text/csv' }), 'text/csv', 0],
    ['a part of a buffer', new Uint8Array([1, 2, 3, 4]).subarray(1, 3), '', 2],
  ])('sends %s', async (_name, body, type, bytes) => {
    const { url, fate } = faults('echo');
    const outcome = await settle(() => upload(url, body));
    expect(outcome.status).toBe('completed');
    const { headers, received } = await fate();
    expect(headers['content-type'] ?? '').toContain(type);
    // Each browser has boundaries of its own in a form.
    expect(bytes ?? received).toBe(received);
  });

  it('gives what the server has said, and no more', async () => {
    const odd = await settle(() => upload(faults('status', { status: 299, words: 'Odd' }).url, 'a'));
    expect(odd).toMatchObject({ status: 'completed', value: { status: 299, ok: true } });
    const refused = await settle(() => upload(faults('status', { status: 999, words: 'No' }).url, 'a'));
    expect(refused).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 999 } });
    const answer = await settle(() => upload(faults('whole', { type: 'none' }).url, 'a'));
    const headers = answer.status === 'completed' ? answer.value.headers : undefined;
    expect(headers?.get('content-type')).toBeNull();
  });

  it('ends when the server refuses before all has come', async () => {
    const outcome = await settle(() => upload(faults('refuse').url, new Blob([new Uint8Array(30_000_000)])));
    // What the browser makes of it depends on whether the answer is there before the connection breaks.
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { name: expect.stringMatching(/^(?:HttpError|NetworkError)$/) as string },
    });
  });

  it('ends with a cancelation when that comes at the last byte', async () => {
    const { url, fate } = faults('echo', { then: 'stall' });
    const op = new Cancelable({ parent: null });
    op.onProgress((_id, _message, { current, total }) => void (current === total && op.cancel('Enough')));
    expect(await op.settle(() => upload(url, big))).toMatchObject({ status: 'canceled', message: 'Enough' });
    expect((await fate()).sentWhole).toBe(false);
  });

  it('lets the caller’s own signal end it, which is no cancelation of the operation', async () => {
    const { url, fate } = faults('echo', { then: 'stall' });
    const own = new AbortController();
    const mine = new Error('Mine');
    const outcome = await settle((op) => {
      const answer = upload(url, 'a', { signal: own.signal });
      void op.sleep(100).then(() => own.abort(mine));
      return answer;
    });
    expect(outcome).toEqual({ status: 'failed', error: mine });
    expect((await fate()).sentWhole).toBe(false);
  });

  it('rejects with the error of a stream that breaks off, or refuses streams', async () => {
    const mine = new Error('Mine');
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(mine) });
    const outcome = await settle(() =>
      upload('/faults/echo', body, {
        async fetch(input) {
          await new Response((input as Request).body).arrayBuffer();
          return new Response();
        },
      }),
    );
    if (outcome.status !== 'failed') throw new Error('It has not failed.');
    const { error } = outcome;
    expect(error === mine || String(error).includes('This browser cannot send a ReadableStream')).toBe(true);
  });

  it.each([
    [null, {}, 'The body of upload must be what can be sent; got null.'],
    ['a', { credentials: 'omit' }, 'Option "credentials" must be "same-origin" or "include"; got "omit" (string).'],
    ['a', { timeout: 5 }, 'unknown option "timeout"'],
    ['a', { signal: {} }, 'Option "signal" must be an AbortSignal; got an object.'],
    ['a', { method: 5 }, 'Option "method" must be a string; got 5 (number).'],
  ])('refuses %o with %o', (body, options, message) => {
    expect(() => upload('/faults/echo', body as never, options as never)).toThrow(message);
  });
});
