import { checkFunction } from '../base/checks.js';
import { createId } from '../base/ids.js';
import { job } from '../base/jobs.js';
import { callSafely, withListener, withoutListener } from '../base/listeners.js';
import type { Awaitable } from './awaitable.js';
import { cancelOperation, cancelToken, createTokenState, tokenError } from './cascade.js';
import { messageOf } from './errorOf.js';
import { ManualCancelation } from './errors.js';
import type { Operation, TokenState } from './node.js';
import { checkRequest } from './request.js';
import { signalOf } from './signal.js';
import { callWith, currentNode } from './stack.js';
import type { CancelRequest, Reason } from './types.js';
import { Wait, waitFor } from './wait.js';

const defaultMessage = 'Operation canceled via token';

/**
 * A handle that cancels what was given it, wherever that runs. One token may serve any number of operations; each forgets
 * it when it ends.
 *
 * @example
 * const stop = new CancelationToken();
 * const op = new Cancelable({ token: stop });
 * stop.cancel('The user pressed Stop'); // op.reason is 'manual'
 */
export class CancelationToken {
  /** @internal */
  readonly state: TokenState;
  #id: string | undefined;

  constructor();
  /** @internal The operation whose own token this is. */
  constructor(owner: Operation);
  constructor(owner?: Operation) {
    this.state = createTokenState(owner, this);
  }

  /** A UUID. */
  get id(): string {
    return (this.#id ??= createId());
  }

  get isCanceled(): boolean {
    return this.state.reason !== undefined;
  }

  get reason(): Reason | undefined {
    return this.state.reason;
  }

  get message(): string | undefined {
    if (!this.isCanceled) return undefined;
    const { owner, message } = this.state;
    return owner === undefined ? (message ?? defaultMessage) : messageOf(owner);
  }

  /** Epoch milliseconds; undefined until canceled. */
  get canceledAt(): number | undefined {
    return this.state.canceledAt;
  }

  /** Aborted when the token is canceled; its reason is a CancelationError. Made on first read. */
  get signal(): AbortSignal {
    const { state } = this;
    if (state.owner !== undefined) return signalOf(state.owner);
    if (state.controller === undefined) {
      state.controller = new AbortController();
      if (this.isCanceled) state.controller.abort(tokenError(state));
    }
    return state.controller.signal;
  }

  /**
   * Cancels the token and, in the same step, the operations that follow it. The first call wins; true if it was this one.
   *
   * @param request - The message, or `{ reason, message, cause }`. Default reason: `manual`.
   */
  cancel(request?: string | CancelRequest): boolean {
    const checked = checkRequest('cancel', request);
    if (this.isCanceled) return false;
    if (this.state.owner !== undefined) return cancelOperation(this.state.owner, checked);
    cancelToken(this.state, { ...checked, message: checked.message ?? defaultMessage });
    return true;
  }

  /**
   * Calls back once when the token is canceled; at once, before this returns, when it already is. What the callback throws
   * goes to `reportError`. Returns how to unregister.
   */
  onCancel(callback: (token: CancelationToken) => unknown): () => void {
    checkFunction('The callback of onCancel', callback);
    const call = (): unknown => callback(this);
    if (this.isCanceled) {
      void callSafely(() => callWith(undefined, call));
      return () => {};
    }
    this.state.callbacks = withListener(this.state.callbacks, call);
    return () => {
      this.state.callbacks = withoutListener(this.state.callbacks, call);
    };
  }

  /** Resolves when the token is canceled; never rejects because of it. Guarded by the current operation, if there is one. */
  whenCanceled(): Awaitable<void> {
    const wait = new Wait<void>(currentNode(), () => unregister());
    const unregister = this.onCancel(() => job(() => wait.fulfill()));
    return wait.promise;
  }

  /** Throws a ManualCancelation, named for itself, if the token is canceled. */
  check(): void {
    if (!this.isCanceled) return;
    const { reason, message } = this;
    throw new ManualCancelation({ message, name: 'ManualCancelation', operation: this.state.owner }, reason);
  }

  /** Rejects with the AbortError that `signal.reason` holds if the token is canceled; else resolves. */
  checkAsync(): Awaitable<void> {
    return waitFor(currentNode(), this.isCanceled ? Promise.reject(tokenError(this.state)) : Promise.resolve());
  }

  toString(): string {
    return `CancelationToken(${this.id.slice(0, 8)}, ${this.isCanceled ? `canceled: ${this.reason}` : 'active'})`;
  }
}

/** The operation's own token, made on first read: canceling one cancels the other. */
export function tokenOf(node: Operation): CancelationToken {
  // The record says `unknown` because it lies below this class; only this class makes one.
  return (node.cold?.token?.token as CancelationToken | undefined) ?? new CancelationToken(node);
}
