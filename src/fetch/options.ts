import { checkFunction, checkOptions, checkString, outOfRange, wrongType, type Check } from '../base/checks.js';
import { Operation } from '../operation/node.js';
import { actingFor } from '../operation/shield.js';
import { currentNode } from '../operation/stack.js';

/**
 * What all requests of this package may be told, beside what `fetch` takes.
 *
 * @example
 * const file = await download('/report.pdf', { operation: op, deadlineHeader: 'x-deadline-ms' });
 */
export interface RequestSettings {
  /** The operation that the request belongs to. Default: the current one; without any, nothing cancels it but `signal`. */
  readonly operation?: Operation | undefined;
  /** The `fetch` to call. Default: the one of the page, looked up at each call. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * The name of a header that tells the server how many milliseconds are left before the operation's deadline, so that it
   * can stop as well. A server on another origin must allow it (CORS). Default: none is sent.
   */
  readonly deadlineHeader?: string | undefined;
}

/** RFC 9110, section 5.6.2: what the name of a header is, and that of a web socket's subprotocol. */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

/** What is asked of each of them. */
export const settingChecks: Readonly<Record<keyof RequestSettings, Check>> = {
  operation(option, value) {
    if (!(value instanceof Operation)) throw wrongType(option, 'an operation', value);
  },
  fetch: checkFunction,
  deadlineHeader(option, value) {
    checkString(option, value);
    if (!isToken(value as string)) throw outOfRange(option, 'the name of a header', value);
  },
};

/** Checks those of the options that are this package's; the rest goes to `fetch`, which knows better. */
export function checkSettings(
  what: string,
  options: object,
  checks: Readonly<Record<string, Check>> = settingChecks,
): void {
  const own = Object.entries(options).filter(([key]) => Object.hasOwn(checks, key));
  checkOptions(what, Object.fromEntries(own), checks);
}

/** The options in two: this package's settings and what `fetch` takes. */
export function splitSettings<T extends RequestSettings>(
  options: T,
): { readonly settings: RequestSettings; readonly init: Omit<T, keyof RequestSettings> } {
  const { operation, fetch, deadlineHeader, ...init } = options;
  return { settings: { operation, fetch, deadlineHeader }, init };
}

/** The operation that a request belongs to; inside of a shield, its handle. */
export function operationFor({ operation }: RequestSettings): Operation | undefined {
  return operation === undefined ? currentNode() : actingFor(operation);
}
