import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import {
  createWorkerPool,
  runInWorker,
  WorkerError,
  type TypedWorker,
  type WorkerPoolOptions,
} from 'use-cancelable/worker';
import type { Api } from './functions.worker.ts';
import { countHeldLocks, countListeners, countWaitingLocks, errorOf, firstReport, openWorker } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

/** A pool, and the workers that it has made and terminated. */
function openPool(options: WorkerPoolOptions) {
  const made: Array<{ isTerminated: boolean; listeners: () => number }> = [];
  const pool = createWorkerPool((): TypedWorker<Api> => {
    const worker = new Worker(new URL('./functions.worker.ts', import.meta.url), { type: 'module' });
    const entry = { isTerminated: false, listeners: countListeners(worker) };
    made.push(entry);
    const { terminate } = worker;
    worker.terminate = () => {
      entry.isTerminated = true;
      terminate.call(worker);
    };
    return worker;
  }, options);
  onTestFinished(() => pool.close());
  return { pool, made };
}

describe('a pool of workers', () => {
  it('runs one call per worker and lets the others wait, in order', async () => {
    const { pool, made } = openPool({ maxConcurrency: 2 });
    const ended: number[] = [];
    const calls = [1, 2, 3, 4, 5].map(async (value) => {
      ended.push(await runInWorker(root(), pool, 'double', [value]));
    });
    expect([pool.size, pool.running, pool.waiting]).toEqual([2, 2, 3]);
    await Promise.all(calls);
    expect(ended.toSorted((one, other) => one - other)).toEqual([2, 4, 6, 8, 10]);
    expect([pool.size, pool.running, pool.waiting, made.length]).toEqual([2, 0, 0, 2]);
    expect(made.map(({ listeners }) => listeners())).toEqual([0, 0]);
  });

  it('drops a waiting call that is canceled', async () => {
    const { pool, made } = openPool({ maxConcurrency: 1 });
    const first = root();
    const running = runInWorker(first, pool, 'untilCanceled', []);
    await firstReport(first);
    const op = root();
    const waiting = runInWorker(op, pool, 'double', [1]);
    const last = runInWorker(root(), pool, 'double', [2]);
    expect(pool.waiting).toBe(2);
    op.cancel('Not needed');
    expect(await errorOf(waiting)).toBe(op.error);
    expect(pool.waiting).toBe(1);
    first.cancel();
    await errorOf(running);
    expect(await last).toBe(4);
    expect(made).toHaveLength(1);
  });

  it.each(['busy', 'ignoresSignal'] as const)('replaces a worker whose function is %s [case 278]', async (name) => {
    const { pool, made } = openPool({ maxConcurrency: 1, grace: 50 });
    const op = root();
    const run = runInWorker(op, pool, name, [20_000]);
    await firstReport(op);
    const next = runInWorker(root(), pool, 'double', [2]);
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    expect(made[0]!.isTerminated).toBe(false); // at once: the grace has only begun
    expect(await next).toBe(4);
    expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(made[0]!.listeners()).toBe(0);
    pool.close();
    // Chromium lets a worker that is busy live for two seconds more, and with its lock the first request that a page makes
    // for one, if that is aborted at once.
    await expect.poll(countWaitingLocks, { timeout: 10_000 }).toBe(0);
    await expect.poll(countHeldLocks, { timeout: 10_000 }).toBe(0);
  });

  it('lets a worker clean up in a shield, and keeps it', async () => {
    const { pool, made } = openPool({ maxConcurrency: 1, grace: 50 });
    const op = root();
    const run = runInWorker(op, pool, 'shields', [300]);
    await firstReport(op);
    op.cancel('Stop');
    await errorOf(run);
    await op.closed;
    expect(op.context.partialResult).toBe('cleaned up');
    expect(await runInWorker(root(), pool, 'double', [2])).toBe(4);
    expect(made).toHaveLength(1);
  });

  it.each(['crashes', 'closesItself'] as const)(
    'replaces a worker that %s, and keeps the other work [case 279]',
    async (name) => {
      const { pool } = openPool({ maxConcurrency: 2 });
      const other = root();
      const kept = runInWorker(other, pool, 'sum', [1, 2]);
      const waiting = runInWorker(root(), pool, name, []);
      const queued = [1, 2, 3].map((value) => runInWorker(root(), pool, 'double', [value]));
      expect(await errorOf(waiting)).toBeInstanceOf(WorkerError);
      expect(await kept).toBe(3);
      expect(await Promise.all(queued)).toEqual([2, 4, 6]);
    },
  );

  it('rejects a call for which no worker can be made', async () => {
    const pool = createWorkerPool(
      () => {
        throw new Error('No more');
      },
      { maxConcurrency: 1 },
    );
    const error = await errorOf(runInWorker(root(), pool, 'double', [1]));
    expect(error.message).toBe('The pool could not create a worker: No more');
    expect([pool.size, pool.waiting]).toEqual([0, 0]);
    const broken = createWorkerPool(
      () => new Worker(new URL('./broken.worker.ts', import.meta.url), { type: 'module' }),
      { maxConcurrency: 1 },
    );
    const errors = await Promise.all([1, 2, 3].map(() => errorOf(runInWorker(root(), broken, 'double', [1]))));
    for (const { message } of errors) expect(message).toContain('No such table');
    expect(broken.size).toBe(0);
  });

  it('tells all that waits when workers can no longer be made', async () => {
    let made = 0;
    const pool = createWorkerPool(
      (): TypedWorker<Api> => {
        made += 1;
        if (made > 1) throw new Error('No more');
        return new Worker(new URL('./functions.worker.ts', import.meta.url), { type: 'module' });
      },
      { maxConcurrency: 1 },
    );
    const calls = [
      runInWorker(root(), pool, 'crashes', []),
      runInWorker(root(), pool, 'double', [1]),
      runInWorker(root(), pool, 'double', [2]),
    ];
    const messages = await Promise.all(calls.map(async (call) => (await errorOf(call)).message));
    expect(messages[0]).toContain('Out of order');
    expect(messages.slice(1)).toEqual(Array(2).fill('The pool could not create a worker: No more'));
    expect([pool.size, pool.waiting]).toEqual([0, 0]);
  });

  it('terminates workers that are idle', async () => {
    const { pool, made } = openPool({ maxConcurrency: 1, idleTimeout: 30 });
    await runInWorker(root(), pool, 'double', [1]);
    await expect.poll(() => pool.size).toBe(0);
    expect(made[0]!.isTerminated).toBe(true);
    expect(await runInWorker(root(), pool, 'double', [2])).toBe(4);
  });

  it('terminates those, too, that were to be given a call which was canceled', async () => {
    const { pool } = openPool({ maxConcurrency: 2, idleTimeout: 30 });
    const op = root();
    const calls = [1, 2, 3].map((value) => errorOf(runInWorker(op.child(), pool, 'double', [value])));
    expect([pool.size, pool.waiting]).toEqual([2, 1]);
    void op.settle(() => Promise.all(calls));
    op.cancel();
    await Promise.all(calls);
    await expect.poll(() => pool.size).toBe(0);
  });

  it('replaces a worker whose script fails when the call that it was made for is canceled', async () => {
    const scripts = [new URL('./broken.worker.ts', import.meta.url), new URL('./functions.worker.ts', import.meta.url)];
    const pool = createWorkerPool((): TypedWorker<Api> => {
      const worker = new Worker(scripts.shift()!, { type: 'module' });
      worker.addEventListener('error', (event) => event.preventDefault()); // it is told to nobody else
      return worker;
    });
    onTestFinished(() => pool.close());
    const op = root();
    const canceled = errorOf(runInWorker(op, pool, 'double', [1]));
    op.cancel();
    expect(await canceled).toBe(op.error);
    expect(pool.size).toBe(1);
    await expect.poll(() => pool.size).toBe(0);
    expect(await runInWorker(root(), pool, 'double', [2])).toBe(4);
  });

  it('replaces a worker that has ended while it was idle, before a call needs it [case 279]', async () => {
    const { pool, made } = openPool({ maxConcurrency: 1 });
    await runInWorker(root(), pool, 'closesWhenIdle', []);
    await expect.poll(() => pool.size).toBe(0);
    expect(await runInWorker(root(), pool, 'double', [2])).toBe(4);
    expect(made).toHaveLength(2);
    pool.close();
    await expect.poll(countWaitingLocks).toBe(0);
    await expect.poll(countHeldLocks, { timeout: 10_000 }).toBe(0);
  });

  it('keeps a worker whose call was canceled by the function that makes workers', async () => {
    const terminated: Worker[] = [];
    const op = root();
    const pool = createWorkerPool(
      () => {
        op.cancel('No more');
        const worker = openWorker();
        const { terminate } = worker;
        worker.terminate = () => {
          terminated.push(worker);
          terminate.call(worker);
        };
        return worker;
      },
      { maxConcurrency: 1 },
    );
    expect(await errorOf(runInWorker(op, pool, 'double', [1]))).toBe(op.error);
    expect([pool.size, pool.running, pool.waiting]).toEqual([1, 0, 0]);
    expect(await runInWorker(root(), pool, 'double', [2])).toBe(4);
    pool.close();
    expect(terminated).toHaveLength(1);
  });

  it('that is closed by the function that makes workers keeps none', async () => {
    let isTerminated = false;
    const pool = createWorkerPool(() => {
      pool.close('Too late');
      const worker = openWorker();
      worker.terminate = () => (isTerminated = true);
      return worker;
    });
    expect((await errorOf(runInWorker(root(), pool, 'double', [1]))).message).toBe(
      'The worker pool is closed: Too late',
    );
    expect([pool.size, isTerminated]).toEqual([0, true]);
  });

  it('rejects what runs, waits and comes when it is closed', async () => {
    const { pool, made } = openPool({ maxConcurrency: 1 });
    const op = root();
    const calls = [runInWorker(op, pool, 'untilCanceled', []), runInWorker(root(), pool, 'double', [1])];
    await firstReport(op);
    pool.close('Signed out');
    for (const call of [...calls, runInWorker(root(), pool, 'double', [1])])
      expect((await errorOf(call)).message).toBe('The worker pool is closed: Signed out');
    expect([pool.size, pool.running, pool.waiting, pool.isClosed]).toEqual([0, 0, 0, true]);
    expect(made[0]!.isTerminated).toBe(true);
    expect(made[0]!.listeners()).toBe(0);
  });

  it('is closed by `using`', () => {
    let seen;
    {
      using pool = createWorkerPool(() => new Worker(''), { maxConcurrency: 1 });
      seen = pool;
      expect(pool.isClosed).toBe(false);
    }
    expect(seen.isClosed).toBe(true);
  });
});
