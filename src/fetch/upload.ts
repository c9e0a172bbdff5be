import { checkOptions, checkString, isAbortSignal, wrongType, type Check } from '../base/checks.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Operation } from '../operation/node.js';
import { toHttpError } from './errors.js';
import { operationFor, settingChecks, splitSettings, type RequestSettings } from './options.js';
import { guard, send } from './send.js';
import { sendByXhr } from './sendByXhr.js';
import { startTransfer } from './transfers.js';
import { watchStream } from './watchBody.js';

/**
 * What can be sent.
 *
 * @example
 * const body: UploadBody = new FormData(form);
 */
export type UploadBody = XMLHttpRequestBodyInit | ReadableStream<Uint8Array>;

/**
 * What `upload` may be told.
 *
 * @example
 * const options: UploadOptions = { method: 'PUT', headers: { 'content-type': file.type } };
 */
export interface UploadOptions extends RequestSettings {
  /** Default: POST. */
  readonly method?: string | undefined;
  readonly headers?: HeadersInit | undefined;
  /** As `fetch` has it. Default: `same-origin`. */
  readonly credentials?: 'same-origin' | 'include' | undefined;
  /** A signal of your own, beside the operation's. */
  readonly signal?: AbortSignal | undefined;
}

const checks: Readonly<Record<keyof UploadOptions, Check>> = {
  ...settingChecks,
  method: checkString,
  credentials(option: string, value: unknown): void {
    // XMLHttpRequest cannot leave out the cookies of its own origin.
    if (value !== 'same-origin' && value !== 'include') throw wrongType(option, '"same-origin" or "include"', value);
  },
  headers: () => {}, // `Headers` looks at them
  signal(option, value) {
    if (!isAbortSignal(value)) throw wrongType(option, 'an AbortSignal', value);
  },
};

/**
 * Sends a body for the current operation, whose progress is the bytes that have left. Resolves with the server's answer and
 * rejects with an HttpError for a status of 400 or more, with a NetworkError when the connection fails, and with the
 * operation's error when that is canceled, which closes the connection. It uses XMLHttpRequest, the one way in which
 * browsers tell how far a body is (so on another origin the server must allow the request, by CORS preflight); where there
 * is none, in a service worker, and with a `fetch` of your own, `fetch`, without progress. A ReadableStream is sent by
 * `fetch`, with progress, in the browsers that can send one (Chromium, over HTTP/2); elsewhere it rejects with a TypeError.
 *
 * @example
 * const { run } = useCancelable();
 * const save = (file: File) => run(() => upload(`/files/${file.name}`, file, { method: 'PUT' }));
 */
export function upload(url: string | URL, body: UploadBody, options: UploadOptions = {}): Awaitable<Response> {
  checkOptions('The options of upload', options, checks);
  if (body === undefined || body === null) throw wrongType('The body of upload', 'what can be sent', body);
  const { settings, init } = splitSettings(options);
  const { method = 'POST' } = init;
  const node = operationFor(settings);
  return guard(node, async () => {
    const byFetch =
      body instanceof ReadableStream || settings.fetch !== undefined || typeof XMLHttpRequest === 'undefined';
    const response = byFetch
      ? await sendByFetch(node, url, body, { ...init, method }, settings)
      : await sendByXhr(node, String(url), body, { ...init, method, deadlineHeader: settings.deadlineHeader });
    if (response.status >= 400) throw await toHttpError(url, { method }, response);
    return response;
  });
}

async function sendByFetch(
  node: Operation | undefined,
  url: string | URL,
  body: UploadBody,
  { method, headers, credentials, signal }: Omit<UploadOptions, keyof RequestSettings>,
  settings: RequestSettings,
): Promise<Response> {
  let failure: { readonly error: unknown } | undefined;
  const isStream = body instanceof ReadableStream;
  const init: RequestInit = {
    method: method!, // there is one
    body: isStream ? watchUpload(node, body, (error) => (failure = { error })) : body,
  };
  if (headers !== undefined) init.headers = headers;
  if (credentials !== undefined) init.credentials = credentials;
  if (signal !== undefined) init.signal = signal;
  // Fetch standard: a stream needs it. TypeScript's DOM library does not have it yet.
  if (isStream) Object.assign(init, { duplex: 'half' });
  try {
    return await send(node, url, init, { ...settings, reportProgress: false });
  } catch (error) {
    // `fetch` calls it a network error when the caller's stream breaks off.
    throw failure === undefined ? error : failure.error;
  }
}

function watchUpload(
  node: Operation | undefined,
  body: ReadableStream<Uint8Array>,
  onFailure: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  if (!canSendStreams()) {
    throw new TypeError(
      'This browser cannot send a ReadableStream: give upload a Blob, for which it also knows the total.',
    );
  }
  const transfer = startTransfer(node, 'Uploading');
  let sent = 0;
  return watchStream(body, {
    onChunk(bytes) {
      sent += bytes;
      transfer.tell(sent, undefined);
    },
    onEnd: transfer.end,
    toError(error) {
      onFailure(error);
      return error;
    },
  });
}

// A browser that does not know them makes a text of the stream, with a content type, and never asks for `duplex`.
function canSendStreams(): boolean {
  let wasAsked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      wasAsked = true;
      return 'half';
    },
  };
  try {
    return !new Request('data:,', init).headers.has('content-type') && wasAsked;
  } catch {
    return false; // one that knows neither
  }
}
