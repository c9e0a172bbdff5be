// The types of both sides of a worker, as they reach a user.
import { Cancelable } from 'use-cancelable/core';
import { createWorkerPool, expose, runInWorker, type TypedWorker } from 'use-cancelable/worker';

const api = expose({
  hash: async (op, file: Blob) => `${op.id} ${file.size}`,
  double: (_op, value: number) => value * 2,
});
type Api = typeof api;

export async function callBoth(file: Blob): Promise<string> {
  const worker: TypedWorker<Api> = new Worker('worker.js');
  const pool = createWorkerPool((): TypedWorker<Api> => new Worker('worker.js'), { maxConcurrency: 2 });
  const hash: string = await runInWorker(new Cancelable({ timeout: 5000 }), worker, 'hash', [file]);
  const four: number = await runInWorker(new Cancelable(), pool, 'double', [2]);
  // @ts-expect-error it takes a number
  void runInWorker(new Cancelable(), pool, 'double', ['two']);
  pool.close();
  return `${hash} ${four}`;
}
