import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, isCancelation, TimeoutCancelation } from 'use-cancelable/core';
import { runInWorker } from 'use-cancelable/worker';
import { countListeners, countWaitingLocks, errorOf, firstReport, openWorker } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

describe('a call into a worker', () => {
  it('resolves with the result of the function [case 277]', async () => {
    const op = root();
    expect(await runInWorker(op, openWorker(), 'double', [21])).toBe(42);
    expect(op.status).toBe('completed');
  });

  it('has the operation with its id, name, metadata and deadline on both sides [case 277]', async () => {
    const op = root({ name: 'hash', metadata: { user: 7 }, timeout: 60_000 });
    const facts = await runInWorker(op, openWorker(), 'facts', []);
    expect(facts).toMatchObject({
      id: op.id,
      name: 'hash',
      status: 'running',
      isCurrent: true,
      metadata: { user: 7 },
    });
    expect(Math.abs(facts.deadline! - op.deadline!)).toBeLessThan(2000);
  });

  it('is a part of an operation that runs, which is current after it', async () => {
    const worker = openWorker();
    const op = root();
    const result = await op.run(async (op) => {
      const two = await runInWorker(op, worker, 'double', [1]);
      expect(currentOperation()).toBe(op);
      return await runInWorker(op, worker, 'sum', [two, 3]);
    });
    expect(result).toBe(5);
  });

  it('of an operation of its own leaves the one that awaits it current', async () => {
    const worker = openWorker();
    await root().run(async (op) => {
      expect(await runInWorker(op.child(), worker, 'double', [1])).toBe(2);
      expect(currentOperation()).toBe(op);
      await errorOf(runInWorker(op.child({ timeout: 20 }), worker, 'untilCanceled', []));
      expect(currentOperation()).toBeUndefined(); // errorOf has awaited it, and not this function
    });
  });

  it('is a part of several at the same time', async () => {
    const worker = openWorker();
    const values = Array.from({ length: 50 }, (_, index) => index);
    const doubled = await root().run((op) => op.map(values, (op, value) => runInWorker(op, worker, 'double', [value])));
    expect(doubled).toEqual(values.map((value) => value * 2));
  });

  it('cancels the operation in the worker with the reason, message and cause of home [case 273]', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    op.cancel({ reason: 'signed out', message: 'Bye', cause: { user: 7 } });
    expect(await errorOf(run)).toBe(op.error);
    await op.closed;
    expect(op.context.partialResult).toEqual({ rows: 3 });
    expect(await runInWorker(root(), worker, 'lastEnd', [])).toEqual({
      reason: 'signed out',
      message: 'Bye',
      aborted: true,
      cause: { user: 7 },
    });
  });

  it.each(['operation', 'token', 'throw'] as const)(
    'cancels the operation at home with the reason and message of the worker, by %s [case 272]',
    async (by) => {
      const op = root();
      const error = await errorOf(runInWorker(op, openWorker(), 'cancelsItself', [by]));
      expect(isCancelation(error, op)).toBe(true);
      expect([op.reason, op.message, error.cause]).toEqual(['quota', 'No more today', { limit: 5 }]);
      expect(op.context.partialResult).toBe('half');
    },
  );

  it('tells the callbacks at home once, also when one fails [case 275]', async () => {
    const calls: string[] = [];
    const failures: unknown[] = [];
    const report = globalThis.reportError;
    globalThis.reportError = (error) => failures.push(error);
    try {
      const op = root();
      op.onCancel(() => {
        calls.push('first');
        throw new Error('of a callback');
      });
      op.onCancel(() => void calls.push('second'));
      op.token.onCancel(() => calls.push('token'));
      await errorOf(runInWorker(op, openWorker(), 'cancelsItself', ['operation']));
      await op.closed;
    } finally {
      globalThis.reportError = report;
    }
    expect(calls.toSorted()).toEqual(['first', 'second', 'token']);
    expect(failures).toEqual([new Error('of a callback')]);
  });

  it('rejects at once, while the run waits for a shield in the worker', async () => {
    const op = root();
    const run = op.run((op) => runInWorker(op, openWorker(), 'shields', [300], { grace: 5000 }));
    await firstReport(op);
    op.cancel('Stop');
    await errorOf(run);
    expect(op.context.partialResult).toBe('cleaned up');
  });

  it('is not sent when the operation is canceled before the worker is ready', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', [], { grace: 60_000 });
    op.cancel('Too early');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed; // at once, not after the grace
    expect(await runInWorker(root(), worker, 'lastEnd', [])).toBe(undefined);
  });

  it('is canceled in the worker when the operation fails at home, which waits for it', async () => {
    const worker = openWorker();
    const op = root();
    const error = await errorOf(
      op.run(async (op) => {
        void runInWorker(op, worker, 'untilCanceled', []);
        await firstReport(op);
        throw new Error('at home');
      }),
    );
    expect(error.message).toBe('at home');
    expect(op.context.partialResult).toEqual({ rows: 3 });
    const end = await runInWorker(root(), worker, 'lastEnd', []);
    expect(end).toMatchObject({ reason: 'parent', message: 'The operation failed: at home' });
    expect((end as { cause: unknown }).cause).toEqual(new Error('at home'));
  });

  it('is canceled in the worker when the operation completes without awaiting it', async () => {
    const worker = openWorker();
    const op = root();
    await op.run(async (op) => {
      void runInWorker(op, worker, 'untilCanceled', []);
      await firstReport(op);
    });
    expect(op.status).toBe('completed');
    await expect.poll(() => runInWorker(root(), worker, 'lastEnd', [])).toMatchObject({ reason: 'parent' });
  });

  it('ends with the operation above it, and the worker hears why', async () => {
    const worker = openWorker();
    const page = root({ name: 'page' });
    const run = page.run(async (page) => {
      const op = page.child({ name: 'hash' });
      const reported = firstReport(op);
      const call = runInWorker(op, worker, 'untilCanceled', []);
      await reported;
      page.cancel({ reason: 'unmount', message: 'You left the page' });
      await call;
    });
    await errorOf(run);
    expect(await runInWorker(root(), worker, 'lastEnd', [])).toMatchObject({
      reason: 'parent',
      message: 'Canceled with its parent "page": You left the page',
      cause: { message: 'You left the page' },
    });
  });

  it('goes on in a shield of an operation that is canceled', async () => {
    const worker = openWorker();
    const op = root();
    let result: number | undefined;
    await errorOf(
      op.run(async (op) => {
        op.cancel('Stop');
        await op.shield(async () => {
          result = await runInWorker(op, worker, 'double', [4]);
        });
      }),
    );
    expect(result).toBe(8);
  });

  it('ends canceled when that comes in the task of the result', async () => {
    const worker = openWorker();
    await runInWorker(root(), worker, 'double', [1]);
    const op = root();
    worker.addEventListener('message', () => op.cancel('In the last moment'), { once: true });
    const run = runInWorker(op, worker, 'double', [1]);
    await errorOf(run);
    expect(op.message).toBe('In the last moment');
  });

  it('keeps the first of two cancelations', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    expect([op.cancel('one'), op.cancel('two')]).toEqual([true, false]);
    await errorOf(run);
    await op.closed;
    expect(await runInWorker(root(), worker, 'lastEnd', [])).toMatchObject({ message: 'one' });
  });

  it('says of a timeout what home says, whichever side sees it first', async () => {
    const op = root({ timeout: 150 });
    const error = await errorOf(runInWorker(op, openWorker(), 'untilCanceled', []));
    expect(error).toBeInstanceOf(TimeoutCancelation);
    expect([op.reason, op.message, (error as TimeoutCancelation).timeout]).toEqual([
      'timeout',
      'Operation timed out after 150ms',
      150,
    ]);
  });

  it('that does not listen is let go of at a timeout, at once [case 278]', async () => {
    const worker = openWorker();
    await runInWorker(root(), worker, 'double', [1]);
    const count = countListeners(worker);
    const op = root({ timeout: 50 });
    const start = performance.now();
    await errorOf(runInWorker(op, worker, 'busy', [60_000], { grace: 50 }));
    expect(op.reason).toBe('timeout');
    expect(count()).toBeGreaterThan(0); // the grace has only begun
    await op.closed;
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(count()).toBe(0);
    await expect.poll(countWaitingLocks).toBe(0);
  });

  it('leaves no listener and no lock request behind', async () => {
    const worker = openWorker();
    const count = countListeners(worker);
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    expect(count()).toBeGreaterThan(0);
    op.cancel();
    await errorOf(run);
    await op.closed;
    expect(count()).toBe(0);
    await expect.poll(countWaitingLocks).toBe(0);
    expect(await runInWorker(root(), worker, 'double', [4])).toBe(8);
    expect(count()).toBe(0);
  });
});

describe('progress in a worker', () => {
  it('that knows no fraction leaves that of home alone', async () => {
    const op = root();
    await op.settle(async (op) => {
      op.report('Half of it', { progress: 50 });
      void runInWorker(op, openWorker(), 'untilCanceled', []);
      await firstReport(op);
      expect(op.progress).toMatchObject({ fraction: 0.5, message: 'waiting' });
    });
    expect(op.status).toBe('completed');
  });

  it('is that of the operation at home, with rate and all', async () => {
    const op = root();
    const reports: unknown[] = [];
    op.onProgress((id, message, { current, total }) => reports.push([id === op.id, message, current, total]));
    await runInWorker(op, openWorker(), 'reports', [3]);
    expect(reports).toEqual([
      [true, 'step', 1, 3],
      [true, 'step', 2, 3],
      [true, 'step', 3, 3],
    ]);
  });

  it('of a child there comes home with the id of the child, and the fraction follows', async () => {
    const parent = root();
    const seen: Array<{ id: string; message: string }> = [];
    const fractions: Array<number | undefined> = [];
    parent.onProgress((id, message) => seen.push({ id, message }));
    await parent.run(async (parent) => {
      const op = parent.child();
      op.onProgress(() => fractions.push(op.progress.fraction));
      const stop = setInterval(() => fractions.push(op.progress.fraction), 5);
      await runInWorker(op, openWorker(), 'childReports', []);
      clearInterval(stop);
      expect(seen).toHaveLength(1);
      expect(seen[0]!.message).toBe('from a child');
      expect(seen[0]!.id).not.toBe(op.id);
    });
    expect(fractions).toContain(0.5);
    expect(fractions).toContain(0.99);
  });
});
