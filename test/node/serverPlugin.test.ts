import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer, preview } from 'vite';
import type { PreviewServer, ViteDevServer } from 'vite';
import { describe, expect, it } from 'vitest';

import type { FileEntry } from '../../playground/server/contract.ts';
import { playgroundServer } from '../../playground/server/plugin.ts';
import { letGoAfterFirstBytes, listenToLog, makeFolder, readLog, waitForRow, hasEnded } from './serverSupport.ts';

async function makeSite(): Promise<string> {
  const root = await makeFolder();
  await mkdir(join(root, 'dist'));
  await writeFile(join(root, 'index.html'), '<title>page</title>');
  await writeFile(join(root, 'dist', 'index.html'), '<title>page</title>');
  return root;
}

const network = { host: '127.0.0.1', port: 0 };

async function startDev(): Promise<ViteDevServer> {
  const server = await createServer({
    root: await makeSite(),
    configFile: false,
    logLevel: 'silent',
    plugins: [playgroundServer()],
    server: { ...network, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  return await server.listen();
}

async function startPreview(): Promise<PreviewServer> {
  return await preview({
    root: await makeSite(),
    configFile: false,
    logLevel: 'silent',
    plugins: [playgroundServer()],
    preview: network,
  });
}

const urlOf = (server: ViteDevServer | PreviewServer): string =>
  `http://127.0.0.1:${(server.httpServer?.address() as AddressInfo | null)?.port}`;

describe.each([
  ['the dev server', startDev],
  ['the preview server', startPreview],
])('%s', (_, start) => {
  it('serves real files beside the page, uncompressed, and sees a client let go', async () => {
    const server = await start();
    try {
      const url = urlOf(server);
      expect(await (await fetch(url)).text()).toContain('<title>page</title>');
      const [file] = (await (await fetch(`${url}/api/files`)).json()) as FileEntry[];
      const head = await fetch(`${url}/api/files/node`, { method: 'HEAD', headers: { 'accept-encoding': 'gzip, br' } });
      expect(head.headers.get('content-length')).toBe(String(file?.size));
      expect(head.headers.get('content-encoding')).toBeNull();

      await letGoAfterFirstBytes(`${url}/api/files/node?rate=1000000`, 'left');
      const row = await waitForRow(url, 'left', hasEnded);
      expect(row).toMatchObject({ state: 'letGo', total: file?.size });
      expect(row.bytes).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('has a log of its own', async () => {
    const [server, other] = await Promise.all([start(), start()]);
    try {
      await (await fetch(`${urlOf(server)}/api/files?request-id=mine`)).text();
      await waitForRow(urlOf(server), 'mine', hasEnded);
      expect(await readLog(urlOf(other))).toEqual([]);
    } finally {
      await Promise.all([server.close(), other.close()]);
    }
  });

  it('closes although somebody listens to its log', async () => {
    const server = await start();
    try {
      await listenToLog(urlOf(server));
    } finally {
      await server.close();
    }
    expect(server.httpServer?.listening).toBe(false);
  });
});
