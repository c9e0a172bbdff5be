import { cancelOperation } from '../operation/cascade.js';
import { expireOverdue } from '../operation/deadlines.js';
import { coldOf, isSettled, type Operation } from '../operation/node.js';
import { tell } from '../operation/observe.js';
import { outdateSnapshots } from '../operation/progress.js';
import { progressRecordOf } from '../operation/progressRecord.js';
import { relayProgress, reportProgress } from '../operation/report.js';
import { toCancelRequest } from './cancelReport.js';
import type { ErrorClasses } from './errors/rebuild.js';
import type { Advanced, Canceled, Report } from './protocol.js';

// What has happened to an operation on the other side happens to it here.

export function applyCancel(node: Operation, message: Canceled, classes: ErrorClasses | undefined): void {
  // The deadline there is a copy: the operations here say whose time it is that is over.
  if (message.isOverdue) expireOverdue();
  if (!isSettled(node)) cancelOperation(node, toCancelRequest(message, node, classes));
}

/** The fraction that was told last by one who tells. */
export interface ToldFraction {
  fraction: number | undefined;
}

export function applyReport(node: Operation, told: ToldFraction, { from, message, metadata, fraction }: Report): void {
  if (isSettled(node)) return;
  takeFraction(node, told, fraction);
  if (from === undefined) void reportProgress(node, message, metadata);
  else relayProgress(node, from, message, metadata);
}

export function applyFraction(node: Operation, told: ToldFraction, { fraction }: Advanced): void {
  if (isSettled(node)) return;
  takeFraction(node, told, fraction);
  outdateSnapshots();
  tell(node, 'progress');
}

/** A worker that has never known how far it is takes nothing away from what others have told. */
function takeFraction(node: Operation, told: ToldFraction, fraction: number | undefined): void {
  if (fraction === undefined && told.fraction === undefined) return;
  told.fraction = fraction;
  progressRecordOf(node).ownFraction = fraction;
}

/** The partial result of a side that has one; the one here stays when there is none. */
export function applyPartialResult(node: Operation, partialResult: unknown): void {
  if (partialResult !== undefined) coldOf(node).partialResult = partialResult;
}
