import { Cancelable } from 'use-cancelable/core';
import { createWorkerPool, runInWorker, type TypedWorker } from 'use-cancelable/worker';
import type { Api } from './busy.worker.ts';

export interface Told {
  readonly isIsolated: boolean;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly partialResult: unknown;
  /** Milliseconds from the cancel until everything had ended there. */
  readonly duration: number;
  /** How many workers the pool has made: more than one if one had to be terminated. */
  readonly made: number;
  readonly next: boolean;
}

const message = 'Bye, 👋 '.repeat(3);

/** Cancels a function that never yields. */
export async function cancelBusy(name: string): Promise<Told> {
  let made = 0;
  using pool = createWorkerPool(
    (): TypedWorker<Api> => {
      made += 1;
      return new Worker('/worker.js', { type: 'module' });
    },
    { maxConcurrency: 1, grace: 5000 },
  );
  const op = new Cancelable();
  const started = new Promise<void>((resolve) => {
    op.onProgress(() => resolve());
  });
  const run = runInWorker(op, pool, name as 'status', []);
  await started;
  const start = performance.now();
  op.cancel({ reason: 'signed out', message });
  await run.then(
    () => {},
    () => {},
  );
  await op.closed;
  const duration = performance.now() - start;
  const next = await runInWorker(new Cancelable(), pool, 'shared', []);
  const { reason } = op;
  const isSame = op.message === message;
  return {
    isIsolated: crossOriginIsolated,
    reason,
    message: isSame ? 'the same' : op.message,
    partialResult: op.context.partialResult,
    duration,
    made,
    next,
  };
}
