import type { Listeners, Registration } from '../base/listeners.js';
import type {
  CancelRequest,
  CustomSource,
  OperationContext,
  Progress,
  ProgressMetadata,
  Reason,
  Status,
} from './types.js';

/**
 * Told of a change of status, with the facts of the operation. A promise that it returns is waited for.
 *
 * @example
 * const log: StatusCallback = ({ name, status }) => console.log(name, status);
 */
export type StatusCallback = (context: OperationContext) => unknown;
/**
 * Told of a failure, with what was thrown. A promise that it returns is waited for.
 *
 * @example
 * const log: ErrorCallback = (context, error) => console.error(context.name, error);
 */
export type ErrorCallback = (context: OperationContext, error: unknown) => unknown;
/**
 * Told of a report: the id of the operation that made it, its message, its data.
 *
 * @example
 * const log: ProgressCallback = (id, message, { progress }) => console.log(message, progress);
 */
export type ProgressCallback = (operationId: string, message: string, metadata: ProgressMetadata) => unknown;

// The fields marked internal are the hot half of an operation's record, read and written by the functions of this folder;
// what most operations never need lies in `cold`.
/**
 * What an error or a callback knows of an operation. `Cancelable` is the class that is made.
 *
 * @example
 * if (isCancelation(error)) console.log(error.operation?.name, error.operation?.status);
 */
export abstract class Operation {
  /** A UUID unless given. */
  abstract readonly id: string;
  /** For people, logs and tools. */
  abstract readonly name: string | undefined;
  /** Where it is in its life. */
  abstract readonly status: Status;
  /** Why it was canceled; undefined unless it was. */
  abstract readonly reason: Reason | undefined;
  /** What the cancelation says; undefined unless it was canceled. */
  abstract readonly message: string | undefined;
  /** The CancelationError of a canceled operation, or what a failed one has thrown. */
  abstract readonly error: unknown;
  /** Facts and your own data, live. */
  abstract readonly context: OperationContext;
  /** The operation it belongs to; undefined for a root. */
  abstract readonly parent: Operation | undefined;
  /** Aborted when the operation is canceled or fails; its `reason` is `error`. */
  abstract readonly signal: AbortSignal;

  /** @internal The status, but for a shield's handle, which is `running` here. */ phase: Exclude<Status, 'shielded'> =
    'pending';
  /** @internal */ up: Operation | undefined = undefined;
  // Children that have started, in order, linked: adding and removing one costs the same with 100,000 beside it.
  /** @internal */ firstChild: Operation | undefined = undefined;
  /** @internal */ lastChild: Operation | undefined = undefined;
  /** @internal */ previousSibling: Operation | undefined = undefined;
  /** @internal */ nextSibling: Operation | undefined = undefined;
  /** @internal */ linked = false;
  /** @internal Children that have started and whose run has not settled. */ openChildren = 0;
  /** @internal The same, and those whose abandoned body still runs. */ unclosedChildren = 0;
  /** @internal Sum of the weights of completed children. */ completedWeight = 0;

  /** @internal */ cancelReason: Reason | undefined = undefined;
  /** @internal The given message; the default one is made when it is read. */ cancelMessage: string | undefined =
    undefined;
  /** @internal Cause of the cancelation, or the error of a failure. */ failure: unknown = undefined;
  /** @internal The error of the cancelation, made on first read. */ madeError: Error | undefined = undefined;

  /** @internal Epoch milliseconds; the other times are monotonic (performance.now). */ createdAt = Date.now();
  /** @internal */ startedAt = -1;
  /** @internal */ endedAt = -1;
  /** @internal Milliseconds; Infinity: none. */ timeout = Infinity;
  /** @internal Infinity: none. */ deadlineAt = Infinity;
  /** @internal The earliest deadline of this operation and of those above it. */ earliestDeadline = Infinity;
  /** @internal Counts starts: a parent's is lower than its children's. */ queueOrder = 0;
  /** @internal Place in the deadline queue; -1: not in it; -2: in faked time. */ queueIndex = -1;

  /** @internal */ controller: AbortController | undefined = undefined;
  /** @internal */ waiters: Waiter | undefined = undefined;
  /** @internal */ execution: Execution | undefined = undefined;
  /** @internal */ cold: Cold | undefined = undefined;
}

/** A promise that waits under the guard of an operation. */
export interface Waiter {
  previous: Waiter | undefined;
  next: Waiter | undefined;
  /** The operation was canceled or has failed. */
  interrupt(error: unknown): void;
  /** The operation has completed and did not wait for it. */
  leaveBehind(): void;
}

/** The ends of a promise. */
export interface Settleable {
  fulfill(value: unknown): void;
  reject(error: unknown): void;
  rejectQuietly(error: unknown): void;
}

/** One call of `run`, `settle` or `start`. */
export interface Execution {
  readonly kind: 'run' | 'settle' | 'start';
  /** The ends of the promise that was handed out; undefined once delivered, and after `start()`. */
  deferred: Settleable | undefined;
  /** The operations above count it, or what runs below it, among what they wait for to settle, and to close. */
  holdsSettling: boolean;
  holdsClosing: boolean;
  /** The value that the body returned. */
  value: unknown;
  bodyEnded: boolean;
  /** The body outlived its grace: nobody waits for it any more. */
  abandoned: boolean;
  settled: boolean;
  closed: boolean;
  /** The grace that is running: its timer; null for one that needs none. */
  grace: ReturnType<typeof setTimeout> | null | undefined;
  /** Called once when the run has settled, by whoever keeps account of runs. */
  onSettled: (() => void) | undefined;
}

export class Cold {
  id: string | undefined = undefined;
  name: string | undefined = undefined;
  context: OperationContext | undefined = undefined;
  metadata: Record<string, unknown> | undefined = undefined;
  partialResult: unknown = undefined;
  suppressed: unknown[] | undefined = undefined;
  /** What the epoch says when the monotonic clock is at zero. */
  epochOfClock: number | undefined = undefined;
  /** What its error says beside the message. */
  detail: unknown = undefined;
  /** Why it has ended, in the words that its children repeat. */
  why: string | undefined = undefined;

  weight = 1;
  grace = 0;
  cancelsChildren = false;
  /** Made by spawn: its failure is its parent's. */
  spawned = false;
  /** The handle of a shield: what ends the operation above it does not reach it. */
  shielded = false;

  token: TokenState | undefined = undefined;
  tokenObject: unknown = undefined;
  followedTokens: readonly TokenState[] | undefined = undefined;
  /** What a combined operation is made of; kept alive until it ends. */
  members: readonly Operation[] | undefined = undefined;
  followedSignals: readonly AbortSignal[] = [];
  foreignSignals: readonly AbortSignal[] = [];
  sources: readonly CustomSource[] = [];
  stops: Array<() => void> | undefined = undefined;

  onStart: Listeners<Registration<StatusCallback>> = undefined;
  onComplete: Listeners<Registration<StatusCallback>> = undefined;
  onCancel: Listeners<Registration<StatusCallback>> = undefined;
  onError: Listeners<Registration<ErrorCallback>> = undefined;
  onProgress: Listeners<Registration<ProgressCallback>> = undefined;
  /** Told of every change of status and progress of this operation and of those below it. */
  watchers: Listeners<() => void> = undefined;
  /** Promises of status callbacks that have not settled. */
  openCallbacks = 0;
  progress: ProgressRecord | undefined = undefined;

  /** Children that have not started: they hold nobody and are not kept alive. */
  pendingChildren: Set<WeakRef<Operation>> | undefined = undefined;
  /** This operation's entry in its parent's set. */
  pendingReference: WeakRef<Operation> | undefined = undefined;

  /** What resolves `closed`. */
  onClosed: Array<() => void> | undefined = undefined;
}

/** What a token holds. */
export interface TokenState {
  reason: Reason | undefined;
  message: string | undefined;
  cause: unknown;
  /** Epoch milliseconds. */
  canceledAt: number | undefined;
  controller: AbortController | undefined;
  error: Error | undefined;
  callbacks: Listeners<() => unknown>;
  /** Operations that are canceled with it. */
  readonly followers: Set<Operation>;
  /** Given by the first operation that follows: a token alone needs none of what operations need. */
  cancelFollowers: ((token: TokenState, request: CancelRequest) => void) | undefined;
}

export interface ProgressRecord {
  /** Of the last own report from which one could be told. */
  ownFraction: number | undefined;
  /** The last own report that had numbers. */
  numbers: ProgressMetadata;
  message: string | undefined;
  metadata: ProgressMetadata;
  /** The highest fraction that was computed from children. */
  floor: number | undefined;
  /** It has ended without completing, and its parent's record counts it below until its run has settled. */
  isLeaving: boolean;
  /** Shares of children that have just failed or were canceled: weight, and what was done of it. */
  leavingCount: number;
  leavingWeight: number;
  leavingDone: number;
  /** What was told without them meanwhile: it is the floor if the operation goes on. */
  leavingFloor: number | undefined;
  /** What the rate is computed from: the last sample, and the smoothed rate so far. */
  sampledAt: number;
  sampledCurrent: number | undefined;
  rate: number | undefined;
  snapshot: Progress | undefined;
  snapshotVersion: number;
}

/** The cold half of an operation's record, made when first needed. */
export function coldOf(node: Operation): Cold {
  return (node.cold ??= new Cold());
}

/** True for the handle of a shield. */
export function isShield(node: Operation): boolean {
  return node.cold?.shielded === true;
}

/** True when the operation was canceled or has failed: nothing in it goes on with a value. */
export function isOver(node: Operation | undefined): node is Operation {
  return node?.phase === 'canceled' || node?.phase === 'failed';
}

/** True when the operation has ended: completed, canceled or failed. */
export function isSettled(node: Operation): boolean {
  return node.endedAt !== -1;
}
