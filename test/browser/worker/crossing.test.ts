import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { expose, runInWorker, WorkerError } from 'use-cancelable/worker';
import { errorOf, firstReport, openWorker } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

describe('a cancel on its way', () => {
  it.each([5000, 10_000])(
    'is never lost, the only one among %i messages that are queued at once [case 276]',
    async (count) => {
      const worker = openWorker();
      await runInWorker(root(), worker, 'double', [1]); // from now on each call is posted at once
      const canceled = root();
      const last = runInWorker(canceled, worker, 'untilCanceled', []);
      // One task: the worker finds them all in its queue, and the page the answers.
      const others = Array.from({ length: count }, (_, index) => {
        if (index === count / 2) canceled.cancel('Among them');
        return runInWorker(root(), worker, 'double', [index]);
      });
      expect(await errorOf(last)).toBe(canceled.error);
      await canceled.closed;
      expect(await Promise.all(others)).toEqual(others.map((_, index) => index * 2));
      expect(await runInWorker(root(), worker, 'lastEnd', [])).toMatchObject({ message: 'Among them' });
    },
  );

  it.each([5000, 10_000])('is never lost, the only one of the worker among %i reports [case 276]', async (count) => {
    const op = root();
    let seen = 0;
    op.onProgress(() => (seen += 1));
    const error = await errorOf(runInWorker(op, openWorker(), 'cancelsAmongReports', [count]));
    expect(error).toBe(op.error);
    expect([seen, op.reason, op.message]).toEqual([count / 2, 'quota', 'Among them']);
  });

  it('in the task of the call reaches the worker, too', async () => {
    const worker = openWorker();
    await runInWorker(root(), worker, 'double', [1]);
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', [], { grace: Infinity });
    op.cancel('At once');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed; // not before the worker has unwound
    expect(op.context.partialResult).toEqual({ rows: 3 });
    expect(await runInWorker(root(), worker, 'lastEnd', [])).toMatchObject({ message: 'At once' });
  });
});

describe('an operation', () => {
  it('goes on to a worker that the worker has started, and back', async () => {
    const worker = openWorker();
    const op = root({ name: 'outer' });
    expect(await runInWorker(op, worker, 'inNested', ['facts'])).toMatchObject({ id: op.id, name: 'outer' });
    const canceled = root();
    const run = runInWorker(canceled, worker, 'inNested', ['untilCanceled'], { grace: Infinity });
    await firstReport(canceled);
    canceled.cancel({ reason: 'signed out', message: 'Bye' });
    expect(await errorOf(run)).toBe(canceled.error);
    await canceled.closed;
    expect(await runInWorker(root(), worker, 'inNested', ['lastEnd'])).toMatchObject({
      reason: 'signed out',
      message: 'Bye',
    });
    const quota = root();
    await errorOf(runInWorker(quota, worker, 'inNested', ['cancelsItself', 'operation']));
    expect([quota.status, quota.reason, quota.message]).toEqual(['canceled', 'quota', 'No more today']);
  });
});

describe('functions that are exposed again while calls are on their way', () => {
  it('run what comes after, and what went to those before is rejected [case 279]', async () => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    const port: MessagePort = port1;
    const ran: string[] = [];
    const run = (name: string) => (): void => void ran.push(name);
    const stop = expose({ run: run('first'), waits: (op) => op.wait(new Promise<never>(() => {})) }, port2);
    // As long as it is open, others are sent at once.
    const open = errorOf(runInWorker(root(), port, 'waits', []));
    await runInWorker(root(), port, 'run', []);
    const sent = [open, errorOf(runInWorker(root(), port, 'run', [])), errorOf(runInWorker(root(), port, 'run', []))];
    stop();
    const stopAgain = expose({ run: run('second') }, port2);
    onTestFinished(stopAgain);
    for (const error of await Promise.all(sent)) expect(error).toBeInstanceOf(WorkerError);
    await runInWorker(root(), port, 'run', []);
    expect(ran).toEqual(['first', 'second']);
  });
});
