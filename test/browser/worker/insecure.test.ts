import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { expose, runInWorker, WorkerError } from 'use-cancelable/worker';
import { errorOf, firstReport, openWorker } from './support.ts';

const root = (): Cancelable => new Cancelable({ parent: null });

// As on a page that is not secure: there the whole name is missing, in workers as well.
describe('where there are no Web Locks,', () => {
  beforeEach(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'locks'));
  });

  it('a worker is called, canceled and cancels, and may take its time', async () => {
    const worker = openWorker();
    expect(await runInWorker(root(), worker, 'double', [2])).toBe(4);
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed;
    const other = root();
    await errorOf(runInWorker(other, worker, 'cancelsItself', ['operation']));
    expect(other.message).toBe('No more today');
    expect(await runInWorker(root(), worker, 'rests', [500])).toBe('rested');
  });

  it('who terminates a worker or closes a port is heard all the same [case 279]', async () => {
    const worker = openWorker();
    const { port1, port2 } = new MessageChannel();
    const port: MessagePort = port1;
    let ended: unknown;
    expose(
      {
        waits: async (op: Cancelable) => {
          op.report('waiting');
          void op.closed.then(() => (ended = op.message));
          await op.wait(new Promise<never>(() => {}));
        },
      },
      port2,
    );
    const [one, other] = [root(), root()];
    const reported = Promise.all([one, other].map(firstReport));
    const errors = [
      errorOf(runInWorker(one, worker, 'untilCanceled', [])),
      errorOf(runInWorker(other, port, 'waits', [])),
    ];
    await reported;
    worker.terminate();
    port.close();
    for (const error of await Promise.all(errors)) expect(error).toBeInstanceOf(WorkerError);
    await expect.poll(() => ended).toBe('Nobody waits for it any more');
  });
});
