import type { Cancelable } from 'use-cancelable';
import { rootReason } from './rootReason.ts';
import { tellReason } from './tellReason.ts';

interface RequestParts {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `fetch` for one operation: its signal closes the connection, and the server's log learns why. `read` takes the answer in;
 * the request is over when it has.
 */
export async function request<T>(
  op: Cancelable,
  path: string,
  read: (response: Response) => Promise<T>,
  { headers = {}, ...init }: RequestParts = {},
): Promise<T> {
  const requestId = crypto.randomUUID();
  const over = new AbortController();
  // The server sees only that somebody let go. The reason is the page's own word, joined by the id.
  op.onCancel(() => tellReason(requestId, rootReason(op)), { signal: over.signal });
  try {
    // Two ends: the operation's, and that of a `read` which failed half way. Both close the connection.
    const signal = AbortSignal.any([op.signal, over.signal]);
    const response = await op.wait(
      fetch(path, { ...init, headers: { ...headers, 'x-request-id': requestId }, signal }),
    );
    if (!response.ok) throw new RefusedError(response.status, await op.wait(response.text()));
    return await op.wait(read(response));
  } finally {
    over.abort();
  }
}

/** The server answered, but not with what was asked for. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, words: string) {
    super(`The server answered ${status}: ${words.trim()}`);
    this.name = 'RefusedError';
    this.status = status;
  }
}
