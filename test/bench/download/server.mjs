import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';

const chunk = Buffer.alloc(64 * 1024, 'use-cancelable ');

/** @param {number} bytes */
function* fill(bytes) {
  for (let left = bytes; left > 0; left -= chunk.length) yield left < chunk.length ? chunk.subarray(0, left) : chunk;
}

/**
 * A server with an empty page, the module for it, and bodies of as many bytes as are asked for: `/body?bytes=1000`.
 * @param {string} file The module's.
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serveBodies(file) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/body') {
      const bytes = Number(searchParams.get('bytes'));
      response.writeHead(200, { 'content-length': bytes, 'cache-control': 'no-store' });
      Readable.from(fill(bytes)).pipe(response);
      return;
    }
    const isModule = pathname === '/module.mjs';
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html');
    if (isModule) void readFile(file).then((code) => response.end(code));
    else response.end('<!doctype html><title>Measuring</title>');
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { address: `http://127.0.0.1:${address.port}`, close: () => void server.close() };
}
