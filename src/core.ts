export type { Duration } from './base/duration.js';
export { all } from './cancelable/all.js';
export { Cancelable, type Bodies, type Body, type GeneratorBody } from './cancelable/Cancelable.js';
export { cancelable } from './cancelable/decorators/cancelable.js';
export { cancelableCombine } from './cancelable/decorators/cancelableCombine.js';
export {
  cancelableWithCondition,
  type ConditionDecoratorOptions,
} from './cancelable/decorators/cancelableWithCondition.js';
export { cancelableWithSignal } from './cancelable/decorators/cancelableWithSignal.js';
export { cancelableWithToken } from './cancelable/decorators/cancelableWithToken.js';
export { decorationOf, type Decoration } from './cancelable/decorators/createDecorator.js';
export { requireOperation } from './cancelable/decorators/requireOperation.js';
export type {
  CancelableFunction,
  Decorator,
  DecoratorOptions,
  Inject,
  InjectingDecorator,
  InjectOptions,
  KeepingDecorator,
  MethodContext,
} from './cancelable/decorators/types.js';
export { withCancelable } from './cancelable/decorators/withCancelable.js';
export {
  withCurrentOperation,
  type CurrentOperationDecorator,
  type CurrentOperationSlotDecorator,
} from './cancelable/decorators/withCurrentOperation.js';
export { currentOperation, sleep, wait, yieldNow } from './cancelable/current.js';
export { map } from './cancelable/map.js';
export { race } from './cancelable/race.js';
export { chunked } from './flow/chunked.js';
export type { CancelableStream } from './flow/createStream.js';
export type { StreamSource } from './flow/openSource.js';
export { stream, type StreamOptions, type StreamPartialResult } from './flow/stream.js';
export { track, type TrackedItems, type TrackOptions } from './flow/track.js';
export type { BodyValue, BodyValues, GroupOptions } from './flow/groupPlan.js';
export { waitFor } from './flow/waitForSource.js';
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
export { LinkedCancelationToken, type LinkOptions } from './operation/linkedToken.js';
export type { OperationOptions } from './operation/options.js';
export type { Registrar } from './operation/register.js';
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
export type { OperationFilter } from './registry/filter.js';
export { createRegistry } from './registry/createRegistry.js';
export { registry } from './registry/registry.js';
export type { OperationSnapshot } from './registry/snapshot.js';
export type { CleanupOptions, Registry, RegistryOptions, RegistryStatistics } from './registry/types.js';
export { allOf } from './sources/allOf.js';
export { anyOf } from './sources/anyOf.js';
export type { Combination } from './sources/combination.js';
export { condition, type ConditionOptions, type ConditionParts, type Predicate } from './sources/condition.js';
export { fromEvent, type EventOptions } from './sources/fromEvent.js';
export { fromSignal } from './sources/fromSignal.js';
export { fromToken } from './sources/fromToken.js';
export type { NamedSource } from './sources/namedSource.js';
export { offline } from './sources/offline.js';
export { pageHidden, type PageHiddenOptions } from './sources/pageHidden.js';
export { pageHide } from './sources/pageHide.js';
export { resources, type ResourceOptions } from './sources/resources.js';
export { timeout } from './sources/timeout.js';
export type { BodyControls, CancelableControls, FunctionControls, RunBody, SettleBody } from './task/controls.js';
export {
  createTask,
  type BodyTask,
  type CreateTaskOptions,
  type FunctionTask,
  type TaskStore,
} from './task/createTask.js';
export type { EventLike } from './task/event.js';
export type { TaskOptions } from './task/options.js';
export type { Policy } from './task/policies.js';
export type { TaskState } from './task/Task.js';
