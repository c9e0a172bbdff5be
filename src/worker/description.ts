import { Cancelable } from '../cancelable/Cancelable.js';
import { remainingOf } from '../operation/deadlineOf.js';
import type { Operation } from '../operation/node.js';
import { cloneableFields } from './cloneable.js';
import type { OperationDescription } from './protocol.js';

/** What the other side must know of an operation that crosses. */
export function describeOperation(node: Operation, flag: SharedArrayBuffer | undefined): OperationDescription {
  const { id, name, cold } = node;
  return {
    id,
    name,
    metadata: cold?.metadata === undefined ? {} : cloneableFields(cold.metadata),
    remaining: remainingOf(node),
    grace: cold?.grace ?? 0,
    flag,
  };
}

/** The operation on this side: it has the same id, name and metadata, and its time is over when it is there. */
export function createDescribed({ id, name, metadata, remaining, grace }: OperationDescription): Cancelable {
  // A moment later than there: whoever is told that it is over here must find the same, and clocks tick in milliseconds.
  const timeout = remaining === undefined ? undefined : Math.ceil(remaining) + 1;
  return new Cancelable({ id, name, metadata, timeout, grace, parent: null });
}
