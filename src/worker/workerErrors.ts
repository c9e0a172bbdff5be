import { textOf } from '../base/text.js';
import { describeSafely, isCloneable } from './cloneable.js';
import type { Run } from './protocol.js';
import { WorkerError } from './WorkerError.js';

/** A script that can't be fetched or parsed gives an event that says nothing. */
export function toCrashError(event: Event, wasReady: boolean): WorkerError {
  const { message, filename, lineno, error: cause } = event as Partial<ErrorEvent>;
  const what = wasReady ? 'An error in the worker was not caught' : 'The worker could not be started';
  const where = filename === undefined || filename === '' ? '' : ` (${filename}:${lineno})`;
  const why = message === undefined || message === '' ? 'its script could not be loaded, or is none' : message;
  return new WorkerError(`${what}: ${why}${where}`, cause === undefined || cause === null ? undefined : { cause });
}

/** Which argument was it? Or is it the list of what is transferred? */
export function toArgumentError({ name, args }: Run, transfer: readonly unknown[], cause: unknown): WorkerError {
  const index = args.findIndex((each) => !transfer.includes(each) && !isCloneable(each));
  const what =
    index === -1
      ? `The arguments of "${name}" cannot be posted: ${textOf(cause)}`
      : `Argument ${index + 1} of "${name}" cannot be cloned: ${describeSafely(args[index])}. ` +
        'Give plain data, or list it in "transfer".';
  return new WorkerError(what, { cause });
}
