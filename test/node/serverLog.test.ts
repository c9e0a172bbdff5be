import { afterEach, describe, expect, it, vi } from 'vitest';

import type { LogRow } from '../../playground/server/contract.ts';
import { createLog } from '../../playground/server/log.ts';
import type { LogEvent } from '../../playground/server/log.ts';
import {
  countingBytes,
  explain,
  hasEnded,
  letGoAfterFirstBytes,
  listenToLog,
  makeFile,
  readLog,
  serve,
  waitForRow,
} from './serverSupport.ts';

afterEach(() => vi.useRealTimers());

describe('the log as a stream', () => {
  it('begins with the list, then tells each row from its start to its end', async () => {
    const { sources } = await makeFile('data', countingBytes(60_000));
    const { url } = await serve(sources);
    await (await fetch(`${url}/api/files?request-id=first`)).text();
    await waitForRow(url, 'first', hasEnded);
    const { heard } = await listenToLog(url);
    expect(heard).toMatchObject([{ name: 'rows', data: [{ id: 1, path: '/files', state: 'sent' }] }]);

    await (await fetch(`${url}/api/files/data?rate=200000`)).arrayBuffer();
    await (await fetch(`${url}/api/files/other?request-id=second`)).text();
    await vi.waitFor(() => expect(heard.at(-1)?.data).toMatchObject({ id: 3, state: 'answered' }));

    const rows = heard.slice(1).map(({ name, data }) => {
      expect(name).toBe('row');
      return data as LogRow;
    });
    const transfer = rows.filter(({ id }) => id === 2);
    expect(transfer[0]).toMatchObject({ state: 'sending', bytes: 0, method: 'GET', path: '/files/data' });
    expect(transfer.at(-1)).toMatchObject({ state: 'sent', bytes: 60_000, total: 60_000, status: 200 });
    const counts = transfer.map(({ bytes }) => bytes);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(3);
    expect(rows.findLast(({ id }) => id === 3)).toMatchObject({
      status: 404,
      requestId: 'second',
      path: '/files/other',
    });
  });

  it('leaves out of the path what says nothing about the question, and never logs itself', async () => {
    const { url } = await serve();
    await fetch(`${url}/api/search?delay=0&q=a%20b&request-id=x`);
    await fetch(`${url}/api/nothing?rate=1`);
    await explain(url, 'somebody', 'manual');
    expect((await waitForLength(url, 2)).map(({ path }) => path)).toEqual(['/search?q=a%20b', '/nothing']);
  });

  it('keeps the newest 200, and an older one as long as it is open', async () => {
    const { sources } = await makeFile('data', countingBytes(50_000));
    const { url } = await serve(sources);
    const controller = new AbortController();
    await fetch(`${url}/api/files/data?rate=1000`, { signal: controller.signal });
    for (let number = 0; number < 205; number++) await (await fetch(`${url}/api/files`)).text();
    const rows = await vi.waitFor(async () => {
      const list = await readLog(url);
      expect(list.at(-1)).toMatchObject({ id: 206, state: 'sent' });
      return list;
    });
    expect(rows[0]).toMatchObject({ id: 1, state: 'sending' });
    expect([rows.length, rows[1]?.id]).toEqual([200, 8]);
    controller.abort();
  });

  it('forgets what has ended when it is cleared, and tells everybody', async () => {
    const { sources } = await makeFile('data', countingBytes(50_000));
    const { url } = await serve(sources);
    await (await fetch(`${url}/api/files?request-id=ended`)).text();
    await waitForRow(url, 'ended', hasEnded);
    const controller = new AbortController();
    await fetch(`${url}/api/files/data?rate=1000`, { headers: { 'x-request-id': 'open' }, signal: controller.signal });
    await waitForLength(url, 2);
    const { heard } = await listenToLog(url);
    expect((await fetch(`${url}/api/log`, { method: 'DELETE' })).status).toBe(204);
    await vi.waitFor(() =>
      expect(heard.findLast(({ name }) => name === 'rows')?.data).toMatchObject([
        { requestId: 'open', state: 'sending' },
      ]),
    );
    controller.abort();
    expect(await waitForRow(url, 'open', hasEnded)).toMatchObject({ id: 2, state: 'letGo' });
  });
});

async function serveTransfer(): Promise<{ readonly url: string; readonly target: string }> {
  const { sources } = await makeFile('data', countingBytes(500_000));
  const { url } = await serve(sources);
  return { url, target: `${url}/api/files/data?rate=200000` };
}

describe('the page’s own word', () => {
  it('joins its request when it comes after the close', async () => {
    const { url, target } = await serveTransfer();
    await letGoAfterFirstBytes(target, 'after');
    expect((await waitForRow(url, 'after', hasEnded)).reason).toBeUndefined();
    const { heard } = await listenToLog(url);
    expect((await explain(url, 'after', 'unmount')).status).toBe(204);
    await vi.waitFor(() =>
      expect(heard.at(-1)).toMatchObject({
        name: 'row',
        data: { requestId: 'after', state: 'letGo', reason: 'unmount' },
      }),
    );
  });

  it('joins its request when it comes before the close', async () => {
    const { url, target } = await serveTransfer();
    const controller = new AbortController();
    await fetch(target, { headers: { 'x-request-id': 'before' }, signal: controller.signal });
    await explain(url, 'before', 'timeout');
    expect(await waitForRow(url, 'before', () => true)).toMatchObject({ state: 'sending', reason: 'timeout' });
    controller.abort();
    expect(await waitForRow(url, 'before', hasEnded)).toMatchObject({ state: 'letGo', reason: 'timeout' });
  });

  it('waits for a request that is still to come, and is used once', async () => {
    const { url, target } = await serveTransfer();
    await explain(url, 'early', 'superseded');
    await letGoAfterFirstBytes(target, 'early');
    expect(await waitForRow(url, 'early', hasEnded)).toMatchObject({ state: 'letGo', reason: 'superseded' });
    await fetch(`${url}/api/files`, { headers: { 'x-request-id': 'early' } });
    expect((await waitForLength(url, 2))[1]?.reason).toBeUndefined();
  });

  it('goes to the newest request of its id', async () => {
    const { url } = await serveTransfer();
    for (let turn = 0; turn < 2; turn++) await (await fetch(`${url}/api/files?request-id=twice`)).text();
    await explain(url, 'twice', 'manual');
    expect((await waitForLength(url, 2)).map(({ reason }) => reason)).toEqual([undefined, 'manual']);
  });

  it('is forgotten when a hundred others wait for requests that never came', async () => {
    const { url } = await serveTransfer();
    for (let number = 0; number <= 100; number++) await explain(url, `unknown-${number}`, 'parent');
    await (await fetch(`${url}/api/files?request-id=unknown-0`)).text();
    await (await fetch(`${url}/api/files?request-id=unknown-1`)).text();
    expect((await waitForLength(url, 2)).map(({ reason }) => reason)).toEqual([undefined, 'parent']);
  });
});

describe('the notices of a row', () => {
  it('come at most 20 times a second, the last one always, and leave no timer', () => {
    vi.useFakeTimers();
    const log = createLog();
    const heard: LogEvent[] = [];
    const unsubscribe = log.subscribe((event) => heard.push(event));
    const id = log.open({ method: 'GET', path: '/files/data', requestId: undefined });
    for (let number = 1; number <= 1000; number++) {
      log.update(id, { bytes: number });
      vi.advanceTimersByTime(1);
    }
    expect(heard.length).toBeGreaterThan(15);
    expect(heard.length).toBeLessThanOrEqual(21);
    log.update(id, { bytes: 1001 });
    log.end(id, 'sent');
    expect(heard.at(-1)?.data).toMatchObject({ bytes: 1001, state: 'sent' });

    const before = heard.length;
    vi.advanceTimersByTime(1000);
    expect(heard.length).toBe(before);
    const other = log.open({ method: 'GET', path: '/files/data', requestId: undefined });
    log.update(other, { bytes: 1 });
    unsubscribe();
    expect(vi.getTimerCount()).toBe(0);
  });
});

function waitForLength(url: string, length: number): Promise<readonly LogRow[]> {
  return vi.waitFor(async () => {
    const rows = await readLog(url);
    expect(rows).toHaveLength(length);
    return rows;
  });
}
