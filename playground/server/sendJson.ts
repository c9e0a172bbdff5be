import type { Exchange } from './Exchange.ts';

export async function sendJson(exchange: Exchange, value: unknown): Promise<void> {
  const body = Buffer.from(JSON.stringify(value));
  exchange.begin(200, { 'content-type': 'application/json; charset=utf-8' }, body.byteLength);
  if (exchange.request.method !== 'HEAD') await exchange.write(body);
  exchange.end();
}
