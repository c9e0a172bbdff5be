import { ignore } from '../base/jobs.js';
import { startTimer } from '../base/timer.js';
import { copyResponse, isBodyless } from './copyResponse.js';

// Of what a server says about an error. A page that goes on forever, or stalls, must not keep the error from its caller.
const keptBytes = 1024 * 1024;
const patience = 1000; // milliseconds

/**
 * The server answered, but with a status that is of no use: 400 or more; for the streams and `download` any but 2xx, and for
 * `download` a part that was not asked for. What it said, about the first megabyte of it and what came within a second
 * at most, is in `response`: it has arrived already, and can be read after the operation has ended.
 *
 * @example
 * if (error instanceof HttpError && error.status === 404) showNotFound(await error.response.text());
 */
export class HttpError extends Error {
  readonly response: Response;
  readonly status: number;
  readonly url: string;

  constructor(method: string, url: string, response: Response) {
    const words = response.statusText === '' ? '' : ` ${response.statusText}`;
    super(`${method} ${url} was answered ${response.status}${words}.`);
    this.response = response;
    this.status = response.status;
    this.url = url;
  }

  override get name(): string {
    return 'HttpError';
  }
}

/**
 * The connection failed: no server, no network, refused by CORS, or closed in the middle of the body. A TypeError, as
 * `fetch` itself rejects with (Fetch standard, "network error"), so that libraries which retry those go on doing so; what
 * the browser said is in `cause`.
 *
 * @example
 * if (error instanceof NetworkError) showOffline(error.url);
 */
export class NetworkError extends TypeError {
  readonly url: string;

  constructor(url: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.url = url;
  }

  override get name(): string {
    return 'NetworkError';
  }
}

/**
 * The other side ended a web socket that should have gone on, or the connection was cut: every end but an ordinary one
 * (1000, or a close without a code).
 *
 * @example
 * if (error instanceof WebSocketClosedError && error.code === 4401) signIn();
 */
export class WebSocketClosedError extends Error {
  readonly url: string;
  /** RFC 6455, section 7.4; 1006: cut without a word, 1001: the server shuts down. */
  readonly code: number;
  /** What the other side said; often empty. */
  readonly reason: string;

  constructor(url: string, code: number, reason: string) {
    super(`The web socket ${url} was closed with ${code}${reason === '' ? '' : `: ${reason}`}.`);
    this.url = url;
    this.code = code;
    this.reason = reason;
  }

  override get name(): string {
    return 'WebSocketClosedError';
  }
}

/** The error for an answer to a request, with its body. */
export async function toHttpError(
  input: RequestInfo | URL | Response,
  init: { readonly method?: string | undefined } | undefined,
  response: Response,
): Promise<HttpError> {
  const isRequest = input instanceof Request;
  const method = init?.method ?? (isRequest ? input.method : 'GET');
  const given = input instanceof Response || isRequest ? input.url : String(input);
  // An answer that a page has made has no address.
  return new HttpError(method.toUpperCase(), response.url || given, await keepBody(response));
}

// An operation that fails with the error closes its connections: whoever catches that could read no more of them.
async function keepBody(response: Response): Promise<Response> {
  if (isBodyless(response)) return response;
  const reader = response.body!.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const cancel = (): Promise<void> => reader.cancel().catch(ignore);
  const stopTimer = startTimer(() => void cancel(), patience);
  try {
    for (let bytes = 0; bytes < keptBytes; bytes += chunks.at(-1)!.byteLength) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
    }
  } catch {
    // The status is what went wrong; what has come of its body is kept.
  }
  stopTimer();
  await cancel();
  reader.releaseLock();
  return copyResponse(new Blob(chunks), response);
}

/** What the browser rejects with when a connection fails is told from all else by its class alone. */
export function asNetworkError(method: string, url: string, error: unknown, when = 'failed'): unknown {
  if (!isConnectionFailure(error)) return error;
  const words = (error as Error).message;
  return new NetworkError(url, `${method} ${url} ${when}: ${words}`, error);
}

// A TypeError by the standard; Firefox has a DOMException named NetworkError for some, WebKit one for a body that breaks off.
// A `fetch` of the caller's may have a timeout of its own.
function isConnectionFailure(error: unknown): boolean {
  if (error instanceof NetworkError) return false;
  return (
    error instanceof TypeError ||
    (error instanceof DOMException && !['AbortError', 'TimeoutError'].includes(error.name))
  );
}
