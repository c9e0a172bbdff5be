import type { Cancelable } from 'use-cancelable';
import { textOf } from '../../requests/bodyOf.ts';
import { request } from '../../requests/request.ts';

const bytesPerSecond = 100_000;

/** The text that the pipeline is about. */
export async function readText(op: Cancelable): Promise<string> {
  return request(op, `/api/files/LICENSE?rate=${bytesPerSecond}`, (response) =>
    textOf(op, response, (share) => op.report('Reading', { progress: share * 100 })),
  );
}
