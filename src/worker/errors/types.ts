import type { Reason } from '../../operation/types.js';

// An error on its way through a port. Structured cloning keeps name, message and stack of built-in errors only; here are
// its class, its own data, its causes, and whose cancelation it is. Errors stand in one flat list and refer to each other
// by index: chains may be long, and circular.

export interface ErrorReport {
  readonly root: Reference;
  readonly errors: readonly ErrorRecord[];
}

/** An error by its index; any other value as it is; a value that can't be cloned in words. */
export type Reference = { readonly error: number } | { readonly value: unknown } | { readonly lost: string };

export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Names of its class and of those above it. */
  readonly classes: readonly string[];
  readonly isDomException: boolean;
  cause: Reference | undefined;
  /** Of an AggregateError, and of others that have such a list. */
  errors: readonly Reference[] | undefined;
  /** Own data that can be cloned. */
  fields: Readonly<Record<string, Reference>>;
  readonly cancelation: CancelationRecord | undefined;
}

export interface CancelationRecord {
  readonly kind: CancelationKind;
  readonly reason: Reason;
  /** A timeout's milliseconds, an event's type, a condition's name. */
  readonly detail: unknown;
  readonly parentId: string | undefined;
  readonly parentReason: Reason | undefined;
  /** Whose cancelation it is. `own`: of the operation that crosses; undefined: of none. */
  readonly operation: OperationFacts | 'own' | undefined;
}

export type CancelationKind = 'timeout' | 'manual' | 'signal' | 'condition' | 'parent' | 'plain';

/** The facts of an operation that is not there. */
export interface OperationFacts {
  readonly id: string;
  readonly name: string | undefined;
  readonly status: 'pending' | 'running' | 'shielded' | 'completed' | 'canceled' | 'failed';
  readonly parentId: string | undefined;
  readonly createdAt: number;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly elapsedTime: number | undefined;
  readonly cancelReason: Reason | undefined;
  readonly cancelMessage: string | undefined;
  readonly error: string | undefined;
  readonly partialResult: unknown;
  readonly metadata: Record<string, unknown>;
}
