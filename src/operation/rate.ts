import type { ProgressRecord } from './node.js';

const smoothing = 1000; // milliseconds after which an old rate counts about a third
const shortest = 50; // milliseconds; samples closer together than this are noise

/**
 * Units per second from successive values of `current`, smoothed over time. Undefined until there are two reports at
 * different times; a value that falls (a retry) starts anew.
 */
export function estimateRate(record: ProgressRecord, current: number, now: number): number | undefined {
  const last = record.sampledCurrent;
  if (last === undefined || current < last) return takeSample(record, current, now, undefined);
  const elapsed = now - record.sampledAt;
  if (elapsed <= 0) return record.rate;
  const latest = ((current - last) / elapsed) * 1000;
  // Noise shows only until there is something better, and its sample stays open.
  if (elapsed < shortest) return record.rate ?? latest;
  const old = Math.exp(-elapsed / smoothing);
  return takeSample(record, current, now, record.rate === undefined ? latest : record.rate * old + latest * (1 - old));
}

function takeSample(
  record: ProgressRecord,
  current: number,
  now: number,
  rate: number | undefined,
): number | undefined {
  record.sampledAt = now;
  record.sampledCurrent = current;
  record.rate = rate;
  return rate;
}
