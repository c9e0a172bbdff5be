import type { ProgressRecord } from './node.js';
import { noMetadata } from './progressRecord.js';
import { estimateRate } from './rate.js';
import type { ProgressMetadata } from './types.js';

const numericFields = ['progress', 'current', 'total', 'rate', 'eta'] as const;

/** What was given with a report, as it is handed on; the record keeps its numbers. */
export function takeNumbers(record: ProgressRecord, given: ProgressMetadata | undefined): ProgressMetadata {
  const metadata = complete(record, given === undefined ? noMetadata : withoutNonsense(given));
  record.ownFraction = fractionIn(metadata) ?? record.ownFraction;
  if (numericFields.some((field) => metadata[field] !== undefined)) record.numbers = metadata;
  return metadata;
}

/** A copy, because the caller may go on changing his; without numbers that make no sense, which would show as NaN. */
function withoutNonsense(given: ProgressMetadata): ProgressMetadata {
  const metadata: Record<string, unknown> = { ...given };
  for (const field of numericFields) {
    const value = metadata[field];
    if (value === undefined) continue;
    const mayBeNegative = field === 'progress' || field === 'current';
    if (!Number.isFinite(value) || (!mayBeNegative && (value as number) < 0)) delete metadata[field];
  }
  return metadata;
}

/** Adds rate and eta where `current` and `total` came without them. */
function complete(record: ProgressRecord, metadata: ProgressMetadata): ProgressMetadata {
  if (metadata.current === undefined) return metadata;
  const rate = metadata.rate ?? estimateRate(record, metadata.current, performance.now());
  if (rate === undefined || !Number.isFinite(rate)) return metadata;
  // A total that is passed already was none.
  const left =
    metadata.total === undefined || metadata.total < metadata.current ? undefined : metadata.total - metadata.current;
  const eta = metadata.eta ?? (left !== undefined && rate > 0 ? left / rate : undefined);
  return eta === undefined || !Number.isFinite(eta) ? { ...metadata, rate } : { ...metadata, rate, eta };
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
