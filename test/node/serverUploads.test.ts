import { request } from 'node:http';
import { describe, expect, it, vi } from 'vitest';

import { countingBytes, hasEnded, serve, waitForRow } from './serverSupport.ts';

describe('an upload', () => {
  it('is counted, and answered when the server has all of it', async () => {
    const { url, errors } = await serve();
    const response = await fetch(`${url}/api/uploads?rate=100000000`, {
      method: 'POST',
      headers: { 'x-request-id': 'whole' },
      body: new Uint8Array(300_000),
    });
    expect([response.status, await response.json()]).toEqual([200, { received: 300_000 }]);
    expect(await waitForRow(url, 'whole', hasEnded)).toMatchObject({
      method: 'POST',
      path: '/uploads',
      state: 'sent',
      received: 300_000,
    });
    expect(errors).toEqual([]);
  });

  it('without a body is an upload of nothing', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/uploads`, { method: 'POST' });
    expect(await response.json()).toEqual({ received: 0 });
  });

  it('is taken no faster than the client asks for', async () => {
    const { url } = await serve();
    const start = performance.now();
    await fetch(`${url}/api/uploads?rate=100000`, { method: 'POST', body: new Uint8Array(50_000) });
    // Half a second, less what a pace gives ahead.
    expect(performance.now() - start).toBeGreaterThan(350);
  });

  it.each([
    ['that sends faster than it is taken', 100_000, 20_000],
    ['that sends no more', 100_000, 10_000_000],
    ['that has sent all and waits for the answer', 50_000, 20_000],
  ])('of a client %s and then lets go is logged as such', async (_, length, rate) => {
    const { url, backEnd, errors } = await serve();
    const headers = { 'x-request-id': 'gone', 'content-length': length };
    const upload = request(`${url}/api/uploads?rate=${rate}`, { method: 'POST', headers, agent: false });
    upload.on('error', () => {}); // it is destroyed below
    upload.write(countingBytes(50_000));
    await waitForRow(url, 'gone', ({ received = 0 }) => received > 0);
    upload.destroy();
    const row = await waitForRow(url, 'gone', hasEnded);
    expect(row).toMatchObject({ state: 'letGo', bytes: 0 });
    expect(row.status).toBeUndefined();
    expect(row.received).toBeLessThan(length);
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
    expect(errors).toEqual([]);
  });

  it('that is no POST, or has a rate that is none, is refused', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/uploads`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    const fast = await fetch(`${url}/api/uploads?rate=fast`, { method: 'POST', body: new Uint8Array(300_000) });
    expect([fast.status, await fast.text()]).toEqual([400, expect.stringContaining('rate: expected a whole number')]);
  });
});
