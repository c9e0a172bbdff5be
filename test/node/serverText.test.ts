import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';

import type { LinksReport, SearchEnd, SearchLine, SearchMatch } from '../../playground/server/contract.ts';
import { checkLinks } from '../../playground/server/links.ts';
import { findFiles, machineSources } from '../../playground/server/sources.ts';
import { hasEnded, letGoAfterFirstBytes, makeFile, serve, waitForRow } from './serverSupport.ts';

const readSearch = async (response: Response): Promise<SearchLine[]> =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SearchLine);

async function readText(): Promise<string[]> {
  const file = (await findFiles(machineSources())).find(({ entry }) => entry.name === 'LICENSE');
  const lines = (await readFile(file?.path ?? '', 'utf8')).split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

describe('a search', () => {
  it('finds what a plain reading of the text finds', async () => {
    const { url } = await serve();
    const lines = await readText();
    const expected = lines.map((text, index) => ({ line: index + 1, text })).filter(({ text }) => /notice/i.test(text));
    expect(expected.length).toBeGreaterThan(20);

    const found = await readSearch(await fetch(`${url}/api/search?q=Notice&delay=0`));
    const end: SearchEnd = { done: true, matches: expected.length, lines: lines.length, source: 'LICENSE' };
    expect(found).toEqual([...expected, end]);
  });

  it('sends what it has found before it has read everything', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/search?q=the&delay=40`, { headers: { 'x-request-id': 'streamed' } });
    const reader = response.body?.getReader();
    const first = (await reader?.read())?.value;
    const row = await waitForRow(url, 'streamed', ({ bytes }) => bytes > 0);
    expect(row.state).toBe('sending');
    expect(row.total).toBeUndefined();
    expect(
      JSON.parse(
        Buffer.from(first ?? [])
          .toString()
          .split('\n')[0] ?? '',
      ) as SearchMatch,
    ).toMatchObject({ line: expect.any(Number) });
    await reader?.cancel();
  });

  it('begins its answer before it has found anything', async () => {
    const { url } = await serve();
    const controller = new AbortController();
    const response = await fetch(`${url}/api/search?q=zebra&delay=10000`, { signal: controller.signal });
    expect(response.status).toBe(200);
    controller.abort();
  });

  it('takes long enough by itself for typing to overtake it', async () => {
    const { url } = await serve();
    const start = performance.now();
    await readSearch(await fetch(`${url}/api/search?q=zebra`));
    expect(performance.now() - start).toBeGreaterThan(390);
  });

  it('stops reading when the client lets go', async () => {
    const { url, backEnd } = await serve();
    // The whole reading would take more than five minutes.
    await letGoAfterFirstBytes(`${url}/api/search?q=the&delay=10000`, 'overtaken');
    expect(await waitForRow(url, 'overtaken', hasEnded)).toMatchObject({ state: 'letGo', path: '/search?q=the' });
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
  });

  it('says that there is nothing to search where there is no text', async () => {
    const { url } = await serve([]);
    const response = await fetch(`${url}/api/search?q=word`);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('no large text')]);
  });
});

describe('a check of links', () => {
  it('reports every link of each part with its line in the whole text', async () => {
    const { url } = await serve();
    const lines = await readText();
    const reports = await Promise.all(
      [1, 2, 3].map(
        async (part) => (await (await fetch(`${url}/api/links?part=${part}&parts=3&delay=0`)).json()) as LinksReport,
      ),
    );
    expect(reports.map(({ firstLine, lastLine }) => lastLine - firstLine + 1).reduce((sum, count) => sum + count)).toBe(
      lines.length,
    );
    expect(reports[1]?.firstLine).toBe((reports[0]?.lastLine ?? 0) + 1);

    const links = reports.flatMap((report) => report.links);
    expect(links.length).toBeGreaterThan(5);
    for (const { line, link } of links) expect(lines[line - 1]).toContain(link);
    const count = lines.reduce((sum, text) => sum + (text.match(/https?:\/\//gi)?.length ?? 0), 0);
    expect(links.filter(({ link }) => /^http/i.test(link)).length).toBe(count);
  });

  it.each([
    ['See https://nodejs.org/en/about.', 'https://nodejs.org/en/about', undefined],
    ['(http://www.apache.org/licenses/)', 'http://www.apache.org/licenses/', undefined],
    ['at www.openjsf.org, or', 'www.openjsf.org', 'no scheme'],
    ['<http://intranet/page>', 'http://intranet/page', 'no full host name'],
    ['http://me:secret@example.com', 'http://me:secret@example.com', 'holds a name or a password'],
    ['broken: http://exa%mple.com', 'http://exa%mple.com', 'not a URL'],
  ])('reads %j', (text, link, problem) => {
    expect(checkLinks(7, text)).toEqual([{ line: 7, link, ...(problem && { problem }) }]);
  });

  it('sends nothing before it is ready, and stops when the client lets go', async () => {
    const { url, backEnd } = await serve();
    const controller = new AbortController();
    const answer = fetch(`${url}/api/links?part=1&delay=10000`, {
      headers: { 'x-request-id': 'links' },
      signal: controller.signal,
    });
    await waitForRow(url, 'links', ({ state }) => state === 'sending');
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
    const row = await waitForRow(url, 'links', hasEnded);
    expect(row).toMatchObject({ state: 'letGo', bytes: 0 });
    expect(row.status).toBeUndefined();
    await vi.waitFor(() => expect(backEnd.working).toBe(0));
  });

  it('gives up half way with 503 when it is made to fail', async () => {
    const text = Array.from({ length: 100 }, () => 'https://example.com\n').join('');
    const { path } = await makeFile('LICENSE', Buffer.from(text));
    const { url } = await serve([{ name: 'LICENSE', type: 'text/plain', candidates: [{ path, title: 'links' }] }]);
    const response = await fetch(`${url}/api/links?part=1&parts=1&fail=1`, { headers: { 'x-request-id': 'failed' } });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('gave up after 51 of 100 lines');
    expect(await waitForRow(url, 'failed', hasEnded)).toMatchObject({
      state: 'answered',
      status: 503,
      path: '/links?part=1&parts=1&fail=1',
    });
  });
});
