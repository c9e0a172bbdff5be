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
import { toMilliseconds, toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { coldOf, Operation } from './node.js';
import { checkSources, setSources } from './sources.js';
import { checkRegister, type Registrar } from './register.js';
import { CancelationToken } from './token.js';
import type { Source } from './types.js';

/**
 * What an operation may be made with.
 *
 * @example
 * const options: OperationOptions = { name: 'save', timeout: { seconds: 30 }, weight: 2, grace: 500 };
 * const op = new Cancelable(options);
 */
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
  /** Lists it in a registry while it runs and in its history afterwards. `true`: the default one. Default: false. */
  readonly register?: boolean | Registrar | undefined;
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
  register: checkRegister,
};

/** The options of a helper that gives one of them itself. */
export function withOption(
  what: string,
  options: OperationOptions | undefined,
  own: OperationOptions,
): OperationOptions {
  if (options === undefined) return own;
  for (const key in own) refuseOption(what, options, key);
  return { ...options, ...own };
}

/** Refuses an option that the helper gives itself. */
export function refuseOption(what: string, options: OperationOptions, key: string): void {
  checkObject(`The options of ${what}`, options);
  if (key in options)
    throw new TypeError(`The options of ${what} have an option "${key}", which ${what} gives itself.`);
}

type Write = (node: Operation, value: never) => void;

// Most children have a name at most: the other half of the record is made for what was given. `parent` and `register` are
// the business of who makes the operation.
const writes: Readonly<Partial<Record<keyof OperationOptions, Write>>> = {
  id: (node, id: string) => (coldOf(node).id = id),
  name: (node, name: string) => (coldOf(node).name = name),
  metadata: (node, metadata: object) => (coldOf(node).metadata = { ...metadata }),
  timeout: (node, timeout: Duration) => (node.timeout = toMilliseconds('', timeout)),
  signal: (node, signal: AbortSignal) => setSources(node, [signal]),
  token: (node, token: CancelationToken) => (coldOf(node).followedTokens = [token.state]),
  sources: setSources,
  weight: (node, weight: number) => (coldOf(node).weight = weight),
  grace: (node, grace: Duration) => (coldOf(node).grace = toMilliseconds('', grace)),
  children: (node, children: string) => (coldOf(node).cancelsChildren = children === 'cancel'),
};

/** Checks all options and writes them into the record, one after the other: reading ten that are absent costs more. */
export function applyOptions(node: Operation, options: OperationOptions): void {
  checkOptions('The options', options, operationChecks);
  for (const key in options) {
    const value = options[key as keyof OperationOptions];
    if (value !== undefined) writes[key as keyof OperationOptions]?.(node, value as never);
  }
}
