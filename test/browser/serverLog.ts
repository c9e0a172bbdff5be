import { vi } from 'vitest';
import type { LogRow } from '../../playground/server/contract.ts';

// Not the one that a test has changed.
const { fetch } = window;

/**
 * All requests that the server has seen, as its log lists them. Not from the stream: to leave one keeps its connection busy for
 * up to five seconds in Chromium, which drains what comes, and there are six for all.
 */
export async function readLog(): Promise<readonly LogRow[]> {
  const response = await fetch('/api/log/rows', { signal: AbortSignal.timeout(5000) });
  return (await response.json()) as LogRow[];
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
