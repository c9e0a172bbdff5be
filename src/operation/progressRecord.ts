import { coldOf, type Operation, type ProgressRecord } from './node.js';
import type { ProgressMetadata } from './types.js';

export const noMetadata: ProgressMetadata = Object.freeze({});

/** What is known of an operation's progress, made when somebody first reports or asks. */
export function progressRecordOf(node: Operation): ProgressRecord {
  return (coldOf(node).progress ??= {
    ownFraction: undefined,
    numbers: noMetadata,
    message: undefined,
    metadata: noMetadata,
    floor: undefined,
    isLeaving: false,
    leavingCount: 0,
    leavingWeight: 0,
    leavingDone: 0,
    leavingFloor: undefined,
    sampledAt: 0,
    sampledCurrent: undefined,
    rate: undefined,
    snapshot: undefined,
    snapshotVersion: -1,
  });
}
