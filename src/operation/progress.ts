import { task } from '../base/jobs.js';
import { callSafely, standing, withListener, withoutListener } from '../base/listeners.js';
import { expireOverdue } from './deadlines.js';
import { measureFraction } from './fraction.js';
import { coldOf, isSettled, type Operation, type ProgressRecord } from './node.js';
import { noMetadata, progressRecordOf } from './progressRecord.js';
import { estimateRate } from './rate.js';
import { reportFailure } from './reportFailure.js';
import { callWith } from './stack.js';
import type { Progress, ProgressMetadata } from './types.js';

const numericFields = ['progress', 'current', 'total', 'rate', 'eta'] as const;

// Counts every change of a status or a report anywhere. A snapshot that was made at the present count is still true; else
// it is computed anew. So a change costs the tree nothing, however deep it is.
let version = 0;

/**
 * Reports progress: own callbacks first, then those of each ancestor, all with the id of the origin. Ignored after the
 * end. Returns the promises of asynchronous callbacks.
 */
export function reportProgress(
  node: Operation,
  message: string,
  given: ProgressMetadata | undefined,
): Promise<unknown>[] {
  const pending: Promise<unknown>[] = [];
  if (node.earliestDeadline !== Infinity) expireOverdue();
  if (isSettled(node)) return pending;
  const record = progressRecordOf(node);
  const metadata = complete(record, given === undefined ? noMetadata : withoutNonsense(given));
  record.ownFraction = fractionIn(metadata) ?? record.ownFraction;
  if (numericFields.some((field) => metadata[field] !== undefined)) record.numbers = metadata;
  version += 1;
  for (let at: Operation | undefined = node; at !== undefined; at = at.up) {
    if (isSettled(at)) continue;
    const latest = progressRecordOf(at);
    latest.message = message;
    latest.metadata = metadata;
    for (const { callback } of standing(at.cold!.onProgress)) {
      const receiver = at;
      const done = callSafely(() => callWith(receiver, () => callback(node.id, message, metadata)), reportFailure);
      if (done !== undefined) pending.push(done);
    }
  }
  callWatchers(node);
  return pending;
}

/** How far the operation is; the same object until something in it changes. */
export function progressOf(node: Operation): Progress {
  const record = progressRecordOf(node);
  if (record.snapshot !== undefined && record.snapshotVersion === version) return record.snapshot;
  record.snapshotVersion = version;
  const next = createSnapshot(node, record);
  const last = record.snapshot;
  if (last !== undefined && haveSameFields(next, last)) return last;
  record.snapshot = Object.freeze(next);
  return record.snapshot;
}

/** Keeps where the work under an operation stands, before a cancel takes its parts out of the sum. */
export function freezeProgress(node: Operation): void {
  if (node.cold?.progress === undefined && node.completedWeight === 0) return;
  const fraction = measureFraction(node, true);
  const parent = node.up;
  if (fraction !== undefined && parent?.phase === 'running') leaveLater(parent, node.cold?.weight ?? 1, fraction);
}

/** Remembers for one task the share of a child that ends without completing: its parent may be about to fail with it. */
function leaveLater(parent: Operation, weight: number, fraction: number): void {
  const record = progressRecordOf(parent);
  record.leavingCount += 1;
  record.leavingWeight += weight;
  record.leavingDone += weight * fraction;
  task(() => {
    record.leavingCount -= 1;
    if (record.leavingCount > 0) return;
    record.leavingWeight = 0;
    record.leavingDone = 0;
    if (parent.phase === 'running' && record.leavingFloor !== undefined) record.floor = record.leavingFloor;
    record.leavingFloor = undefined;
  });
}

/** A status has changed: no snapshot is true without a look any more. */
export function outdateSnapshots(): void {
  version += 1;
}

/** Tells those who watch the operation or one above it. */
export function callWatchers(node: Operation): void {
  if (watcherCount === 0) return;
  for (let at: Operation | undefined = node; at !== undefined; at = at.up) {
    for (const watcher of at.cold?.watchers ?? []) void callSafely(() => callWith(undefined, watcher));
  }
}

// With nobody watching, a change of status need not climb.
let watcherCount = 0;

/** Calls back after every change of status or progress of the operation or of one below it. Returns how to stop. */
export function watch(node: Operation, watcher: () => void): () => void {
  const cold = coldOf(node);
  const entry = (): void => watcher();
  cold.watchers = withListener(cold.watchers, entry);
  watcherCount += 1;
  return () => {
    if (cold.watchers?.includes(entry) !== true) return;
    cold.watchers = withoutListener(cold.watchers, entry);
    watcherCount -= 1;
  };
}

function createSnapshot(node: Operation, record: ProgressRecord): Progress {
  const fraction = measureFraction(node);
  const { numbers } = record;
  return {
    progress: fraction === undefined ? undefined : Math.round(fraction * 1e8) / 1e6,
    fraction,
    current: numbers.current,
    total: numbers.total,
    rate: numbers.rate,
    eta: numbers.eta,
    phase: numbers.phase ?? record.metadata.phase,
    message: record.message,
    metadata: sameOrNew(record.snapshot?.metadata, record.metadata),
    isIndeterminate: node.phase === 'running' && fraction === undefined,
  };
}

/** A report that says the same again changes nothing. */
function sameOrNew(last: ProgressMetadata | undefined, next: ProgressMetadata): ProgressMetadata {
  return last !== undefined && haveSameFields(next, last) ? last : next;
}

function haveSameFields<T extends object>(one: T, other: T): boolean {
  const keys = Object.keys(one) as Array<keyof T>;
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
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
