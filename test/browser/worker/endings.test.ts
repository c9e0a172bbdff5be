import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { expose, runInWorker, WorkerError } from 'use-cancelable/worker';
import { countHeldLocks, errorOf, firstReport, openWorker } from './support.ts';

const root = (): Cancelable => new Cancelable({ parent: null });
const functions = { double: (_op: Cancelable, value: number) => value * 2 };

describe('a worker that is terminated by the page', () => {
  it('before it was ready rejects what waits and what comes [case 279]', async () => {
    const worker = openWorker();
    const run = runInWorker(root(), worker, 'double', [1]);
    worker.terminate();
    for (const call of [run, runInWorker(root(), worker, 'double', [1])]) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(WorkerError);
      expect(error.message).toBe('The worker was terminated.');
    }
  });

  it('while it cleans up in a shield ends that [case 279]', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'shields', [60_000], { grace: Infinity });
    await firstReport(op);
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    worker.terminate();
    await op.closed;
  });

  it('while nobody waits rejects what comes [case 279]', async () => {
    const worker = openWorker();
    await runInWorker(root(), worker, 'double', [1]);
    worker.terminate();
    expect((await errorOf(runInWorker(root(), worker, 'double', [1]))).message).toBe('The worker was terminated.');
  });
});

describe('a port that is closed', () => {
  it('while nobody waits rejects what comes, and those on the other side let go [case 279]', async () => {
    await expect.poll(countHeldLocks, { timeout: 10_000 }).toBe(0); // of the workers of other tests
    const { port1, port2 } = new MessageChannel();
    const stop = expose(functions, port2);
    onTestFinished(stop);
    const port: MessagePort = port1;
    expect(await runInWorker(root(), port, 'double', [1])).toBe(2);
    await expect.poll(countHeldLocks, { timeout: 10_000 }).toBe(1);
    port.close();
    expect((await errorOf(runInWorker(root(), port, 'double', [1]))).message).toBe('The port was closed.');
    await expect.poll(countHeldLocks, { timeout: 10_000 }).toBe(0);
  });

  it('ends calls and functions of both directions', async () => {
    const { port1, port2 } = new MessageChannel();
    const ends: unknown[] = [];
    const waits = async (op: Cancelable): Promise<void> => {
      op.report('waiting');
      void op.closed.then(() => ends.push(op.message));
      await op.wait(new Promise<never>(() => {}));
    };
    expose({ waits }, port1);
    expose({ waits }, port2);
    const ops = [root(), root()];
    const reported = Promise.all(ops.map(firstReport));
    const errors = [port1, port2].map((port: MessagePort, index) =>
      errorOf(runInWorker(ops[index]!, port, 'waits', [])),
    );
    await reported;
    port2.close();
    for (const error of await Promise.all(errors)) expect(error).toBeInstanceOf(WorkerError);
    await expect.poll(() => ends).toHaveLength(2);
  });
});

describe('an error in a worker that was not caught', () => {
  /** A worker of the text of a script. */
  const open = (script: string): Worker => {
    const url = URL.createObjectURL(new Blob([script]));
    const worker = new Worker(url);
    onTestFinished(() => {
      worker.terminate();
      URL.revokeObjectURL(url);
    });
    return worker;
  };

  it('before it is ready rejects what waits, and what comes when it is ready runs', async () => {
    const module = new URL('./functions.worker.ts', import.meta.url).href;
    const worker = open(`
      addEventListener('error', () => import('${module}'));
      setTimeout(() => { throw new Error('stray'); });
    `);
    const error = await errorOf(runInWorker(root(), worker, 'double', [1]));
    expect(error.message).toMatch(/^The worker could not be started: .*stray/);
    await expect.poll(() => runInWorker(root(), worker, 'double', [1]).then(undefined, () => 'not yet')).toBe(2);
  });

  it('is an error of the page when nobody waits for an answer any more', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'crashesAtTheEnd', [], { grace: Infinity });
    await firstReport(op);
    const caught = new Promise<boolean>((resolve) => {
      worker.addEventListener('error', (event) => {
        resolve(event.defaultPrevented);
        event.preventDefault();
      });
    });
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    expect(await caught).toBe(false);
    await op.closed;
  });
});
