export type { Duration } from './base/duration.js';
export { Cancelable, type Body, type GeneratorBody } from './cancelable/Cancelable.js';
export { currentOperation, sleep, wait, yieldNow } from './cancelable/current.js';
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
  type CancelationInit,
} from './operation/errors.js';
export type { ErrorCallback, Operation, ProgressCallback, StatusCallback } from './operation/node.js';
export type { ListenOptions } from './operation/listen.js';
export type { OperationOptions } from './operation/options.js';
export { CancelationToken } from './operation/token.js';
export type { Outcome } from './operation/outcome.js';
export type {
  CancelRequest,
  CustomSource,
  KnownReason,
  OperationContext,
  OperationLogRecord,
  Progress,
  ProgressMetadata,
  Reason,
  Source,
  SourceLifetime,
  Status,
  OperationCancelRequest,
} from './operation/types.js';
