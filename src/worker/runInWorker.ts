import { checkFunction, checkObject, checkOptions, checkString, wrongType } from '../base/checks.js';
import { toMilliseconds, type Duration } from '../base/duration.js';
import { job, promiseThen } from '../base/jobs.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { Deferred, type Awaitable } from '../operation/awaitable.js';
import { isCancelation } from '../operation/errors.js';
import { Operation } from '../operation/node.js';
import { runOperation } from '../operation/run.js';
import { actingFor } from '../operation/shield.js';
import { Call, type CallOptions, type Dispatcher } from './Call.js';
import { connectionOf } from './Connection.js';
import { toEndpoint } from './endpoint.js';
import type { ErrorClass } from './errors/rebuild.js';
import { checkTransferables } from './transfer.js';
import type { ArgumentsOf, NameIn, ResultOf } from './types.js';
import { WorkerPool } from './WorkerPool.js';

/**
 * What a call into a worker may be given.
 *
 * @example
 * await runInWorker(op, worker, 'hash', [buffer], { transfer: [buffer], errors: { HashError } });
 */
export interface RunInWorkerOptions {
  /** Parts of the arguments that are given away instead of cloned. */
  readonly transfer?: readonly Transferable[] | undefined;
  /**
   * How long a canceled worker may take to say that it has heard of it. After that the run no longer waits for it, and a pool
   * terminates it. Default: that of the pool, else 100 ms.
   */
  readonly grace?: Duration | undefined;
  /**
   * Classes of errors, of yours, that are rebuilt on this side, by the `name` that their errors have. Give them one
   * (`override name = 'HashError'`): the name of a class does not survive a minifier.
   */
  readonly errors?: Readonly<Record<string, ErrorClass>> | undefined;
}

const checks = {
  transfer: checkTransferables,
  grace: toMilliseconds,
  errors(option: string, value: unknown): void {
    checkObject(option, value);
    for (const [name, each] of Object.entries(value)) checkFunction(`${option}.${name}`, each);
  },
};

const defaultGrace = 100; // milliseconds

/**
 * Calls a function that a worker exposes, as a part of an operation: the operation is the same on both sides. It runs `op` if
 * that is pending. Canceling it here cancels it there and the other way round, with reason and message; its deadline counts
 * there; its progress and partial result come back. Resolves with the function's result and rejects with its error, with the
 * operation's error as soon as that is canceled, with a WorkerError when there will be no answer, or with an Error when `op`
 * is completed. Throws a TypeError for bad input. The arguments are cloned when the call is sent, as soon as the worker is there
 * and free: leave them as they are until then.
 *
 * @param worker - A Worker, a SharedWorker, a MessagePort (of an iframe, say) or what `createWorkerPool` gives.
 * @example
 * const worker: TypedWorker<Api> = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
 * const op = new Cancelable({ name: 'hash', timeout: 10_000 });
 * const hash = await runInWorker(op, worker, 'hash', [file]);
 */
export function runInWorker<const W extends object, Name extends NameIn<W>>(
  op: Cancelable,
  worker: W,
  name: Name,
  args: ArgumentsOf<W, Name>,
  options: RunInWorkerOptions = {},
): Awaitable<ResultOf<W, Name>> {
  if (!(op instanceof Operation)) throw wrongType('The operation of runInWorker', 'a Cancelable', op);
  const dispatcher: Dispatcher =
    worker instanceof WorkerPool ? worker.dispatcher : connectionOf(toEndpoint('The worker', worker));
  checkString('The name of the function', name);
  const given: unknown = args;
  if (!Array.isArray(given)) throw wrongType('The arguments', 'an array', given);
  checkOptions('The options of runInWorker', options, checks);
  const { transfer = [], errors } = options;
  const isPool = worker instanceof WorkerPool;
  const grace =
    options.grace === undefined
      ? isPool
        ? worker.grace
        : defaultGrace
      : toMilliseconds('Option "grace"', options.grace);
  const call = (node: Operation): Call =>
    new Call(node, name, given, { transfer, grace, errors, untilClosed: isPool } satisfies CallOptions, dispatcher);
  const node = actingFor(op);
  // The casts: the worker's types say what its function gives.
  if (node.phase === 'pending') return run(node, call) as Awaitable<ResultOf<W, Name>>;
  if (node.phase === 'completed') return refuse();
  return call(node).promise as Awaitable<ResultOf<W, Name>>;
}

/**
 * Runs the operation with the call as its body. The promise is rejected as soon as the operation is canceled, while its run
 * still waits for the worker to unwind.
 */
function run(node: Operation, call: (node: Operation) => Call): Awaitable<unknown> {
  const deferred = new Deferred<unknown>();
  let isSettled = false;
  const once =
    (settle: (outcome: unknown) => void) =>
    (outcome: unknown): void => {
      if (isSettled) return;
      isSettled = true;
      settle(outcome);
    };
  const reject = once((error) => (isCancelation(error, node) ? deferred.rejectQuietly(error) : deferred.reject(error)));
  const body = (): Awaitable<unknown> => {
    const { promise } = call(node);
    void promiseThen.call(promise, undefined, (error: unknown) => {
      if (isCancelation(error, node)) reject(error);
    });
    return promise;
  };
  void promiseThen.call(
    runOperation<unknown>(node, body),
    once((value) => deferred.fulfill(value)),
    reject,
  );
  return deferred.promise;
}

function refuse(): Awaitable<never> {
  const deferred = new Deferred<never>();
  const error = new Error(
    'This operation is completed. A worker runs a function only as a part of an operation that is pending or running.',
  );
  job(() => deferred.reject(error));
  return deferred.promise;
}
