import { describe, expect, it } from 'vitest';
import { Cancelable, isCancelation, TimeoutCancelation } from 'use-cancelable/core';
import { runInWorker, WorkerError, type TypedWorker } from 'use-cancelable/worker';
import type { Api as LateApi } from './late.worker.ts';
import { countListeners, countWaitingLocks, errorOf, firstReport, openWorker } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

class HttpError extends Error {
  status = 0;
}

describe('an error of a function in a worker', () => {
  it('arrives with class, message, cause and stack [case 277]', async () => {
    const op = root();
    const error = await errorOf(runInWorker(op, openWorker(), 'throws', ['error']));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe('Too much');
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.stack).toContain('functions.worker');
    expect([op.status, op.error]).toEqual(['failed', error]);
  });

  it('is of a class of the caller when that is given', async () => {
    const error = await errorOf(runInWorker(root(), openWorker(), 'throws', ['http'], { errors: { HttpError } }));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ name: 'HttpError', message: 'The server said 404', status: 404 });
  });

  it('is a plain error with its name and data when it is not', async () => {
    const error = await errorOf(runInWorker(root(), openWorker(), 'throws', ['http']));
    expect(error).toMatchObject({ name: 'HttpError', status: 404 });
  });

  it('is a DOMException if it was one', async () => {
    const error = await errorOf(runInWorker(root(), openWorker(), 'throws', ['dom']));
    expect(error).toBeInstanceOf(DOMException);
    expect(error.name).toBe('NotFoundError');
  });

  it('may be no error at all', async () => {
    await expect(runInWorker(root(), openWorker(), 'throws', ['text'])).rejects.toBe('just a text');
    const error = await errorOf(runInWorker(root(), openWorker(), 'throws', ['function']));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toContain('cannot be cloned: a function');
  });

  it('is a failure when it is the cancelation of another operation there', async () => {
    const op = root();
    const error = await errorOf(runInWorker(op, openWorker(), 'throws', ['child']));
    expect(error).toBeInstanceOf(TimeoutCancelation);
    expect([op.status, isCancelation(error), isCancelation(error, op)]).toEqual(['failed', true, false]);
    expect((error as TimeoutCancelation).operation).toMatchObject({
      name: 'inner',
      status: 'canceled',
      reason: 'timeout',
    });
  });
});

describe('a call that cannot be made', () => {
  it('says which functions there are', async () => {
    const worker: Worker = openWorker();
    const error = await errorOf(runInWorker(root(), worker, 'duble', [1]));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(/exposes no function "duble"; it exposes "double", "facts"/);
  });

  it('says which argument cannot be cloned, and the worker goes on', async () => {
    const worker: Worker = openWorker();
    const error = await errorOf(runInWorker(root(), worker, 'double', [1, () => {}]));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(/^Argument 2 of "double" cannot be cloned: a function/);
    expect(await runInWorker(root(), worker, 'double', [1])).toBe(2);
  });

  it('says that the result cannot be cloned', async () => {
    const error = await errorOf(runInWorker(root(), openWorker(), 'uncloneable', []));
    expect(error.message).toBe('The result of "uncloneable" cannot be cloned: an object.');
  });

  it('gives away what is transferred, both ways', async () => {
    const worker = openWorker();
    const buffer = new ArrayBuffer(16);
    expect(await runInWorker(root(), worker, 'size', [buffer], { transfer: [buffer] })).toBe(16);
    expect(buffer.byteLength).toBe(0);
    expect((await runInWorker(root(), worker, 'buffer', [8])).byteLength).toBe(8);
  });
});

describe('a worker that is not there', () => {
  it('because it throws at load rejects what waits and what comes [case 279]', async () => {
    const worker = new Worker(new URL('./broken.worker.ts', import.meta.url), { type: 'module' });
    const calls = [runInWorker(root(), worker, 'double', [1]), runInWorker(root(), worker, 'double', [2])];
    for (const call of calls) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(WorkerError);
      expect(error.message).toContain('The worker could not be started: ');
      expect(error.message).toContain('No such table');
    }
    expect((await errorOf(runInWorker(root(), worker, 'double', [3]))).message).toContain('No such table');
    worker.terminate();
  });

  it('because it throws at load after a first call was canceled rejects what comes', async () => {
    const worker = new Worker(new URL('./broken.worker.ts', import.meta.url), { type: 'module' });
    const failed = new Promise((resolve) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault(); // nobody waits for it
        resolve(event);
      });
    });
    const op = root();
    const canceled = errorOf(runInWorker(op, worker, 'double', [1]));
    op.cancel();
    await canceled;
    await failed;
    expect((await errorOf(runInWorker(root(), worker, 'double', [2]))).message).toContain('No such table');
    worker.terminate();
  });

  it('because it is terminated before it is there has no listener left', async () => {
    const worker = new Worker(new URL('./functions.worker.ts', import.meta.url), { type: 'module' });
    const count = countListeners(worker);
    const op = root();
    const canceled = errorOf(runInWorker(op, worker, 'double', [1]));
    op.cancel();
    await canceled;
    expect(count()).toBe(1); // its script may fail yet
    worker.terminate();
    expect(count()).toBe(0);
  });

  it('yet, or so it seems, as its first call keeps it busy, is waited for', async () => {
    expect(await runInWorker(root(), openWorker(), 'busy', [1000])).toBe('done');
  });

  it('yet gets the call when it is', async () => {
    const worker: TypedWorker<LateApi> = new Worker(new URL('./late.worker.ts', import.meta.url), { type: 'module' });
    expect(await runInWorker(root(), worker, 'double', [4])).toBe(8);
    worker.terminate();
  });

  it.each([
    ['closesItself', /^The worker has ended without an answer/],
    ['crashes', /^An error in the worker was not caught: .*Out of order.*\(.*functions\.worker/],
    ['stops', /^The worker has stopped to expose its functions/],
  ] as const)('any more, because it %s, rejects what waits [case 279]', async (name, message) => {
    const worker = openWorker();
    await runInWorker(root(), worker, 'double', [1]);
    const count = countListeners(worker);
    const op = root();
    const other = runInWorker(root(), worker, 'untilCanceled', []);
    const error = await errorOf(runInWorker(op, worker, name, []));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(message);
    expect(op.status).toBe('failed');
    expect(await errorOf(other)).toBeInstanceOf(WorkerError);
    expect(count()).toBe(0);
    await expect.poll(countWaitingLocks).toBe(0);
  });

  it('any more, because it was terminated, rejects what waits and lets go [case 279]', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    worker.terminate();
    expect(await errorOf(run)).toBeInstanceOf(WorkerError);
    // One that comes later does not wait for ever either.
    expect(await errorOf(runInWorker(root(), worker, 'double', [1]))).toBeInstanceOf(WorkerError);
  });

  it('lets an operation go that was canceled just before', async () => {
    const worker = openWorker();
    const op = root();
    const run = runInWorker(op, worker, 'untilCanceled', []);
    await firstReport(op);
    worker.terminate();
    op.cancel('Stop');
    expect(await errorOf(run)).toBe(op.error);
    await op.closed;
  });
});
