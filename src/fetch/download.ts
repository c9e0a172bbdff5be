import { checkObject, wrongType } from '../base/checks.js';
import type { Awaitable } from '../operation/awaitable.js';
import { coldOf, type Operation } from '../operation/node.js';
import { NetworkError, toHttpError } from './errors.js';
import { checkSettings, operationFor, settingChecks, splitSettings, type RequestSettings } from './options.js';
import { PartialDownload, type DownloadedPart } from './PartialDownload.js';
import { readRangeAnswer, validatorOf } from './range.js';
import { guard, isOver, send } from './send.js';
import { startTransfer } from './transfers.js';

/**
 * What `download` may be told, beside what `fetch` takes.
 *
 * @example
 * const options: DownloadOptions = { resume: partial, headers: { authorization }, deadlineHeader: 'x-deadline-ms' };
 */
export interface DownloadOptions extends RequestInit, RequestSettings {
  /** What an earlier download of the same file has left. Default: nothing. */
  readonly resume?: DownloadedPart | undefined;
}

/**
 * A whole file.
 *
 * @example
 * const { blob, resumedFrom }: Download = await download('/report.pdf', { resume });
 */
export interface Download {
  readonly blob: Blob;
  /** After redirects. */
  readonly url: string;
  /** Bytes that were not fetched again; 0 when it started over or was not to be resumed. */
  readonly resumedFrom: number;
  /** Of the last answer. */
  readonly headers: Headers;
}

const checks = {
  ...settingChecks,
  resume(option: string, value: unknown): void {
    checkObject(option, value);
    const { blob, validator } = value as Partial<DownloadedPart>;
    if (!(blob instanceof Blob)) throw wrongType(`${option}: "blob"`, 'a Blob', blob);
    if (validator !== undefined && typeof validator !== 'string')
      throw wrongType(`${option}: "validator"`, 'a string', validator);
  },
};

/**
 * Fetches a file for the current operation, whose progress it is. What has arrived is the operation's partial result, a
 * `PartialDownload`, however the operation ends; given as `resume` to another download, that asks for the rest (Range and
 * If-Range, RFC 9110) and starts over when the file has changed or the server knows no ranges. Large files do not stay in
 * memory. Rejects with the operation's error, an HttpError for a status of 400 or more, or a NetworkError.
 *
 * @example
 * const { run, partialResult } = useCancelable();
 * const start = () => run(() => download('/film.mp4', isPartialDownload(partialResult) ? { resume: partialResult } : {}));
 */
export function download(input: RequestInfo | URL, options: DownloadOptions = {}): Awaitable<Download> {
  checkSettings('The options of download', options, checks);
  const { resume, ...rest } = options;
  const { settings, init } = splitSettings(rest);
  const node = operationFor(settings);
  return guard(node, () => {
    const part = new PartialDownload(urlOf(input), resume?.validator === undefined ? undefined : resume);
    if (node !== undefined) coldOf(node).partialResult = part;
    return fetchRest(node, { input, init, settings }, part);
  });
}

interface Order {
  readonly input: RequestInfo | URL;
  readonly init: RequestInit;
  readonly settings: RequestSettings;
}

async function fetchRest(node: Operation | undefined, order: Order, part: PartialDownload): Promise<Download> {
  const { received, validator } = part;
  const headers = headersOf(order);
  if (received > 0) {
    headers.set('range', `bytes=${received}-`);
    headers.set('if-range', validator!); // without one, nothing is gone on with
  }
  const init = { ...order.init, headers };
  // A request with a body can be sent once.
  const input = order.input instanceof Request ? order.input.clone() : order.input;
  const response = await send(node, input, init, { ...order.settings, reportProgress: false });
  const answer = readRangeAnswer(response, received, validator);
  if (answer.kind === 'useless' && received > 0) {
    await response.body?.cancel();
    part.clear();
    return fetchRest(node, order, part);
  }
  if (answer.kind === 'nothing') {
    await response.body?.cancel();
    part.describe(answer.total, validator);
    return { blob: part.blob, url: response.url, resumedFrom: received, headers: response.headers };
  }
  if (!response.ok || answer.kind === 'useless') throw await toHttpError(input, init, response);
  if (answer.kind === 'whole') part.clear();
  part.describe(answer.total, answer.kind === 'rest' ? validator : validatorOf(response));
  await receive(node, response, part);
  return {
    blob: part.blob,
    url: response.url,
    resumedFrom: answer.kind === 'rest' ? received : 0,
    headers: response.headers,
  };
}

async function receive(node: Operation | undefined, response: Response, part: PartialDownload): Promise<void> {
  const transfer = startTransfer(node, 'Downloading');
  const reader = response.body?.getReader();
  const { total } = part;
  try {
    transfer.tell(part.received, total);
    for (;;) {
      const step = await reader?.read();
      if (step === undefined || step.done) break;
      // What was kept at the end of an operation does not change after it.
      if (isOver(node)) return;
      part.add(step.value);
      transfer.tell(part.received, total);
    }
  } finally {
    transfer.end();
    reader?.releaseLock();
  }
  if (total === undefined || part.received === total) return;
  const words = `The download of ${response.url} ended after ${part.received} of ${total} bytes.`;
  throw new NetworkError(response.url, words);
}

function headersOf({ input, init }: Order): Headers {
  return new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}
