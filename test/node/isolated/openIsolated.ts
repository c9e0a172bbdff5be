import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import { shared } from '../../../vite.config.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A page in Chromium that is cross-origin isolated (Vitest's own pages are not), with page.ts loaded. */
export async function openIsolated(): Promise<{ page: Page; close: () => Promise<void> }> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const code = files.get(request.url ?? '');
    response.writeHead(200, {
      'content-type': code === undefined ? 'text/html' : 'text/javascript',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(code ?? '<!doctype html><title>Isolated</title>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const found = fromHere('../../../node_modules/.cache/chromium-path');
  const executablePath =
    process.env['CHROME_PATH'] ?? (existsSync(found) ? readFileSync(found, 'utf8').trim() : undefined);
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const close = async (): Promise<void> => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  };
  return { page, close };
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    ...shared,
    configFile: false,
    logLevel: 'silent',
    build: {
      target: 'es2022',
      minify: false,
      write: false,
      lib: { entry: { page: fromHere('page.ts'), worker: fromHere('busy.worker.ts') }, formats: ['es'] },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  return new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]));
}
