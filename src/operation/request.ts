import { checkKeys, checkString, wrongType } from '../base/checks.js';
import type { CancelRequest } from './types.js';

const keys = ['reason', 'message', 'cause', 'propagate'];

/** What `cancel` was given, as an object; refuses what it does not understand. */
export function checkRequest<Request extends CancelRequest>(name: string, request: string | Request | undefined): Request | CancelRequest {
  if (request === undefined) return {};
  if (typeof request === 'string') return { message: request };
  if (typeof request !== 'object' || request === null) {
    throw wrongType(`The argument of ${name}`, 'a message or { reason, message, cause }', request);
  }
  checkKeys(`The argument of ${name}`, request, keys);
  if (request.reason !== undefined) checkString(`${name}: "reason"`, request.reason);
  if (request.message !== undefined) checkString(`${name}: "message"`, request.message);
  return request;
}
