import { stat, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';

import type { FileEntry } from '../../playground/server/contract.ts';
import { countingBytes, hasEnded, makeFile, serve, waitForRow } from './serverSupport.ts';

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe('the list of files', () => {
  it('names real files of this machine, the running Node among them', async () => {
    const { url } = await serve();
    const files = (await (await fetch(`${url}/api/files`)).json()) as FileEntry[];
    expect(files.map(({ name }) => name)).toEqual(['node', 'LICENSE', 'cover']);
    expect(files[0]).toMatchObject({ size: (await stat(process.execPath)).size, title: `Node.js ${process.version}` });
    expect(files[0]?.size).toBeGreaterThan(50_000_000);
    expect(files[1]?.size).toBeGreaterThan(50_000);
    expect(files[2]?.size).toBeGreaterThan(1_000_000);
  });

  it('leaves out what is not there, and takes the first candidate that is', async () => {
    const { path } = await makeFile('here', countingBytes(10));
    const missing = { path: `${path}-missing`, title: 'missing' };
    const { url } = await serve([
      { name: 'absent', type: 'text/plain', candidates: [missing] },
      { name: 'present', type: 'text/plain', candidates: [missing, { path, title: 'second choice' }] },
    ]);
    expect(await (await fetch(`${url}/api/files`)).json()).toMatchObject([{ name: 'present', title: 'second choice' }]);
    expect((await fetch(`${url}/api/files/absent`)).status).toBe(404);
  });
});

describe('a file', () => {
  it('arrives whole, with what a client needs to go on later', async () => {
    const { sources, content } = await makeFile('data', countingBytes(700_000));
    const { url } = await serve(sources);
    const response = await fetch(`${url}/api/files/data`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('700000');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(Date.parse(response.headers.get('last-modified') ?? '')).not.toBeNaN();
    expect((await bytesOf(response)).equals(content)).toBe(true);
  });

  it('answers HEAD with the same head and no body', async () => {
    const { sources } = await makeFile('data', countingBytes(5000));
    const { url } = await serve(sources);
    const response = await fetch(`${url}/api/files/data`, {
      method: 'HEAD',
      headers: { range: 'bytes=0-9', 'x-request-id': 'head' },
    });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '5000']);
    const row = await waitForRow(url, 'head', hasEnded);
    expect(row).toMatchObject({ method: 'HEAD', state: 'sent', bytes: 0 });
    expect(row.total).toBeUndefined();
  });

  it.each([
    ['bytes=100-199', 100, 200],
    ['bytes=100-', 100, 1000],
    ['bytes=-100', 900, 1000],
    ['bytes=999-5000', 999, 1000],
    ['bytes=-5000', 0, 1000],
  ])('sends the range %s with 206', async (range, start, end) => {
    const { sources, content } = await makeFile('data', countingBytes(1000));
    const { url } = await serve(sources);
    const response = await fetch(`${url}/api/files/data`, { headers: { range, 'x-request-id': 'range' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000`);
    expect((await bytesOf(response)).equals(content.subarray(start, end))).toBe(true);
    expect(await waitForRow(url, 'range', hasEnded)).toMatchObject({
      status: 206,
      bytes: end - start,
      total: end - start,
    });
  });

  it.each(['bytes=1000-', 'bytes=2000-3000', 'bytes=-0'])(
    'refuses the range %s with 416 and the size',
    async (range) => {
      const { sources } = await makeFile('data', countingBytes(1000));
      const { url } = await serve(sources);
      const response = await fetch(`${url}/api/files/data`, { headers: { range } });
      expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
      expect(await response.text()).toContain('1000 bytes');
    },
  );

  it.each(['bytes=9-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=a-b'])(
    'sends the whole for %s, which it does not understand',
    async (range) => {
      const { sources } = await makeFile('data', countingBytes(1000));
      const { url } = await serve(sources);
      const response = await fetch(`${url}/api/files/data`, { headers: { range } });
      expect([response.status, (await bytesOf(response)).byteLength]).toEqual([200, 1000]);
    },
  );

  it.each(['etag', 'last-modified'])(
    'goes on from a range while the %s is the same, and starts over when it changed',
    async (validator) => {
      const { path, sources, content } = await makeFile('data', countingBytes(1000));
      const { url } = await serve(sources);
      const known = (await fetch(`${url}/api/files/data`, { method: 'HEAD' })).headers.get(validator) ?? '';
      // As long as before: only the time and the content tell.
      const other = Buffer.alloc(1000, 'new');
      const goOn = () => fetch(`${url}/api/files/data`, { headers: { range: 'bytes=600-', 'if-range': known } });

      const same = await goOn();
      expect(same.status).toBe(206);
      expect((await bytesOf(same)).equals(content.subarray(600))).toBe(true);

      await vi.waitFor(
        async () => {
          await writeFile(path, other);
          expect((await fetch(`${url}/api/files/data`, { method: 'HEAD' })).headers.get(validator)).not.toBe(known);
        },
        { timeout: 3000, interval: 200 },
      );
      const changed = await goOn();
      expect(changed.status).toBe(200);
      expect((await bytesOf(changed)).equals(other)).toBe(true);
    },
  );

  it('comes in parts that join to the whole and end with a line', async () => {
    const text = Array.from({ length: 301 }, (_, index) => `line ${index} ${'ä'.repeat(index % 17)}`).join('\n');
    const { sources } = await makeFile('text', Buffer.from(text));
    const { url } = await serve(sources);
    const parts = await Promise.all(
      [1, 2, 3, 4].map(async (part) => await (await fetch(`${url}/api/files/text?part=${part}`)).text()),
    );
    expect(parts.join('')).toBe(text);
    for (const part of parts.slice(0, -1)) expect(part.endsWith('\n')).toBe(true);
    for (const part of parts) expect(part.length).toBeGreaterThan(text.length / 5);

    const [half, whole] = await Promise.all([
      fetch(`${url}/api/files/text?part=2&parts=2`),
      fetch(`${url}/api/files/text`),
    ]);
    expect(half.headers.get('etag')).not.toBe(whole.headers.get('etag'));
  });

  it('breaks the connection and says so when the file shrinks meanwhile', async () => {
    const { path, sources } = await makeFile('data', countingBytes(200_000));
    const { url, errors } = await serve(sources);
    const response = await fetch(`${url}/api/files/data?rate=200000`, { headers: { 'x-request-id': 'shrunk' } });
    await truncate(path, 10);
    await expect(response.arrayBuffer()).rejects.toThrow('terminated');
    const row = await waitForRow(url, 'shrunk', hasEnded);
    expect(row).toMatchObject({
      state: 'answered',
      status: 200,
      error: expect.stringContaining('The file ended at byte'),
    });
    expect(errors).toHaveLength(1);
  });
});
