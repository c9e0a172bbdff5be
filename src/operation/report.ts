import { ignore, isThenable, promiseThen } from '../base/jobs.js';
import { standing } from '../base/listeners.js';
import { notice } from './lookout.js';
import { isSettled, type Operation } from './node.js';
import { tell } from './observe.js';
import { outdateSnapshots } from './progress.js';
import { takeNumbers } from './progressNumbers.js';
import { progressRecordOf } from './progressRecord.js';
import { reportFailure } from './reportFailure.js';
import { callWith } from './stack.js';
import type { ProgressMetadata } from './types.js';

/**
 * Reports progress: own callbacks first, then those of each ancestor, all with the id of the origin. Ignored after the
 * end. Returns the promises of asynchronous callbacks.
 */
export function reportProgress(
  node: Operation,
  message: string,
  given: ProgressMetadata | undefined,
): readonly Promise<unknown>[] {
  notice(node);
  if (isSettled(node)) return [];
  return bubble(node, undefined, message, takeNumbers(progressRecordOf(node), given));
}

/** A report of an operation that belongs to this one and stands in another context, with its id as the origin. */
export function relayProgress(node: Operation, id: string, message: string, metadata: ProgressMetadata): void {
  if (!isSettled(node)) void bubble(node, id, message, metadata);
}

function bubble(
  node: Operation,
  origin: string | undefined,
  message: string,
  metadata: ProgressMetadata,
): readonly Promise<unknown>[] {
  const pending: Promise<unknown>[] = [];
  let id = origin;
  outdateSnapshots();
  for (let at: Operation | undefined = node; at !== undefined; at = at.up) {
    if (isSettled(at)) continue;
    const latest = progressRecordOf(at);
    latest.message = message;
    latest.metadata = metadata;
    if (at.cold!.onProgress !== undefined) callListeners(at, (id ??= node.id), message, metadata, pending);
  }
  tell(node, 'progress');
  return pending;
}

// Written out and not with callSafely: a hot loop reports through ten levels, and each closure would be made at each.
function callListeners(
  at: Operation,
  id: string,
  message: string,
  metadata: ProgressMetadata,
  pending: Promise<unknown>[],
): void {
  for (const { callback } of standing(at.cold!.onProgress)) {
    try {
      const result = callWith(at, callback, id, message, metadata);
      if (isThenable(result)) pending.push(promiseThen.call(Promise.resolve(result), ignore, reportFailure));
    } catch (error) {
      reportFailure(error);
    }
  }
}
