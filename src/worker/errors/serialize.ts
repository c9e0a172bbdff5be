import { textOf } from '../../base/text.js';
import {
  ConditionCancelation,
  isCancelation,
  ManualCancelation,
  ParentCancelation,
  SignalCancelation,
  TimeoutCancelation,
  type CancelationError,
} from '../../operation/errors.js';
import type { Operation } from '../../operation/node.js';
import { cloneableFields, cloneableOr, describeSafely, isCloneable, read } from '../cloneable.js';
import type {
  CancelationKind,
  CancelationRecord,
  ErrorRecord,
  ErrorReport,
  OperationFacts,
  Reference,
} from './types.js';

// A chain of ten thousand causes is legal; who reads the hundredth?
const limit = 100;
// They have places of their own in a record, or say nothing on the other side.
const known: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/**
 * What was thrown, in a form that goes through a port. `own` is the operation that crosses: what belongs to it here belongs
 * to it there. Nothing recurses, and nothing that can be thrown makes it throw.
 */
export function serializeError(thrown: unknown, own: Operation | undefined): ErrorReport {
  const errors: ErrorRecord[] = [];
  const open: unknown[] = [];
  const indices = new Map<unknown, number>();
  const refer = (value: unknown): Reference => {
    const index = indices.get(value);
    if (index !== undefined) return { error: index };
    if (!isError(value)) return isCloneable(value) ? { value } : { lost: describeSafely(value) };
    if (open.length >= limit) return { lost: 'one error too many in a chain of causes' };
    indices.set(value, open.length);
    open.push(value);
    return { error: open.length - 1 };
  };
  const root = refer(thrown);
  for (let next = 0; next < open.length; next += 1) errors.push(toRecordSafely(open[next] as Error, own, refer));
  return { root, errors };
}

/** An error may be a proxy, or have parts that forbid to be looked at. */
function toRecordSafely(error: Error, own: Operation | undefined, refer: (value: unknown) => Reference): ErrorRecord {
  try {
    return toRecord(error, own, refer);
  } catch {
    return toRecord(new Error(`An error that cannot be read: ${textOf(error)}`), own, refer);
  }
}

function toRecord(error: Error, own: Operation | undefined, refer: (value: unknown) => Reference): ErrorRecord {
  const cause = read(error, 'cause');
  const parts: unknown = read(error, 'errors');
  const fields: Record<string, Reference> = {};
  const cancelation = isCancelation(error) ? toCancelation(error, own) : undefined;
  // What a cancelation of this package has beside the common fields stands in its own record.
  for (const key of cancelation === undefined ? Object.keys(error) : []) {
    const value = read(error, key);
    if (!known.has(key) && (isError(value) || isCloneable(value))) fields[key] = refer(value);
  }
  return {
    name: toText(read(error, 'name')) ?? 'Error',
    message: textOf(error),
    stack: toText(read(error, 'stack')),
    classes: classesOf(error),
    isDomException: typeof DOMException === 'function' && error instanceof DOMException,
    cause: cause === undefined ? undefined : refer(cause),
    errors: Array.isArray(parts) ? parts.map(refer) : undefined,
    fields,
    cancelation,
  };
}

function toCancelation(error: CancelationError, own: Operation | undefined): CancelationRecord {
  const { reason, operation } = error;
  const { parentId, parentReason } = error as Partial<ParentCancelation>;
  const { timeout, event, conditionName } = error as Partial<
    TimeoutCancelation & SignalCancelation & ConditionCancelation
  >;
  const isOwn = operation !== undefined && operation === own;
  return {
    kind: kindOf(error),
    reason,
    detail: cloneableOr(timeout ?? event ?? conditionName),
    parentId,
    parentReason,
    operation: isOwn ? 'own' : operation && factsOf(operation),
  };
}

function kindOf(error: CancelationError): CancelationKind {
  if (error instanceof TimeoutCancelation) return 'timeout';
  if (error instanceof ManualCancelation) return 'manual';
  if (error instanceof SignalCancelation) return 'signal';
  if (error instanceof ConditionCancelation) return 'condition';
  return error instanceof ParentCancelation ? 'parent' : 'plain';
}

function factsOf(operation: Operation): OperationFacts {
  const { partialResult, metadata, ...facts } = operation.context.toJSON();
  return { ...facts, partialResult: cloneableOr(partialResult), metadata: cloneableFields(metadata) };
}

function classesOf(error: object): readonly string[] {
  const names: string[] = [];
  for (let at: unknown = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    const name: unknown = (at as { constructor?: { name?: unknown } }).constructor?.name;
    if (typeof name === 'string' && name !== '') names.push(name);
  }
  return names;
}

/** An error of this or of another realm. */
function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
  } catch {
    return false; // a proxy, or a tag that throws
  }
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
