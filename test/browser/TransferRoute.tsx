import { useEffect, type ReactNode } from 'react';
import { expect, vi } from 'vitest';
import { ProgressBar, useBoundary, useCancelable, useProgress, type Cancelable } from 'use-cancelable';
import { waitForRow } from './serverLog.ts';
import { transfer, type Traces } from './transfer.ts';

// Some 100 MB, of which 2 MB come in a second.
const slow = '/api/files/node?rate=2000000';
export const small = '/api/files/node?part=1&parts=30';

export interface TransferProps {
  /** One for each run. */
  readonly runs: readonly Traces[];
  readonly path?: string;
  /** Without it a click starts it. */
  readonly starts?: boolean;
}

/** Downloads and hashes while it is there. */
export function Transfer({ runs, path = slow, starts = false }: TransferProps): ReactNode {
  const task = useCancelable(
    (op: Cancelable) =>
      transfer(
        op,
        runs.find((traces) => traces.operations.length === 0)!,
        path,
      ),
    { name: 'transfer', timeout: 60_000, children: 'cancel' },
  );
  const { run } = task;
  useEffect(() => {
    if (starts) void run();
  }, [starts, run]);
  return (
    <>
      <button type="button" id="start" onClick={() => void run()}>
        Download
      </button>
      <output id="transfer">{[task.status, task.reason].filter(Boolean).join(' ')}</output>
      <ProgressBar of={task} aria-label="Transfer" />
    </>
  );
}

/** What the whole page does. */
export function Overview(): ReactNode {
  const page = useBoundary();
  const { message, progress } = useProgress(undefined);
  return (
    <p id="overview">
      {page?.status} {message} {progress}
    </p>
  );
}

/** Resolves when the transfer is well under way. */
export const hasBytes = (traces: Traces): Promise<void> =>
  vi.waitFor(() => expect(traces.hashed).toBeGreaterThan(100_000), { timeout: 10_000 });

/** Whether everything of a transfer has come to an end; the server tells that the socket was closed. */
export async function expectStopped(traces: Traces): Promise<void> {
  const row = await waitForRow(traces.requestId, ({ state }) => state !== 'sending');
  expect(row).toMatchObject({ state: 'letGo', status: 200, total: traces.total });
  expect(row.bytes).toBeGreaterThan(0);
  expect(row.bytes).toBeLessThan(traces.total);
  await vi.waitFor(() => expect(traces.unwound.toSorted()).toEqual(['download', 'hash', 'transfer']));
  expect(traces.response!.body!.locked).toBe(false);
  await expect(traces.response!.body!.getReader().read()).rejects.toBe(
    traces.operations.find(({ name }) => name === 'download')?.error,
  );
}

/** Nothing goes on: no report comes, nothing is hashed, no chunk arrives. */
export async function expectStill(traces: Traces): Promise<void> {
  const reports: string[] = [];
  for (const operation of traces.operations) operation.onProgress((_id, message) => reports.push(message));
  const before = [traces.hashed, traces.chunks.length];
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(reports).toEqual([]);
  expect([traces.hashed, traces.chunks.length]).toEqual(before);
}

export const namesAndReasons = (traces: Traces): unknown[] =>
  traces.operations.map(({ name, status, reason }) => [name, status, reason]);
