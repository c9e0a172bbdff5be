import { type Cancelable, type Status, TimeoutCancelation } from 'use-cancelable';
import type { Progress } from 'use-cancelable/core';

/** One operation as it was at one instant: a picture that never changes. */
export interface OperationView {
  readonly operation: Cancelable;
  readonly id: string;
  readonly name: string;
  /** How deep it lies in its tree; the root is 0. */
  readonly depth: number;
  readonly parent: Cancelable | undefined;
  readonly status: Status;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly error: unknown;
  /** Its body ignored the signal and ran on after the end. */
  readonly isAbandoned: boolean;
  readonly progress: Progress;
  /** Epoch milliseconds. */
  readonly startTime: number | undefined;
  /** Epoch milliseconds. */
  readonly endTime: number | undefined;
  /** Epoch milliseconds: its own deadline, when it is earlier than its parent's. */
  readonly deadline: number | undefined;
  /** Milliseconds: how long it was allowed to take, when that was what ended it. */
  readonly timeout: number | undefined;
}

/** Looks at an operation through its public members alone. */
export function viewOf(operation: Cancelable, parent: Cancelable | undefined, depth: number): OperationView {
  const { context, error } = operation;
  return {
    operation,
    id: operation.id,
    name: operation.name ?? 'Operation',
    depth,
    parent,
    status: operation.status,
    reason: operation.reason,
    message: operation.message,
    error,
    isAbandoned: operation.isAbandoned,
    progress: operation.progress,
    startTime: context.startTime,
    endTime: context.endTime,
    deadline: ownDeadline(operation, parent),
    timeout: error instanceof TimeoutCancelation ? error.timeout : undefined,
  };
}

/** Percent; undefined when nobody knows. What ended without a word had done nothing that anybody knows of. */
export function progressOf({ progress, endTime }: OperationView): number | undefined {
  return progress.progress ?? (endTime !== undefined && progress.message === undefined ? 0 : undefined);
}

/** A text that the work has put into its metadata. */
export function metadataText({ operation }: OperationView, key: string): string | undefined {
  const value = operation.context.metadata[key];
  return typeof value === 'string' ? value : undefined;
}

export function isSameView(a: OperationView, b: OperationView): boolean {
  return (Object.keys(a) as Array<keyof OperationView>).every((key) => Object.is(a[key], b[key]));
}

// Epoch times are anchored per operation, so one and the same instant may differ by the grain of the clock.
const grain = 5;

function ownDeadline(operation: Cancelable, parent: Cancelable | undefined): number | undefined {
  const { deadline } = operation;
  if (operation.status !== 'running' || deadline === undefined || deadline === Infinity) return undefined;
  return deadline < (parent?.deadline ?? Infinity) - grain ? deadline : undefined;
}
