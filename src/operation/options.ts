import {
  checkObject,
  checkOneOf,
  checkOptions,
  checkString,
  isAbortSignal,
  outOfRange,
  wrongType,
  type Check,
} from '../base/checks.js';
import { formatDuration, toMilliseconds, toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { coldOf, Operation } from './node.js';
import { checkSources, setSources } from './sources.js';
import { CancelationToken } from './token.js';
import type { Source } from './types.js';

/** What an operation may be made with. */
export interface OperationOptions {
  /** Default: a UUID, made on first read. */
  readonly id?: string | undefined;
  /** For people, logs and tools. Default: named for the timeout, if there is one. */
  readonly name?: string | undefined;
  /** The operation it belongs to. Default: the current operation while that is pending or running. `null`: none. */
  readonly parent?: Operation | null | undefined;
  /** Data of your own, readable and writable as `op.context.metadata`. Copied. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Cancels when it has run this long, with reason `timeout`. Counts from the start. Default: none. */
  readonly timeout?: Duration | undefined;
  /** Cancels when this signal is aborted, with reason `signal`; `cause` is its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Cancels when this token is canceled, with the token's reason and message. */
  readonly token?: CancelationToken | undefined;
  /** Whatever else may cancel it. They start with the operation and stop with it. */
  readonly sources?: readonly Source[] | undefined;
  /** Share in the progress of the parent, relative to its siblings'. Default: 1. */
  readonly weight?: number | undefined;
  /** How long a canceled body may take to end before `run` rejects without it. Default: 0, which is one task. */
  readonly grace?: Duration | undefined;
  /** What happens to children that still run when the body has ended. Default: `wait`. */
  readonly children?: 'wait' | 'cancel' | undefined;
}

/** What is asked of each option. */
export const operationChecks: Readonly<Record<keyof OperationOptions, Check>> = {
  id(option, value) {
    checkString(option, value);
    if (value === '') throw outOfRange(option, 'a string that is not empty', value);
  },
  name: checkString,
  parent(option, value) {
    if (value !== null && !(value instanceof Operation)) throw wrongType(option, 'an operation or null', value);
  },
  metadata: checkObject,
  timeout: toPositiveMilliseconds,
  signal(option, value) {
    if (!isAbortSignal(value)) throw wrongType(option, 'an AbortSignal', value);
  },
  token(option, value) {
    if (!(value instanceof CancelationToken)) throw wrongType(option, 'a CancelationToken', value);
  },
  sources: checkSources,
  weight(option, value) {
    if (typeof value !== 'number') throw wrongType(option, 'a number', value);
    if (!(value >= 0 && value < Infinity)) throw outOfRange(option, 'a finite number, zero or more', value);
  },
  grace: toMilliseconds,
  children(option, value) {
    checkOneOf(option, ['wait', 'cancel'], value);
  },
};

/** The options of a helper that gives one of them itself. */
export function withOption(
  what: string,
  options: OperationOptions | undefined,
  own: OperationOptions,
): OperationOptions {
  if (options === undefined) return own;
  checkObject(`The options of ${what}`, options);
  for (const key in own) {
    if (key in options)
      throw new TypeError(`The options of ${what} have an option "${key}", which ${what} gives itself.`);
  }
  return { ...options, ...own };
}

/** Checks all options, then writes them into the record. `parent` is the caller's business. */
export function applyOptions(node: Operation, options: OperationOptions): void {
  checkOptions('The options', options, operationChecks);
  const { id, name, metadata, timeout, signal, token, sources, weight, grace, children } = options;
  if (timeout !== undefined) node.timeout = toPositiveMilliseconds('Option "timeout"', timeout);
  const label = name ?? (node.timeout === Infinity ? undefined : `timeout ${formatDuration(node.timeout)}`);
  // Most children have a name at most: the other half of the record is made for what was given.
  if (id !== undefined) coldOf(node).id = id;
  if (label !== undefined) coldOf(node).name = label;
  if (metadata !== undefined) coldOf(node).metadata = { ...metadata };
  if (token !== undefined) coldOf(node).followedToken = token.state;
  if (weight !== undefined) coldOf(node).weight = weight;
  if (grace !== undefined) coldOf(node).grace = toMilliseconds('Option "grace"', grace);
  if (children === 'cancel') coldOf(node).cancelsChildren = true;
  if (signal !== undefined || sources !== undefined) setSources(node, signal, sources);
}
