/// <reference lib="esnext.disposable" preserve="true" />
import { checkCount, checkFunction, checkOptions } from '../base/checks.js';
import { toMilliseconds, toPositiveMilliseconds, type Duration } from '../base/duration.js';
import type { Exposing, Known } from './types.js';
import { WorkerPool } from './WorkerPool.js';

/**
 * What a pool may be made with.
 *
 * @example
 * const options: WorkerPoolOptions = { maxConcurrency: 2, idleTimeout: { seconds: 30 } };
 */
export interface WorkerPoolOptions {
  /** How many workers there may be. Default: `navigator.hardwareConcurrency`, or 1 where there is none. */
  readonly maxConcurrency?: number | undefined;
  /** How long a canceled worker may take to answer, and then to end, before it is replaced. Default: 100 ms. */
  readonly grace?: Duration | undefined;
  /** How long a worker may be idle before it is terminated. Default: it is never terminated. */
  readonly idleTimeout?: Duration | undefined;
}

const checks = { maxConcurrency: checkCount, grace: toMilliseconds, idleTimeout: toPositiveMilliseconds };

/** On a server a pool may be made with its module; it has no workers until it is used. */
function processors(): number {
  return (globalThis as { navigator?: Navigator }).navigator?.hardwareConcurrency ?? 1;
}

// WebKit has no Symbol.dispose yet; its stand-in is the one that compilers use when they lower `using`.
const dispose: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as never);

/**
 * A pool of workers for `runInWorker`. Each takes one call at a time; what finds none free waits, in order, and leaves the
 * queue when it is canceled. A worker that crashes, or is too busy to be canceled, is terminated and replaced.
 *
 * @example
 * const pool = createWorkerPool(() => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }) as TypedWorker<Api>);
 * const hashes = await op.map(files, (op, file) => runInWorker(op.child(), pool, 'hash', [file]));
 */
export function createWorkerPool<W extends Worker>(
  create: () => W,
  options: WorkerPoolOptions = {},
): WorkerPool & Exposing<Known<W>> & Disposable {
  checkFunction('The function of createWorkerPool', create);
  checkOptions('The options of createWorkerPool', options, checks);
  const { maxConcurrency = processors(), grace = 100, idleTimeout = Infinity } = options;
  const pool = new WorkerPool(create, {
    maxConcurrency,
    grace: toMilliseconds('Option "grace"', grace),
    idleTimeout: toMilliseconds('Option "idleTimeout"', idleTimeout),
  });
  return Object.assign(pool, { [dispose]: () => pool.close() });
}
