import type { Cancelable } from 'use-cancelable';
import { download, isPartialDownload } from 'use-cancelable/fetch';
import { refusalOf } from '../../requests/refusalOf.ts';
import { trackRequest } from '../../requests/trackRequest.ts';
import type { PartialFile } from './PartialFile.ts';

/** Fetches what is missing of a file, at most `rate` bytes per second. */
export async function fetchFile(op: Cancelable, file: PartialFile, rate?: number): Promise<void> {
  if (file.isWhole) return;
  const path = `/api/files/${file.name}${rate === undefined ? '' : `?rate=${rate}`}`;
  // The first word comes with the server's answer: from then on it is known whether the former bytes are of any use.
  op.onProgress(() => {
    const { partialResult } = op.context;
    if (isPartialDownload(partialResult)) file.arrive(partialResult);
  });
  try {
    await download(path, { resume: file.former, headers: trackRequest(op) });
  } catch (error) {
    throw await refusalOf(op, error);
  }
  file.complete();
}
