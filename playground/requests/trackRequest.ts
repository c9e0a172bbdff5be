import type { Cancelable } from 'use-cancelable';
import { rootReason } from './rootReason.ts';
import { tellReason } from './tellReason.ts';

/**
 * The header by which the server's log knows the one request of an operation. When that is canceled, the log learns why: the
 * server sees only that somebody let go.
 */
export function trackRequest(op: Cancelable): { readonly 'x-request-id': string } {
  const requestId = crypto.randomUUID();
  op.onCancel(() => tellReason(requestId, rootReason(op)));
  return { 'x-request-id': requestId };
}
