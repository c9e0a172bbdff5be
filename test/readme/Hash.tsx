import { ProgressBar, useCancelable } from 'use-cancelable';
import { createWorkerPool, runInWorker, type TypedWorker } from 'use-cancelable/worker';
import type { Api } from './hash.worker.ts'; // the type alone: nothing of the worker is bundled here

const workers = createWorkerPool(
  (): TypedWorker<Api> => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }),
  { idleTimeout: { seconds: 30 } },
);

export function Hash({ file }: { file: File }) {
  const hashing = useCancelable((op) => runInWorker(op, workers, 'hash', [file]), { timeout: { minutes: 1 } });
  const { run, cancel, data, isRunning } = hashing;
  return (
    <>
      <button disabled={isRunning} onClick={() => void run()}>
        Hash
      </button>
      <button disabled={!isRunning} onClick={() => cancel('Stopped')}>
        Stop
      </button>
      <ProgressBar of={hashing} aria-label="Hash" />
      <code>{data}</code>
    </>
  );
}
