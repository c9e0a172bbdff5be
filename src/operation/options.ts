import {
  checkKeys,
  checkObject,
  checkOneOf,
  checkString,
  isAbortSignal,
  outOfRange,
  wrongType,
} from '../base/checks.js';
import { formatDuration, toMilliseconds, toPositiveMilliseconds, type Duration } from '../base/duration.js';
import { coldOf, Operation } from './node.js';
import { setSources } from './sources.js';
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

export const optionKeys: readonly string[] = [
  'id',
  'name',
  'parent',
  'metadata',
  'timeout',
  'signal',
  'token',
  'sources',
  'weight',
  'grace',
  'children',
] satisfies Array<keyof OperationOptions>;

/** Checks all options, then writes them into the record. `parent` is the caller's business. */
export function applyOptions(node: Operation, options: OperationOptions): void {
  checkObject('The options', options);
  for (const key in options) {
    const value: unknown = options[key as keyof OperationOptions];
    if (value === undefined) {
      if (!optionKeys.includes(key)) checkKeys('The options', options, optionKeys);
      continue;
    }
    applyOption(node, key, value);
  }
  if (options.name === undefined && Number.isFinite(node.timeout)) coldOf(node).name = `timeout ${formatDuration(node.timeout)}`;
}

function applyOption(node: Operation, key: string, value: unknown): void {
  switch (key) {
    case 'id':
      checkString('Option "id"', value);
      if (value === '') throw outOfRange('Option "id"', 'a string that is not empty', value);
      coldOf(node).id = value as string;
      return;
    case 'name':
      checkString('Option "name"', value);
      coldOf(node).name = value as string;
      return;
    case 'parent':
      if (value !== null && !(value instanceof Operation)) throw wrongType('Option "parent"', 'an operation or null', value);
      return;
    case 'metadata':
      checkObject('Option "metadata"', value);
      coldOf(node).metadata = { ...value };
      return;
    case 'timeout':
      node.timeout = toPositiveMilliseconds('Option "timeout"', value as Duration);
      return;
    case 'signal':
      if (!isAbortSignal(value)) throw wrongType('Option "signal"', 'an AbortSignal', value);
      coldOf(node).foreignSignals = [...coldOf(node).foreignSignals, value];
      return;
    case 'token':
      if (!(value instanceof CancelationToken)) throw wrongType('Option "token"', 'a CancelationToken', value);
      coldOf(node).followedToken = value.state;
      return;
    case 'sources':
      setSources(node, value);
      return;
    case 'weight':
      if (typeof value !== 'number') throw wrongType('Option "weight"', 'a number', value);
      if (!(value >= 0 && value < Infinity)) throw outOfRange('Option "weight"', 'a finite number, zero or more', value);
      coldOf(node).weight = value;
      return;
    case 'grace':
      coldOf(node).grace = toMilliseconds('Option "grace"', value as Duration);
      return;
    case 'children':
      checkOneOf('Option "children"', ['wait', 'cancel'], value);
      coldOf(node).cancelsChildren = value === 'cancel';
      return;
    default:
      checkKeys('The options', { [key]: value }, optionKeys);
  }
}
