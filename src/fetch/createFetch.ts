import { checkBoolean, checkOptions } from '../base/checks.js';
import type { Awaitable } from '../operation/awaitable.js';
import { toHttpError } from './errors.js';
import { operationFor, settingChecks, type RequestSettings } from './options.js';
import { guard, send } from './send.js';

/**
 * What `createFetch` may be told.
 *
 * @example
 * const fetchJson = createFetch({ throwHttpErrors: true, deadlineHeader: 'x-deadline-ms' });
 */
export interface FetchOptions extends RequestSettings {
  /** The operation's progress follows the bodies: `current` and `total` in bytes. Default: true. */
  readonly reportProgress?: boolean | undefined;
  /** Rejects with an HttpError when the status is 400 or more. Default: false, as `fetch` has it. */
  readonly throwHttpErrors?: boolean | undefined;
}

/**
 * `fetch`, by its arguments and its answer; the promise is an Awaitable, after which `currentOperation()` is what it was.
 *
 * @example
 * const load: CancelableFetch = createFetch({ reportProgress: false });
 */
export type CancelableFetch = (input: RequestInfo | URL, init?: RequestInit) => Awaitable<Response>;

const checks = { ...settingChecks, reportProgress: checkBoolean, throwHttpErrors: checkBoolean };

/**
 * Makes a `fetch` with settings of its own, for your code or for a library that takes one (ky, openapi-fetch). See
 * `cancelableFetch` for what it does. Throws a TypeError for an unknown option.
 *
 * @example
 * const api = ky.create({ fetch: createFetch({ deadlineHeader: 'x-deadline-ms' }), timeout: false });
 */
export function createFetch(options: FetchOptions = {}): CancelableFetch {
  checkOptions('The options of createFetch', options, checks);
  const { reportProgress = true, throwHttpErrors = false } = options;
  return (input, init) => {
    const node = operationFor(options);
    return guard(node, async () => {
      const response = await send(node, input, init, { ...options, reportProgress });
      if (throwHttpErrors && response.status >= 400) throw await toHttpError(input, init, response);
      return response;
    });
  };
}

/**
 * `fetch` in the current operation: its cancelation closes the connection, also while the body is read, and each read then
 * rejects with the operation's error. The body's progress is the operation's, with Content-Length as the total; it is
 * indeterminate when that is unknown or the body is compressed. Rejects with a NetworkError when the connection fails, and,
 * as `fetch` does, answers with whatever status the server has. Nothing is sent when the operation was canceled or has failed.
 * An answer may outlive an operation that completes; what its `json()` and the like give is an Awaitable, too. Outside of
 * an operation it is `fetch` with clearer errors.
 *
 * @example
 * const { run } = useCancelable({ timeout: 10_000 });
 * run(async (op) => {
 *   const response = await cancelableFetch('/rows');
 *   return await op.wait(response.json());
 * });
 */
export const cancelableFetch: CancelableFetch = /* @__PURE__ */ createFetch();
