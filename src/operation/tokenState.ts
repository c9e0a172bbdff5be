import { callSafely } from '../base/listeners.js';
import { CancelationError } from './errors.js';
import type { TokenState } from './node.js';
import { callWith } from './stack.js';
import type { CancelRequest } from './types.js';

// The steps of a token's cancelation, apart: with operations under it they are steps of one cascade.

/** The record of a token, new and live. */
export function createTokenState(): TokenState {
  return {
    reason: undefined,
    message: undefined,
    cause: undefined,
    canceledAt: undefined,
    controller: undefined,
    error: undefined,
    callbacks: undefined,
    followers: new Set(),
    cancelFollowers: undefined,
  };
}

/** @param at - Epoch milliseconds. */
export function markToken(token: TokenState, request: CancelRequest, at: number): void {
  token.reason = request.reason ?? 'manual';
  token.message = request.message;
  token.cause = request.cause;
  token.canceledAt = at;
}

export function abortToken(token: TokenState): void {
  token.controller?.abort(tokenError(token));
}

export function callTokenCallbacks(token: TokenState): void {
  const callbacks = token.callbacks;
  token.callbacks = undefined;
  for (const callback of callbacks ?? []) void callSafely(() => callWith(undefined, callback));
}

/** The error that a token's signal is aborted with. */
export function tokenError(token: TokenState): Error {
  return (token.error ??= new CancelationError(token.reason!, { message: token.message, cause: token.cause }));
}
