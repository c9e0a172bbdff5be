import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { upload } from 'use-cancelable/fetch';
import { faults, settle } from './faults.ts';

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
    const { url, fate } = faults('echo', { then: 'stall' });
    const outcome = await settle(() => upload(url, 'a'), { timeout: 150 });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(await fate()).toMatchObject({ received: 1, sentWhole: false });
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
    const failed = await settle(() => upload(faults('reset').url, 'a'));
    expect(failed).toMatchObject({ status: 'failed', error: { name: 'NetworkError' } });
  });

  it('gives an answer without a body, and tells the deadline', async () => {
    const { url, fate } = faults('status', { status: 204 });
    const outcome = await settle(() => upload(url, 'a', { deadlineHeader: 'x-deadline-ms' }), { timeout: 5000 });
    expect(outcome.status === 'completed' && outcome.value.status).toBe(204);
    expect(Number((await fate()).headers['x-deadline-ms'])).toBeGreaterThan(0);
  });

  it.each([
    [null, {}, 'The body of upload must be what can be sent; got null.'],
    ['a', { credentials: 'omit' }, 'Option "credentials" must be "same-origin" or "include"; got "omit" (string).'],
    ['a', { method: 5 }, 'Option "method" must be a string; got 5 (number).'],
  ])('refuses %o with %o', (body, options, message) => {
    expect(() => upload('/faults/echo', body as never, options as never)).toThrow(message);
  });
});
