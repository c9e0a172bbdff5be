import { checkKeys, checkString, wrongType } from '../base/checks.js';
import { textOf } from '../base/text.js';
import type { CancelRequest, OperationCancelRequest } from './types.js';

const keys = ['reason', 'message', 'cause'];

// A symbol: users can neither see nor give it.
/** What the error of a cancelation says beside the message: a timeout's milliseconds, an event's type, a condition's name. */
export const detail: unique symbol = /* @__PURE__ */ Symbol('detail');

/** What the sources of this package say when they fire. */
export interface SourceRequest extends CancelRequest {
  readonly [detail]?: unknown;
}

/** What `cancel` or `fire` was given, as an object; refuses what it does not understand. */
export function checkRequest(
  name: string,
  request: string | CancelRequest | undefined,
  moreKeys: readonly string[] = [],
): CancelRequest {
  if (request === undefined) return {};
  if (typeof request === 'string') return { message: request };
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw wrongType(`The argument of ${name}`, 'a message or { reason, message, cause }', request);
  }
  if (request instanceof Error) throw wrongType(`The argument of ${name}`, 'a message or { cause: error }', request);
  checkKeys(`The argument of ${name}`, request, [...keys, ...moreKeys]);
  if (request.reason !== undefined) checkString(`${name}: "reason"`, request.reason);
  if (request.message !== undefined) checkString(`${name}: "message"`, request.message);
  return request;
}

/** The same for an operation, which may leave its children alone. */
export function checkOperationRequest(request: string | OperationCancelRequest | undefined): OperationCancelRequest {
  const checked: OperationCancelRequest = checkRequest('cancel', request, ['propagate']);
  if (checked.propagate !== undefined && typeof checked.propagate !== 'boolean') {
    throw wrongType('cancel: "propagate"', 'true or false', checked.propagate);
  }
  return checked;
}

/** What an aborted signal says. */
export function requestOfSignal(signal: AbortSignal): CancelRequest {
  const cause: unknown = signal.reason;
  return { reason: 'signal', message: `Operation canceled by a signal: ${textOf(cause)}`, cause };
}
