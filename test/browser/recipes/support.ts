import { expect, onTestFinished, vi } from 'vitest';
import { createRegistry, type OperationSnapshot } from 'use-cancelable';
import type { LogRow } from '../../../playground/server/contract.ts';
import { readLog } from '../serverLog.ts';

/** A request of a test, told from all others by an id that the server never shows in a path. */
export interface Asked {
  readonly url: string;
  /** What the server says of those that were made with this URL, oldest first. */
  rows(): Promise<readonly LogRow[]>;
}

export function ask(path: string): Asked {
  const requestId = crypto.randomUUID();
  return {
    url: `${path}${path.includes('?') ? '&' : '?'}request-id=${requestId}`,
    rows: async () => (await readLog()).filter((row) => row.requestId === requestId),
  };
}

/** A download that takes longer than any test. */
export const askSlowly = (): Asked => ask('/api/files/node?rate=2000000');
/** Some 1.5 kB. */
export const askBriefly = (): Asked => ask('/api/files/LICENSE?part=1&parts=100');

/** Once the server has sent the first bytes of the newest request. */
export const expectBytes = (asked: Asked): Promise<void> =>
  vi.waitFor(async () => expect((await asked.rows()).at(-1)?.bytes).toBeGreaterThan(0), patient);

/** Once the server has sent more than it had when this was asked: nobody has let go. */
export async function expectGoingOn(asked: Asked): Promise<void> {
  const openBytes = async () => (await asked.rows()).find(({ state }) => state === 'sending')?.bytes;
  const before = (await openBytes())!;
  await vi.waitFor(async () => expect(await openBytes()).toBeGreaterThan(before), patient);
}

/** Once the requests with this URL stand like this, oldest first. */
export const expectStates = (asked: Asked, ...states: ReadonlyArray<LogRow['state']>): Promise<void> =>
  vi.waitFor(async () => expect((await asked.rows()).map(({ state }) => state)).toEqual(states), patient);

/**
 * Once one request with this URL is open, and has bytes, and all others were let go of: in StrictMode there may be one that
 * was taken back at once, if it has left the browser at all.
 */
export const expectOneOpen = (asked: Asked): Promise<void> =>
  vi.waitFor(async () => {
    const rows = await asked.rows();
    const open = rows.filter(({ state }) => state === 'sending');
    expect(open).toHaveLength(1);
    expect(open[0]?.bytes).toBeGreaterThan(0);
    expect(rows.every(({ state }) => state === 'sending' || state === 'letGo')).toBe(true);
  }, patient);

/** Once all requests with this URL, at least one, were let go of. */
export const expectAllLetGo = (asked: Asked): Promise<void> =>
  vi.waitFor(async () => {
    const states = new Set((await asked.rows()).map(({ state }) => state));
    expect([...states]).toEqual(['letGo']);
  }, patient);

export const patient = { timeout: 10_000, interval: 50 };

export interface WatchedOperations {
  /** Those of this name, oldest first. */
  named(name: string): readonly OperationSnapshot[];
  cancelAll(name: string, message: string): void;
}

/** Sees all operations that are made until the test ends, though a recipe keeps them for itself. */
export function watchOperations(): WatchedOperations {
  const operations = createRegistry();
  onTestFinished(operations.observe());
  return {
    named: (name) =>
      [...operations.history(), ...operations.list()]
        .filter((operation) => operation.name === name)
        .toSorted((one, other) => one.createdAt - other.createdAt),
    cancelAll: (name, message) => void operations.cancelAll({ name }, message),
  };
}
