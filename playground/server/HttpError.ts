import type { OutgoingHttpHeaders } from 'node:http';

/** An answer of 400 or more, thrown from wherever it is decided. The message is the body, so it speaks to the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}
