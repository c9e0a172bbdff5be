import { checkObject, wrongType } from '../base/checks.js';
import { ignore } from '../base/jobs.js';
import type { Awaitable } from '../operation/awaitable.js';
import { coldOf, isOver, type Operation } from '../operation/node.js';
import { isLengthCertain } from './contentLength.js';
import { NetworkError, toHttpError } from './errors.js';
import { checkSettings, operationFor, settingChecks, splitSettings, type RequestSettings } from './options.js';
import { PartialDownload, type DownloadedPart } from './PartialDownload.js';
import { readRangeAnswer, validatorOf } from './range.js';
import { guard, send } from './send.js';
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
 * memory. One download for each operation: give each of several a child. Rejects with the operation's error, an HttpError for a
 * status of 400 or more, or a NetworkError. A server on another origin must allow If-Range and expose ETag and Content-Range
 * (CORS), else it always starts over.
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
  const part = new PartialDownload(urlOf(input), resume?.validator === undefined ? undefined : resume);
  // One that never begins must not lose what it was to go on with.
  if (node !== undefined && (!isOver(node) || coldOf(node).partialResult === undefined)) {
    coldOf(node).partialResult = part;
  }
  return guard(node, () => fetchRest(node, { input, init, settings }, part, part.received));
}

interface Order {
  readonly input: RequestInfo | URL;
  readonly init: RequestInit;
  readonly settings: RequestSettings;
}

/** `from` 0: asks for the whole. */
async function fetchRest(
  node: Operation | undefined,
  order: Order,
  part: PartialDownload,
  from: number,
): Promise<Download> {
  const { validator } = part;
  const headers = headersOf(order);
  if (from > 0) {
    headers.set('range', `bytes=${from}-`);
    headers.set('if-range', validator!); // without one, nothing is gone on with
  }
  const init = { ...order.init, headers };
  // A request with a body can be sent once.
  const input = order.input instanceof Request ? order.input.clone() : order.input;
  const response = await send(node, input, init, { ...order.settings, reportProgress: false });
  const answer = readRangeAnswer(response, from, validator);
  if (answer.kind === 'useless' && from > 0) {
    await response.body?.cancel().catch(ignore);
    return fetchRest(node, order, part, 0);
  }
  if (answer.kind === 'nothing') {
    await response.body?.cancel().catch(ignore);
    part.describe(answer.total, validator);
    const transfer = startTransfer(node, 'Downloading');
    transfer.tell(part.received, part.total);
    transfer.end();
    return { blob: part.blob, url: response.url, resumedFrom: from, headers: response.headers };
  }
  if (!response.ok || answer.kind === 'useless') throw await toHttpError(order.input, init, response);
  const { kind, total } = answer;
  const version = kind === 'rest' ? validator : validatorOf(response);
  // The very file that some of is here: that is passed over, so that nothing is lost if this one is cut even earlier.
  const isSame = version !== undefined && version === validator && total !== undefined && part.received <= total;
  const skipped = kind === 'whole' && isSame ? part.received : 0;
  if (kind === 'whole' && !isSame) part.clear();
  part.describe(total, version);
  await receive(node, response, part, skipped);
  if (part.received < (total ?? 0) && (kind === 'rest' || isLengthCertain(response))) {
    const words = `The download of ${response.url} ended after ${part.received} of ${total} bytes.`;
    throw new NetworkError(response.url, words);
  }
  return { blob: part.blob, url: response.url, resumedFrom: kind === 'rest' ? from : 0, headers: response.headers };
}

async function receive(
  node: Operation | undefined,
  response: Response,
  part: PartialDownload,
  skipped: number,
): Promise<void> {
  const transfer = startTransfer(node, 'Downloading');
  const reader = response.body?.getReader();
  const { total } = part;
  let known = skipped; // bytes that are still to come and are here already
  try {
    transfer.tell(part.received, total);
    for (;;) {
      const step = await reader?.read();
      if (step === undefined || step.done) break;
      // What was kept at the end of an operation does not change after it.
      if (isOver(node)) return;
      const fresh = step.value.subarray(Math.min(known, step.value.byteLength));
      known -= step.value.byteLength - fresh.byteLength;
      part.add(fresh);
      transfer.tell(part.received, total);
    }
  } finally {
    transfer.end();
    reader?.releaseLock();
  }
}

function headersOf({ input, init }: Order): Headers {
  return new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}
