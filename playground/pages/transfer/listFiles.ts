import type { Cancelable } from 'use-cancelable';
import { request } from '../../requests/request.ts';
import type { FileEntry } from '../../server/contract.ts';

/** The files that the server offers. */
export async function listFiles(op: Cancelable): Promise<readonly FileEntry[]> {
  return request(op, '/api/files', async (response) => (await response.json()) as readonly FileEntry[]);
}
