import { readdir, readlink, realpath } from 'node:fs/promises';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, vi } from 'vitest';

import {
  countingBytes,
  hasEnded,
  letGoAfterFirstBytes,
  makeFile,
  readLog,
  serve,
  waitForRow,
} from './serverSupport.ts';

async function isOpenHere(path: string): Promise<boolean> {
  const links = await Promise.allSettled(
    (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`)),
  );
  return links.some((link) => link.status === 'fulfilled' && link.value === path);
}

describe('a client that lets go of a file', () => {
  it('is logged with the bytes that went out, neither none nor all', async () => {
    const { sources } = await makeFile('data', countingBytes(1_000_000));
    const { url, backEnd, errors } = await serve(sources);
    await letGoAfterFirstBytes(`${url}/api/files/data?rate=400000`, 'gone');
    const row = await waitForRow(url, 'gone', hasEnded);
    expect(row).toMatchObject({ state: 'letGo', status: 200, total: 1_000_000, path: '/files/data' });
    expect(row.bytes).toBeGreaterThan(0);
    expect(row.bytes).toBeLessThan(1_000_000);
    expect(row.endedAt).toBeGreaterThanOrEqual(row.time);
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
    expect(errors).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('makes the server close the file at once', async () => {
    const made = await makeFile('data', countingBytes(1_000_000));
    const path = await realpath(made.path);
    const { url } = await serve(made.sources);
    const controller = new AbortController();
    const response = await fetch(`${url}/api/files/data?rate=1000`, { signal: controller.signal });
    await response.body?.getReader().read();
    expect(await isOpenHere(path)).toBe(true);
    controller.abort();
    await vi.waitFor(async () => expect(await isOpenHere(path)).toBe(false));
  });

  it.runIf(process.platform === 'linux')(
    'leaves the file closed after a whole transfer and after a refusal too',
    async () => {
      const made = await makeFile('data', countingBytes(1000));
      const path = await realpath(made.path);
      const { url } = await serve(made.sources);
      await (await fetch(`${url}/api/files/data`)).arrayBuffer();
      expect((await fetch(`${url}/api/files/data`, { headers: { range: 'bytes=5000-' } })).status).toBe(416);
      await vi.waitFor(async () => expect(await isOpenHere(path)).toBe(false));
    },
  );
});

describe('the bytes of a row', () => {
  it('are those that have left, not those that wait for a client that does not read', async () => {
    const { url } = await serve();
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(`${url}/api/files/node`, { headers: { 'x-request-id': 'slow' }, agent: false }, resolve),
    );
    // A response without a reader fills the buffers of the two sockets and then holds the server up.
    let before = -1;
    const stalled = await vi.waitFor(
      async () => {
        const row = await waitForRow(url, 'slow', ({ bytes }) => bytes > 0);
        const isStill = row.bytes === before;
        before = row.bytes;
        if (!isStill) throw new Error('Still flowing.');
        return row;
      },
      { timeout: 4000, interval: 150 },
    );
    expect(stalled.state).toBe('sending');
    expect(stalled.bytes).toBeLessThan(stalled.total ?? 0);

    let received = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) received += chunk.byteLength;
    expect(received).toBe(stalled.total);
    expect(await waitForRow(url, 'slow', hasEnded)).toMatchObject({ state: 'sent', bytes: received });
  });
});

describe('ten clients at once', () => {
  it('each get the same bytes, and those that let go disturb nobody', async () => {
    const { sources, content } = await makeFile('data', countingBytes(300_000));
    const { url, backEnd } = await serve(sources);
    const target = `${url}/api/files/data?rate=600000`;
    const numbers = [1, 2, 3, 4, 5];
    const [bodies] = await Promise.all([
      Promise.all(
        numbers.map(async (number) => {
          const response = await fetch(target, { headers: { 'x-request-id': `stays-${number}` } });
          return Buffer.from(await response.arrayBuffer());
        }),
      ),
      Promise.all(numbers.map((number) => letGoAfterFirstBytes(target, `goes-${number}`))),
    ]);
    for (const body of bodies) expect(body.equals(content)).toBe(true);
    await vi.waitFor(() => expect(backEnd.working).toBe(0));

    const rows = await vi.waitFor(async () => {
      const list = await readLog(url);
      expect(list.every(hasEnded)).toBe(true);
      return list;
    });
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const stayed = rows.filter(({ requestId }) => requestId?.startsWith('stays'));
    const gone = rows.filter(({ requestId }) => requestId?.startsWith('goes'));
    expect(stayed.map(({ state, bytes }) => [state, bytes])).toEqual(numbers.map(() => ['sent', 300_000]));
    expect(gone.map(({ state }) => state)).toEqual(numbers.map(() => 'letGo'));
    for (const { bytes } of gone) expect(bytes).toBeLessThan(300_000);
  });
});
