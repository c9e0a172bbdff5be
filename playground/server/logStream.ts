import type { ServerResponse } from 'node:http';

import type { Log, LogEvent } from './log.ts';

/** Server-Sent Events: the list first, then each change. A listener that lags behind gets the list anew instead of a backlog. */
export function streamLog(log: Log, response: ServerResponse): void {
  let missed = false;
  const write = ({ name, data }: LogEvent) => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  const writeList = () => write({ name: 'rows', data: log.rows() });

  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  writeList();
  const unsubscribe = log.subscribe((event) => {
    if (response.writableNeedDrain) missed = true;
    else write(event);
  });
  response.on('drain', () => {
    if (!missed) return;
    missed = false;
    writeList();
  });
  response.on('close', unsubscribe);
}
