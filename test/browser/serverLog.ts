import { vi } from 'vitest';
import type { LogRow } from '../../playground/server/contract.ts';

/** All requests that the server has seen, as its log lists them. */
export function readLog(): Promise<readonly LogRow[]> {
  return new Promise((resolve, reject) => {
    const source = new EventSource('/api/log');
    source.addEventListener('rows', ({ data }: MessageEvent<string>) => {
      source.close();
      resolve(JSON.parse(data) as LogRow[]);
    });
    source.addEventListener('error', () => {
      source.close();
      reject(new Error('The log of the server could not be read.'));
    });
  });
}

/** The row of a request, once it is as it should be. */
export function waitForRow(requestId: string, isRight: (row: LogRow) => boolean): Promise<LogRow> {
  return vi.waitFor(
    async () => {
      const row = (await readLog()).find((row) => row.requestId === requestId);
      if (row === undefined) throw new Error('The server has not seen the request.');
      if (!isRight(row)) throw new Error(`The server says ${JSON.stringify(row)}.`);
      return row;
    },
    { timeout: 5000, interval: 50 },
  );
}
