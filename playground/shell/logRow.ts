import type { Look } from '../components/look.ts';
import type { LogRow } from '../server/contract.ts';

/** What the server says of a request, in its own words. After the colon stands the page's reason. */
export function wordsOf(row: LogRow): string {
  if (row.state === 'sending') return 'sending';
  if (row.state === 'sent') return 'sent whole';
  if (row.state === 'letGo') return row.reason === undefined ? 'client let go' : `client let go: ${row.reason}`;
  return row.error === undefined ? `answered ${row.status}` : `broken off: ${row.error}`;
}

export function lookOfRow(row: LogRow): Look {
  if (row.state === 'sending') return 'running';
  if (row.state === 'sent') return 'completed';
  if (row.state === 'answered') return 'failed';
  return row.reason === 'superseded' || row.reason === 'dropped' ? 'superseded' : 'canceled';
}

/** Percent of the body that left; undefined when the server could not know its length beforehand. */
export function shareOf(row: LogRow): number | undefined {
  if (row.state === 'sent') return 100;
  // What it was answered instead is no part of what was asked for.
  if (row.state === 'answered' && row.error === undefined) return 0;
  if (row.bytes === 0 && row.state !== 'sending') return 0;
  return row.total === undefined ? undefined : (row.bytes / Math.max(row.total, 1)) * 100;
}

// What one step of the page lets go, the server sees within this time.
const oneStep = 250;

/**
 * The requests that the latest step of the page ended; none once another request has begun after it. Routine ends are left
 * out: nobody has to look at them.
 */
export function latestStep(rows: readonly LogRow[]): ReadonlySet<number> {
  const letGo = rows.filter((row) => lookOfRow(row) === 'canceled');
  const latest = Math.max(...letGo.map((row) => row.endedAt ?? 0));
  if (rows.some((row) => row.time > latest)) return new Set();
  return new Set(letGo.filter((row) => (row.endedAt ?? 0) > latest - oneStep).map((row) => row.id));
}
