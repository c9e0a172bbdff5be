import { formatDuration } from '../base/duration.js';
import { ErrorLink, rootOf } from './causes.js';
import type { Operation } from './node.js';
import type { OperationContext, Reason } from './types.js';

// The brand is a registered symbol, so that errors are recognized across duplicate copies of the package.
const brand: unique symbol = Symbol.for('use-cancelable.cancelation') as never;

/**
 * What a cancelation error may be given. A string alone is the message.
 *
 * @example
 * throw new CancelationError('quota', { message: 'No more today', cause: response });
 */
export type CancelationInit =
  | string
  | {
      readonly message?: string | undefined;
      readonly cause?: unknown;
      /** The operation that was canceled. */
      readonly operation?: Operation | undefined;
      /** Default: `AbortError`, or `TimeoutError`, as `AbortSignal` has them. */
      readonly name?: string | undefined;
    };

/**
 * The error of every cancelation. Its `name` is `AbortError` (`TimeoutError` for timeouts), as DOM section 3.1 has it for
 * AbortSignal, so that other libraries recognize it.
 *
 * @example
 * try {
 *   await op.run(load);
 * } catch (error) {
 *   if (!isCancelation(error)) throw error;
 *   console.log(error.reason, error.message, error.operation?.context.partialResult);
 * }
 */
export class CancelationError extends Error {
  /** Why: `timeout`, `manual`, `parent`, … */
  readonly reason: Reason;
  readonly #cause: unknown;
  #operation: Operation | undefined;
  readonly #name: string | undefined;

  /** Made by hand, it cancels the operation whose body throws it. `init` is the message, or `{ message, cause, … }`. */
  constructor(reason: Reason, init: CancelationInit = {}) {
    const { message, cause, operation, name } = toInit(init);
    super(message ?? `Operation canceled: ${reason}`);
    this.reason = reason;
    this.#operation = operation;
    this.#cause = cause;
    this.#name = name;
  }

  /**
   * What lies behind it: the parent's error, the reason of a foreign signal, what a source gave. Read step by step, so that
   * a tree of ten thousand levels makes only the errors that are looked at.
   */
  override get cause(): unknown {
    return this.#cause instanceof ErrorLink ? this.#cause.error : this.#cause;
  }

  /** The end of the chain of causes: what it all began with; the error itself if there is none. */
  get rootCause(): unknown {
    return rootOf(this);
  }

  // A getter, so that an error costs no field for it and a bundler can drop the classes that are not used.
  override get name(): string {
    return this.#name ?? 'AbortError';
  }

  // A getter as well: an own property would take the whole tree along into logs.
  /** The operation that was canceled; undefined for an error made by hand that no operation has ended with. */
  get operation(): Operation | undefined {
    return this.#operation;
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** Facts of the operation, with its partial result. */
  get context(): OperationContext | undefined {
    return this.operation?.context;
  }

  /** Errors that the body threw while it was unwinding. */
  get suppressed(): readonly unknown[] {
    return this.operation?.cold?.suppressed ?? [];
  }

  /** Plain data for a log. */
  toJSON(): { name: string; message: string; reason: Reason; operationId: string | undefined } {
    const { name, message, reason, operation } = this;
    return { name, message, reason, operationId: operation?.id };
  }

  /** @internal An error made by hand gets the operation that it has ended. */
  claim(operation: Operation): void {
    this.#operation ??= operation;
  }
}

/**
 * The operation took longer than its `timeout`.
 *
 * @example
 * if (error instanceof TimeoutCancelation) console.log(`not done after ${error.timeout} ms`);
 */
export class TimeoutCancelation extends CancelationError {
  /** Milliseconds; undefined if the operation had none and was canceled with this reason by hand. */
  readonly timeout: number | undefined;

  constructor(timeout?: number, init?: CancelationInit) {
    super(
      'timeout',
      withMessage(
        init,
        timeout === undefined ? 'Operation timed out' : `Operation timed out after ${formatDuration(timeout)}`,
      ),
    );
    this.timeout = timeout;
  }

  override get name(): string {
    return 'TimeoutError';
  }
}

/**
 * Somebody called `cancel`.
 *
 * @example
 * if (error instanceof ManualCancelation) return; // somebody pressed Stop
 */
export class ManualCancelation extends CancelationError {
  constructor(init?: CancelationInit, reason: Reason = 'manual') {
    super(reason, withMessage(init, 'Operation canceled manually'));
  }
}

/**
 * A foreign AbortSignal was aborted (`cause` is its reason), or an event happened.
 *
 * @example
 * if (error instanceof SignalCancelation) console.log(error.event ?? error.cause);
 */
export class SignalCancelation extends CancelationError {
  /** Type of the event, when it was one. */
  readonly event: string | undefined;

  constructor(event?: string, init?: CancelationInit) {
    super('signal', withMessage(init, `Operation canceled by signal${event === undefined ? '' : ` ${event}`}`));
    this.event = event;
  }
}

/**
 * A condition was met, or a source of your own fired.
 *
 * @example
 * if (error instanceof ConditionCancelation) console.log(error.conditionName); // 'queue is full'
 */
export class ConditionCancelation extends CancelationError {
  /** Name of the condition, when it has one. */
  readonly conditionName: string | undefined;

  constructor(conditionName?: string, init?: CancelationInit) {
    super(
      'condition',
      withMessage(init, `Operation canceled: ${conditionName === undefined ? '' : `${conditionName} `}condition met`),
    );
    this.conditionName = conditionName;
  }
}

/**
 * The operation above it was canceled or failed; `cause` is that operation's error.
 *
 * @example
 * if (error instanceof ParentCancelation) console.log(error.parentReason, error.rootCause);
 */
export class ParentCancelation extends CancelationError {
  /** Id of the operation above. */
  readonly parentId: string;
  /** Why the parent was canceled; undefined when it failed or had completed. */
  readonly parentReason: Reason | undefined;

  constructor(parentId: string, parentReason?: Reason, init?: CancelationInit) {
    super(
      'parent',
      withMessage(init, `Operation canceled because its parent ${parentId} ${howParentEnded(parentReason)}`),
    );
    this.parentId = parentId;
    this.parentReason = parentReason;
  }
}

/**
 * True for every cancelation error of this package, also of another copy of it. With an operation: true only for the
 * cancelation of that very operation.
 *
 * @example
 * if (isCancelation(error, op)) return; // op itself was canceled; a nested save that timed out is still an error
 */
export function isCancelation(error: unknown, operation?: Operation): error is CancelationError {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false;
  return operation === undefined || (error as CancelationError).operation === operation;
}

/**
 * For `.catch()`: swallows a cancelation and rethrows anything else.
 *
 * @example
 * onClick={() => void run(save).then(showToast).catch(ignoreCancelation)}
 */
export function ignoreCancelation(error: unknown): undefined {
  if (isCancelation(error)) return undefined;
  throw error;
}

/** What a wait with a timer or a listener of its own is told when its operation has completed without awaiting it. */
export function leftBehindError(operation: Operation): CancelationError {
  return new CancelationError('parent', { message: 'The operation has completed without awaiting this', operation });
}

function howParentEnded(reason: Reason | undefined): string {
  return reason === undefined ? 'has ended' : `was canceled (${reason})`;
}

function toInit(init: CancelationInit): Exclude<CancelationInit, string> {
  return typeof init === 'string' ? { message: init } : init;
}

function withMessage(init: CancelationInit | undefined, fallback: string): CancelationInit {
  const given = toInit(init ?? {});
  return given.message === undefined ? { ...given, message: fallback } : given;
}
