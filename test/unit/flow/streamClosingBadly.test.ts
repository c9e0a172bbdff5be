import { describe, expect, it } from 'vitest';
import { Cancelable, stream } from 'use-cancelable/core';
import { isSettledSoon, nextTask } from '../operation/nextTask.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { collect } from './streamSources.ts';

describe('a source that closes badly', () => {
  const closing = (close: () => unknown): AsyncIterable<number> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: 1 }),
      return: close as () => Promise<IteratorResult<number>>,
    }),
  });
  const error = new Error('does not close');
  const throwIt = (): never => {
    throw error;
  };
  const bad: Array<[string, () => unknown]> = [
    ['throws', throwIt],
    ['rejects', () => Promise.reject(error)],
  ];

  it.each(bad)('and %s is reported, and hides neither an error of the loop nor its end', async (_name, close) => {
    const errors = collectReportedErrors();
    const own = new Error('in the loop');
    const failing = async (): Promise<void> => {
      for await (const item of stream(closing(close))) if (item === 1) throw own;
    };
    await expect(failing()).rejects.toBe(own);
    expect(errors).toEqual([error]);
    for await (const item of stream(closing(close))) if (item === 1) break;
    expect(errors).toEqual([error, error]);
  });

  it.each(bad)('and %s is reported, and does not hide a cancelation', async (_name, close) => {
    const errors = collectReportedErrors();
    const op = new Cancelable();
    const outcome = await op.settle(async (op) => {
      for await (const item of op.stream(closing(close))) if (item === 1) op.cancel('enough');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'enough' });
    await nextTask();
    expect(errors).toEqual([error]);
  });

  it('because the cancelation has reached it is not reported', async () => {
    const errors = collectReportedErrors();
    const reasons: Array<(op: Cancelable) => unknown> = [
      (op) => op.error,
      () => new DOMException('The user aborted a request.', 'AbortError'),
    ];
    for (const reasonOf of reasons) {
      const op = new Cancelable();
      const running = op.settle((op) => collect(op.stream(closing(() => Promise.reject(reasonOf(op))))));
      op.cancel();
      await running;
    }
    await nextTask();
    expect(errors).toEqual([]);
  });

  it('because its operation has failed is not reported: the run rejects with the same error', async () => {
    const errors = collectReportedErrors();
    const failure = new Error('disk full');
    const source = closing(() => Promise.reject(failure));
    const readAll: Array<(op: Cancelable) => unknown> = [
      (op) => collect(op.stream(source)),
      (op) => op.child().run((child) => collect(child.stream(source))),
      (op) => op.map(source, (child) => child.wait(new Promise(() => {})), { concurrency: 1 }),
    ];
    for (const read of readAll) {
      const op = new Cancelable();
      const running = op.settle(read);
      op.fail(failure);
      expect(await running).toEqual({ status: 'failed', error: failure });
    }
    await nextTask();
    expect(errors).toEqual([]);
  });

  it('and hangs holds the loop until it is canceled, and not longer', async () => {
    const op = new Cancelable();
    const running = op.settle(async (op) => {
      for await (const item of op.stream(closing(() => new Promise(() => {})))) if (item === 1) break;
    });
    expect(await isSettledSoon(running)).toBe(false);
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled' });
    expect(await isSettledSoon(op.closed)).toBe(true);
  });

  it('and takes its time is waited for after a break', async () => {
    const order: string[] = [];
    const source = async function* (): AsyncGenerator<number> {
      try {
        yield 1;
      } finally {
        await nextTask();
        order.push('closed');
      }
    };
    await new Cancelable().run(async (op) => {
      for await (const item of op.stream(source())) if (item === 1) break;
      order.push('gone on');
    });
    expect(order).toEqual(['closed', 'gone on']);
  });
});
