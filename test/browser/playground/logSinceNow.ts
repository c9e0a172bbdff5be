import { expect, vi } from 'vitest';
import type { LogRow } from '../../../playground/server/contract.ts';
import { readLog } from '../serverLog.ts';
import { patient } from './patient.ts';

export interface LogSinceNow {
  /** What was asked for below this path, oldest first. */
  read(path: string): Promise<readonly LogRow[]>;
  /** The newest request for this path, once the server says this of it. */
  newest(path: string, expected: Partial<LogRow>): Promise<LogRow>;
}

/** The server's log without what came before: it is one for all tests. */
export async function logSinceNow(): Promise<LogSinceNow> {
  const before = Math.max(0, ...(await readLog()).map(({ id }) => id));
  const read = async (path: string): Promise<readonly LogRow[]> =>
    (await readLog()).filter((row) => row.id > before && row.path.startsWith(path));
  return {
    read,
    newest: (path, expected) =>
      vi.waitFor(
        async () => {
          const rows = await read('');
          const row = rows.findLast((row) => row.path === path);
          const seen = rows.map(({ path, state, reason }) => `${path} ${state} ${reason ?? ''}`);
          expect(row, `The server has seen:\n${seen.join('\n')}\n`).toMatchObject(expected);
          return row!;
        },
        { ...patient, interval: 50 },
      ),
  };
}
