'use client';

export { Cancelable, type Body, type GeneratorBody, type ListenOptions } from './cancelable/Cancelable.js';
export { currentOperation, sleep, wait } from './cancelable/current.js';
export type { Awaitable } from './operation/awaitable.js';
export {
  CancelationError,
  ConditionCancelation,
  ignoreCancelation,
  isCancelation,
  ManualCancelation,
  ParentCancelation,
  SignalCancelation,
  TimeoutCancelation,
} from './operation/errors.js';
export type { OperationOptions } from './operation/options.js';
export { CancelationToken } from './operation/token.js';
export type {
  CancelRequest,
  OperationContext,
  Outcome,
  Progress,
  ProgressMetadata,
  Reason,
  Status,
} from './operation/types.js';
export { CancelableBoundary, type CancelableBoundaryProps } from './react/CancelableBoundary.js';
export { getProgressProps, type ProgressProps } from './react/getProgressProps.js';
export { ProgressBar, type ProgressBarProps } from './react/ProgressBar.js';
export { useBoundary, type BoundaryState } from './react/useBoundary.js';
export {
  useCancelable,
  type CancelableFunction,
  type CancelableState,
  type UseCancelableOptions,
} from './react/useCancelable.js';
export { useProgress, type UseProgressOptions } from './react/useProgress.js';
export type { ProgressTarget } from './react/useProgressStore.js';
export type { Policy } from './task/policies.js';
export type { ProgressView } from './task/ProgressStore.js';
