import type { Cancelable } from '../cancelable/Cancelable.js';
import type { Reason } from '../operation/types.js';

interface Flags {
  readonly isIdle: false;
  readonly isRunning: false;
  readonly isCompleted: false;
  readonly isCanceled: false;
  readonly isFailed: false;
}

interface Facts extends Flags {
  /** The newest operation that runs, else the last one. */
  readonly operation: Cancelable;
  /** What it had stored when it ended; while it runs, when it began. `op.context.partialResult` is live. */
  readonly partialResult: unknown;
  /** What it has failed with; a cancelation is no error. */
  readonly error: undefined;
  /** Why it was canceled. */
  readonly reason: undefined;
  /** What the cancelation says. */
  readonly message: undefined;
}

/** Nothing has run. */
export interface IdleState extends Omit<Facts, 'isIdle' | 'operation' | 'partialResult'> {
  readonly status: 'idle';
  readonly isIdle: true;
  readonly operation: undefined;
  readonly partialResult: undefined;
}

/** It has been asked for and not begun, which only a callback of the run before can see. */
export interface PendingState extends Facts {
  readonly status: 'pending';
}

export interface RunningState extends Omit<Facts, 'isRunning'> {
  readonly status: 'running';
  readonly isRunning: true;
}

export interface CompletedState extends Omit<Facts, 'isCompleted'> {
  readonly status: 'completed';
  readonly isCompleted: true;
}

export interface CanceledState extends Omit<Facts, 'isCanceled' | 'reason' | 'message'> {
  readonly status: 'canceled';
  readonly isCanceled: true;
  readonly reason: Reason;
  readonly message: string;
}

export interface FailedState extends Omit<Facts, 'isFailed' | 'error'> {
  readonly status: 'failed';
  readonly isFailed: true;
  readonly error: unknown;
}

/** What a view shows of an operation that may not be there yet. The status, or one of the flags, tells what else is there. */
export type OperationState = IdleState | PendingState | RunningState | CompletedState | CanceledState | FailedState;

export function stateOf(operation: Cancelable | undefined): OperationState {
  const status = operation?.phase ?? 'idle'; // no task hands out the handle of a shield
  const state = {
    status,
    isIdle: status === 'idle',
    isRunning: status === 'running',
    isCompleted: status === 'completed',
    isCanceled: status === 'canceled',
    isFailed: status === 'failed',
    error: status === 'failed' ? operation?.error : undefined,
    reason: operation?.reason,
    message: operation?.message,
    partialResult: operation?.context.partialResult,
    operation,
  };
  return state as OperationState; // each field follows from the status
}
