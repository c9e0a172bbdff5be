'use client';

export { Cancelable, type Body, type GeneratorBody } from './cancelable/Cancelable.js';
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
export type { ListenOptions } from './operation/listen.js';
export { LinkedCancelationToken, type LinkOptions } from './operation/linkedToken.js';
export type { OperationOptions } from './operation/options.js';
export type { Registrar } from './operation/register.js';
export { CancelationToken } from './operation/token.js';
export type { Outcome } from './operation/outcome.js';
export type {
  CancelRequest,
  OperationContext,
  Progress,
  ProgressMetadata,
  Reason,
  Status,
  OperationCancelRequest,
} from './operation/types.js';
export { CancelableBoundary, type CancelableBoundaryProps } from './react/CancelableBoundary.js';
export { getProgressProps, type ProgressProps } from './react/getProgressProps.js';
export { ProgressBar, type ProgressBarProps } from './react/ProgressBar.js';
export { useBoundary, type BoundaryState } from './react/useBoundary.js';
export type { UseCancelableOptions } from './react/createBinding.js';
export { useCancelable, type CancelableFunction, type CancelableState } from './react/useCancelable.js';
export {
  useCancelableAction,
  type CancelableAction,
  type UseCancelableActionOptions,
} from './react/useCancelableAction.js';
export { useCancelableEffect } from './react/useCancelableEffect.js';
export { useIsBusy, useOperations } from './react/useOperations.js';
export { useProgress, type UseProgressOptions } from './react/useProgress.js';
export { useProgressEffect } from './react/useProgressEffect.js';
export type { ProgressTarget } from './react/useProgressStore.js';
export { useShared, type SharedKey, type UseSharedOptions } from './react/useShared.js';
export type { OnHidden } from './react/onHidden.js';
export type { OperationFilter } from './registry/filter.js';
export { createRegistry } from './registry/createRegistry.js';
export { registry } from './registry/registry.js';
export type { OperationSnapshot } from './registry/snapshot.js';
export type { CleanupOptions, Registry, RegistryOptions, RegistryStatistics } from './registry/types.js';
export type { CancelableControls, RunBody, SettleBody } from './task/controls.js';
export type { EventLike } from './task/event.js';
export type { Lifetime } from './task/lifetime.js';
export type { Policy } from './task/policies.js';
export type { ProgressView } from './task/ProgressStore.js';
export type { TaskState } from './task/Task.js';
