import type { Cancelable } from 'use-cancelable';
import { HttpError } from 'use-cancelable/fetch';
import { RefusedError } from './request.ts';

/** What the server said when it refused, in its own words. Any other error is given back as it is. */
export async function refusalOf(op: Cancelable, error: unknown): Promise<unknown> {
  if (!(error instanceof HttpError)) return error;
  return new RefusedError(error.status, await op.wait(error.response.text()));
}
