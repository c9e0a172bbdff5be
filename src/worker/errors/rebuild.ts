import {
  CancelationError,
  ConditionCancelation,
  ManualCancelation,
  ParentCancelation,
  SignalCancelation,
  TimeoutCancelation,
} from '../../operation/errors.js';
import type { Operation } from '../../operation/node.js';
import { WorkerError } from '../WorkerError.js';
import { RemoteOperation } from './RemoteOperation.js';
import type { CancelationRecord, ErrorRecord, ErrorReport, Reference } from './types.js';

/**
 * A class of errors, of yours, that is rebuilt on this side. Its constructor is not called.
 *
 * @example
 * const errors: Record<string, ErrorClass> = { HashError };
 */
export type ErrorClass = abstract new (...args: never) => Error;

/** Classes by the `name` of their errors: a class's own name is another one in each minified script. */
export type ErrorClasses = Readonly<Record<string, ErrorClass>>;

const builtIn: ErrorClasses = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** What was thrown on the other side. `own` is the operation that crosses, `classes` are those of the caller. */
export function rebuildError(
  { root, errors }: ErrorReport,
  own: Operation | undefined,
  classes: ErrorClasses = {},
): unknown {
  const made: unknown[] = [];
  const resolve = (reference: Reference): unknown => {
    if ('error' in reference) return made[reference.error];
    if ('value' in reference) return reference.value;
    return new WorkerError(`What was thrown cannot be cloned: ${reference.lost}.`);
  };
  // From the end, because the cause of a cancelation must be there when it is made; in a circle it is found only later.
  for (let index = errors.length - 1; index >= 0; index -= 1) {
    const record = errors[index]!;
    const cause = record.cause && resolve(record.cause);
    made[index] = record.cancelation
      ? makeCancelation(record, record.cancelation, cause, own)
      : makeError(record, classes);
  }
  for (const [index, record] of errors.entries()) complete(made[index] as Error, record, resolve);
  return resolve(root);
}

function makeError(record: ErrorRecord, classes: ErrorClasses): Error {
  const { name, message } = record;
  const error = record.isDomException
    ? new DOMException(message, name)
    : record.classes.includes('AggregateError')
      ? new AggregateError([], message)
      : new Error(message);
  const found = findClass([name, ...record.classes], { WorkerError, ...classes }) ?? findClass(record.classes, builtIn);
  if (found !== undefined) Object.setPrototypeOf(error, found.prototype as object);
  return error;
}

function findClass(names: readonly string[], classes: ErrorClasses): ErrorClass | undefined {
  const name = names.find((each) => Object.hasOwn(classes, each));
  return name === undefined ? undefined : classes[name];
}

function makeCancelation(
  { message, name }: ErrorRecord,
  { kind, reason, detail, parentId = '', parentReason, operation: facts }: CancelationRecord,
  cause: unknown,
  own: Operation | undefined,
): CancelationError {
  const operation = facts === 'own' ? own : facts && new RemoteOperation(facts, () => error);
  const init = { message, cause, operation, name: name === 'AbortError' || name === 'TimeoutError' ? undefined : name };
  const error = make();
  return error;

  function make(): CancelationError {
    switch (kind) {
      case 'timeout':
        return new TimeoutCancelation(detail as number | undefined, init); // the cast: details come with their kind
      case 'manual':
        return new ManualCancelation(init, reason);
      case 'signal':
        return new SignalCancelation(detail as string | undefined, init);
      case 'condition':
        return new ConditionCancelation(detail as string | undefined, init);
      case 'parent':
        return new ParentCancelation(parentId, parentReason, init);
      default:
        return new CancelationError(reason, init);
    }
  }
}

/** What the constructors do not take, and what could refer to errors that had not been made. */
function complete(error: Error, record: ErrorRecord, resolve: (reference: Reference) => unknown): void {
  if (record.stack !== undefined) define(error, 'stack', record.stack);
  if (record.cancelation !== undefined) return;
  if (error.name !== record.name) define(error, 'name', record.name);
  if (record.cause !== undefined) define(error, 'cause', resolve(record.cause));
  if (record.errors !== undefined) define(error, 'errors', record.errors.map(resolve));
  for (const [key, reference] of Object.entries(record.fields)) define(error, key, resolve(reference), true);
}

function define(error: Error, key: string, value: unknown, enumerable = false): void {
  Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
}
