export { createWorkerPool, type WorkerPoolOptions } from './worker/createWorkerPool.js';
export type { ErrorClass } from './worker/errors/rebuild.js';
export { expose } from './worker/expose.js';
export { operationTransferHandler } from './worker/operationTransferHandler.js';
export { runInWorker, type RunInWorkerOptions } from './worker/runInWorker.js';
export { transfer } from './worker/transfer.js';
export type {
  ArgumentsOf,
  Exposed,
  Exposing,
  NameIn,
  ResultOf,
  TypedPort,
  TypedSharedWorker,
  TypedWorker,
  WorkerFunctions,
} from './worker/types.js';
export { WorkerError } from './worker/WorkerError.js';
export type { WorkerPool } from './worker/WorkerPool.js';
