import { checkFunction } from '../base/checks.js';
import { createId } from '../base/ids.js';
import { job } from '../base/jobs.js';
import { callSafely, withListener, withoutListener } from '../base/listeners.js';
import { Deferred, type Awaitable } from './awaitable.js';
import { ManualCancelation } from './errors.js';
import { isOver, isSettled, type TokenState, type Waiter } from './node.js';
import { checkRequest } from './request.js';
import { callWith, currentNode } from './stack.js';
import { abortToken, callTokenCallbacks, createTokenState, markToken, tokenError } from './tokenState.js';
import type { CancelRequest, Reason } from './types.js';
import { addWaiter, removeWaiter } from './waiters.js';

/**
 * A handle that cancels what it was given to, wherever that runs. One token may serve any number of operations; each
 * forgets it when it ends.
 *
 * @example
 * const stop = new CancelationToken();
 * const op = new Cancelable({ token: stop });
 * stop.cancel('The user pressed Stop'); // op.reason is 'manual'
 */
export class CancelationToken {
  /** @internal */
  readonly state: TokenState = createTokenState();
  #id: string | undefined;

  /** A UUID. */
  get id(): string {
    return (this.#id ??= createId());
  }

  /** True from the instant it was canceled. */
  get isCanceled(): boolean {
    return this.state.reason !== undefined;
  }

  /** Why it was canceled; undefined until then. */
  get reason(): Reason | undefined {
    return this.state.reason;
  }

  /** What the cancelation says; undefined until then. */
  get message(): string | undefined {
    return this.state.message;
  }

  /** Epoch milliseconds; undefined until canceled. */
  get canceledAt(): number | undefined {
    return this.state.canceledAt;
  }

  /** Aborted when the token is canceled; its reason is a CancelationError. Made on first read. */
  get signal(): AbortSignal {
    const { state } = this;
    if (state.controller === undefined) {
      state.controller = new AbortController();
      if (this.isCanceled) abortToken(state);
    }
    return state.controller.signal;
  }

  /**
   * Cancels the token and, in the same step, the operations that follow it. The first call wins; true if it was this one.
   *
   * @param request - The message, or `{ reason, message, cause }`. Default reason: `manual`.
   */
  cancel(request?: string | CancelRequest): boolean {
    const given = checkRequest('cancel', request);
    if (this.isCanceled) return false;
    const { state } = this;
    const complete = { ...given, message: given.message ?? 'Operation canceled via token' };
    if (state.cancelFollowers !== undefined) {
      state.cancelFollowers(state, complete);
    } else {
      markToken(state, complete, Date.now());
      abortToken(state);
      callTokenCallbacks(state);
    }
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

  /**
   * Resolves when the token is canceled. In an operation it rejects when that is canceled, and is forgotten, never to settle,
   * when that completes.
   */
  whenCanceled(): Awaitable<void> {
    const deferred = new Deferred<void>();
    const fulfill = (): void => job(() => deferred.fulfill());
    const node = currentNode();
    if (isOver(node)) {
      job(() => deferred.rejectQuietly(node.error));
      return deferred.promise;
    }
    if (node === undefined || isSettled(node) || this.isCanceled) {
      this.onCancel(fulfill);
      return deferred.promise;
    }
    const interrupt = (error: unknown): void => {
      unregister();
      deferred.rejectQuietly(error);
    };
    const waiter: Waiter = {
      previous: undefined,
      next: undefined,
      interrupt,
      leaveBehind: () => unregister(),
    };
    const unregister = this.onCancel(() => {
      removeWaiter(node, waiter);
      fulfill();
    });
    addWaiter(node, waiter);
    return deferred.promise;
  }

  /** Throws a ManualCancelation, named for itself, if the token is canceled. */
  check(): void {
    if (!this.isCanceled) return;
    throw new ManualCancelation(
      { message: this.message, cause: this.state.cause, name: 'ManualCancelation' },
      this.reason,
    );
  }

  /** Rejects with the AbortError that `signal.reason` holds if the token is canceled; else resolves. */
  checkAsync(): Awaitable<void> {
    const deferred = new Deferred<void>();
    job(() => (this.isCanceled ? deferred.rejectQuietly(this.error) : deferred.fulfill()));
    return deferred.promise;
  }

  /** Its short id and its state, for logs. */
  toString(): string {
    return `CancelationToken(${this.id.slice(0, 8)}, ${this.isCanceled ? `canceled: ${this.reason}` : 'active'})`;
  }

  /** @internal */
  protected get error(): unknown {
    return tokenError(this.state);
  }
}
