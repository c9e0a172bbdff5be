import { describe } from '../base/checks.js';
import { isCloneable } from './cloneable.js';
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

/** Which argument was it? */
export function toArgumentError({ name, args }: Run, cause: unknown): WorkerError {
  const index = args.findIndex((each) => !isCloneable(each));
  const which = index === -1 ? 'An argument' : `Argument ${index + 1}`;
  const what = index === -1 ? '' : `: ${describe(args[index])}`;
  return new WorkerError(`${which} of "${name}" cannot be cloned${what}. Give plain data, or list it in "transfer".`, {
    cause,
  });
}
