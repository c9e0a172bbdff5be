import { callSafely, standing } from '../base/listeners.js';
import { expireOverdue } from './deadlines.js';
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
): Promise<unknown>[] {
  const pending: Promise<unknown>[] = [];
  if (node.earliestDeadline !== Infinity) expireOverdue();
  if (isSettled(node)) return pending;
  const record = progressRecordOf(node);
  const metadata = takeNumbers(record, given);
  outdateSnapshots();
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
  tell(node, 'progress');
  return pending;
}
