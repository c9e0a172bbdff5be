import type { Cancelable } from 'use-cancelable';
import type { PartialFile } from './PartialFile.ts';

// A few milliseconds of work.
const bytesAtOnce = 128 * 1024;

/** Computes the SHA-256 of a file while it arrives. Between its chunks the page gets its turn, so it stays smooth. */
export async function hash(op: Cancelable, file: PartialFile): Promise<string> {
  while (!file.isWhole || file.hashed < file.size) {
    if (file.hashNext(bytesAtOnce)) {
      op.report('Hashing', { current: file.hashed, total: file.total });
      await op.yield();
    } else {
      await op.wait(file.news());
    }
  }
  return file.checksum();
}
