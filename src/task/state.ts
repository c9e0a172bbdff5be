import type { Cancelable } from '../cancelable/Cancelable.js';
import type { Reason, Status } from '../operation/types.js';

/** What a view shows of an operation that may not be there yet. */
export interface OperationState {
  /** `idle` until something has run. */
  readonly status: Exclude<Status, 'shielded'> | 'idle';
  readonly isIdle: boolean;
  readonly isRunning: boolean;
  readonly isCompleted: boolean;
  readonly isCanceled: boolean;
  readonly isFailed: boolean;
  /** What it has failed with; a cancelation is no error. */
  readonly error: unknown;
  /** Why it was canceled. */
  readonly reason: Reason | undefined;
  readonly message: string | undefined;
  /** What it had stored when it ended. */
  readonly partialResult: unknown;
  /** The newest operation that runs, else the last one. */
  readonly operation: Cancelable | undefined;
}

export function stateOf(operation: Cancelable | undefined): OperationState {
  const status = operation?.phase ?? 'idle'; // no task hands out the handle of a shield
  return {
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
}
