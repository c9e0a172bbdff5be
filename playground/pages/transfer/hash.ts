import type { Cancelable } from 'use-cancelable';
import { runInWorker, type TypedWorker } from 'use-cancelable/worker';
import type { Api } from './hash.worker.ts';
import type { PartialFile } from './PartialFile.ts';

/** Bytes. Fewer are not worth a message while more are on their way. */
const fewest = 256 * 1024;

/**
 * Computes the SHA-256 of a file while it arrives, in a worker. That belongs to the operation and not to the page: it is made
 * when the operation starts, and ended when it is over on both sides, however that came.
 */
export async function hash(op: Cancelable, file: PartialFile): Promise<string> {
  const worker: TypedWorker<Api> = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  void op.closed.then(() => worker.terminate());

  for (let start = 0; ;) {
    const bytes = file.bytesFrom(start, fewest);
    if (bytes === undefined) {
      await op.wait(file.news());
    } else if (bytes.size > 0) {
      await runInWorker(op, worker, 'add', [bytes, file.total]);
      start += bytes.size;
    } else {
      return await runInWorker(op, worker, 'checksum', []);
    }
  }
}
