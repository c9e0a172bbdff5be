import { task } from '../base/jobs.js';
import { measureFraction } from './fraction.js';
import type { Operation, ProgressRecord } from './node.js';
import { progressRecordOf } from './progressRecord.js';
import type { Progress, ProgressMetadata } from './types.js';

// Counts every change of a status or a report anywhere. A snapshot that was made at the present count is still true; else
// it is computed anew. So a change costs the tree nothing, however deep it is.
let version = 0;

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

/** The `progress` of a snapshot alone, for who looks at nothing else: none is made. */
export function percentOf(node: Operation, fraction = measureFraction(node)): number | undefined {
  return fraction === undefined ? undefined : Math.round(fraction * 1e8) / 1e6;
}

/** Keeps where the work under an operation stands, before its end takes its parts out of the sum. */
export function freezeProgress(node: Operation): void {
  if (node.cold?.progress === undefined && node.completedWeight === 0) return;
  const fraction = measureFraction(node, true);
  const parent = node.up;
  if (fraction === undefined || parent?.phase !== 'running') return;
  const weight = node.cold?.weight ?? 1;
  const record = progressRecordOf(parent);
  record.leavingCount += 1;
  record.leavingWeight += weight;
  record.leavingDone += weight * fraction;
  if (node.execution === undefined) leaveLater(parent);
  else progressRecordOf(node).isLeaving = true;
}

/** The run of a child has settled: its parent, which may be about to fail with it, knows its share for one more task. */
export function leaveProgress(node: Operation): void {
  const record = node.cold?.progress;
  if (record?.isLeaving !== true) return;
  record.isLeaving = false;
  leaveLater(node.up!); // who leaves has a parent
}

function leaveLater(parent: Operation): void {
  const record = progressRecordOf(parent);
  task(() => {
    record.leavingCount -= 1;
    if (record.leavingCount > 0) return;
    record.leavingWeight = 0;
    record.leavingDone = 0;
    if (parent.phase !== 'failed') keepTold(parent);
    record.leavingFloor = undefined;
  });
}

/** What was told without a child that had just left must not fall, unless the operation fails with that child. */
export function keepTold(node: Operation): void {
  const record = node.cold?.progress;
  if (record?.leavingFloor !== undefined) record.floor = Math.max(record.leavingFloor, record.floor ?? 0);
}

/** A status has changed, or something was reported: no snapshot is true without a look any more. */
export function outdateSnapshots(): void {
  version += 1;
}

function createSnapshot(node: Operation, record: ProgressRecord): Progress {
  const fraction = measureFraction(node);
  const { numbers } = record;
  return {
    progress: percentOf(node, fraction),
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
