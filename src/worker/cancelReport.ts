import { textOf } from '../base/text.js';
import { errorOf, messageOf } from '../operation/errorOf.js';
import { ErrorLink } from '../operation/causes.js';
import type { Operation } from '../operation/node.js';
import { detail, type SourceRequest } from '../operation/request.js';
import { rebuildError, type ErrorClasses } from './errors/rebuild.js';
import { serializeError } from './errors/serialize.js';
import { cloneableOr } from './cloneable.js';
import type { CancelReport } from './protocol.js';

/** Why an operation was canceled, or why one that has ended otherwise takes along what stands for it elsewhere. */
export function toCancelReport(node: Operation): CancelReport {
  if (node.phase !== 'canceled') return toEndReport(node);
  const { failure } = node;
  // A child's cause is its parent's error; that one is made only when it is asked for.
  const cause = node.cancelReason === 'parent' || failure instanceof ErrorLink ? causeOf(node) : failure;
  return {
    reason: node.cancelReason!,
    message: messageOf(node),
    cause: cause === undefined ? undefined : serializeError(cause, node),
    detail: cloneableOr(node.cold?.detail),
  };
}

function toEndReport(node: Operation): CancelReport {
  const hasFailed = node.phase === 'failed';
  return {
    reason: 'parent',
    message: hasFailed
      ? `The operation failed: ${textOf(node.failure)}`
      : node.phase === 'completed'
        ? 'The operation has completed without awaiting this'
        : 'Nobody waits for it any more',
    cause: hasFailed ? serializeError(node.failure, node) : undefined,
    detail: undefined,
  };
}

function causeOf(node: Operation): unknown {
  return (errorOf(node) as Error).cause; // a canceled operation has one
}

/** What came over the port, as a request that cancels the operation here. */
export function toCancelRequest(report: CancelReport, node: Operation, classes?: ErrorClasses): SourceRequest {
  const { reason, message, cause } = report;
  return {
    reason,
    message,
    cause: cause === undefined ? undefined : rebuildError(cause, node, classes),
    [detail]: report.detail,
  };
}
