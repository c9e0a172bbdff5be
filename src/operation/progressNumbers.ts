import type { ProgressRecord } from './node.js';
import { noMetadata } from './progressRecord.js';
import { estimateRate } from './rate.js';
import type { ProgressMetadata } from './types.js';

const numericFields = ['progress', 'current', 'total', 'rate', 'eta'] as const;

type Writable = { -readonly [Key in keyof ProgressMetadata]: ProgressMetadata[Key] };

/**
 * What was given with a report, as it is handed on: a copy, because the caller may go on changing his, without numbers that
 * make no sense, which would show as NaN, and with rate and eta. The record keeps its numbers.
 */
export function takeNumbers(record: ProgressRecord, given: ProgressMetadata | undefined): ProgressMetadata {
  if (given === undefined) return noMetadata;
  // Not a spread: V8 takes 3 µs to add a field to what it gives (75 ns to this one).
  const metadata: Writable = Object.assign({}, given);
  let hasNumbers = false;
  for (const field of numericFields) {
    const value = metadata[field];
    if (value === undefined) continue;
    const mayBeNegative = field === 'progress' || field === 'current';
    if (Number.isFinite(value) && (mayBeNegative || value >= 0)) hasNumbers = true;
    else delete metadata[field];
  }
  if (!hasNumbers) return metadata;
  if (metadata.current !== undefined) addRate(record, metadata, metadata.current);
  record.ownFraction = fractionIn(metadata) ?? record.ownFraction;
  record.numbers = metadata;
  return metadata;
}

/** Adds rate and eta where `current` and `total` came without them. */
function addRate(record: ProgressRecord, metadata: Writable, current: number): void {
  const rate = metadata.rate ?? estimateRate(record, current, performance.now());
  if (rate === undefined || !Number.isFinite(rate)) return;
  metadata.rate = rate;
  // A total that is passed already was none.
  const { total } = metadata;
  const eta =
    metadata.eta ?? (total !== undefined && total >= current && rate > 0 ? (total - current) / rate : undefined);
  if (eta !== undefined && Number.isFinite(eta)) metadata.eta = eta;
}

function fractionIn({ progress, current, total }: ProgressMetadata): number | undefined {
  if (progress !== undefined) return clamp(progress / 100);
  if (current === undefined || total === undefined) return undefined;
  // A server that does not say how much there is often says zero.
  if (total === 0) return current > 0 ? undefined : 0;
  return clamp(current / total);
}

// Never 1 before the end: a bar that is full while the work goes on tells a lie.
function clamp(fraction: number): number {
  return Math.min(Math.max(fraction, 0), 0.99);
}
