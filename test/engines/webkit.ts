import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenedPage } from './providers.ts';

const miniBrowsers = ['x86_64', 'aarch64'].map(
  (architecture) => `/usr/lib/${architecture}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

export async function openWebKit(url: string): Promise<OpenedPage> {
  const binary = miniBrowsers.find((path) => existsSync(path));
  if (binary === undefined) throw new Error(`No WebKitGTK browser found: looked for ${miniBrowsers.join(', ')}.`);
  const started: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of started.toReversed()) {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  };
  try {
    const env = { ...process.env };
    if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) env['DISPLAY'] = await startDisplay(started);
    const port = await freePort();
    started.push(spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' }));
    const driver = `http://127.0.0.1:${port}`;
    await whenReady(driver);
    const options = { binary, args: ['--automation'] };
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } };
    const { sessionId } = (await call(driver, 'POST', '/session', { capabilities })) as { sessionId: string };
    await call(driver, 'POST', `/session/${sessionId}/url`, { url });
    return {
      close: async () => {
        try {
          await call(driver, 'DELETE', `/session/${sessionId}`);
        } finally {
          await stop();
        }
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDisplay(started: ChildProcess[]): Promise<string> {
  const parameters = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', parameters, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  started.push(server);
  const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
  return `:${number.toString().trim()}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

// The driver says nothing when it starts to listen: it has to be asked.
async function whenReady(driver: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      await call(driver, 'GET', '/status');
      return;
    } catch (error) {
      if (performance.now() > deadline) throw new Error('WebKitWebDriver did not start', { cause: error });
      await delay(50);
    }
  }
}

async function call(driver: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(driver + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`WebKitWebDriver: ${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}
