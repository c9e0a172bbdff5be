/**
 * A call into a worker that could not be made or has no answer: the worker has crashed, was terminated, does not expose the
 * function, or a value could not be cloned. What the function itself throws arrives as that error, not as this one.
 *
 * @example
 * try {
 *   await runInWorker(op, worker, 'hash', [file]);
 * } catch (error) {
 *   if (error instanceof WorkerError) restartWorker();
 *   else throw error;
 * }
 */
export class WorkerError extends Error {
  // A getter, so that a bundler can drop the class.
  override get name(): string {
    return 'WorkerError';
  }
}
