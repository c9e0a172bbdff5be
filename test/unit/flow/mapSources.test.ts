import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, map, wait } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon, nextTask } from '../operation/nextTask.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

// What map reads its items from: when it reads, and how it leaves.

/** An endless source that counts what was read of it. */
function createSource() {
  const log = { read: 0, closed: 0 };
  async function* read(): AsyncGenerator<number> {
    try {
      for (;;) yield (log.read += 1);
    } finally {
      log.closed += 1;
    }
  }
  return { log, items: read() };
}

const double = (_child: Cancelable, item: number): number => item * 2;

describe('the source of map', () => {
  it.each([
    ['an array', () => [1, 2, 3]],
    ['a set', () => new Set([1, 2, 3])],
    ['a generator', () => [1, 2, 3].values()],
    ['promises', () => [1, 2, 3].map((item) => Promise.resolve(item))],
    [
      'an async generator',
      async function* () {
        yield* [1, 2, 3];
      },
    ],
    [
      'a ReadableStream',
      () =>
        new ReadableStream<number>({
          start(controller) {
            for (const item of [1, 2, 3]) controller.enqueue(item);
            controller.close();
          },
        }),
    ],
  ])('may be %s', async (_kind, create) => {
    for (const concurrency of [1, 2, Infinity]) {
      expect(await map(create(), double, { concurrency })).toEqual([2, 4, 6]);
    }
  });

  it('is read only when there is room for one more', async () => {
    const { log, items } = createSource();
    const op = new Cancelable();
    const run = op.settle((op) => op.map(items, untilCanceled, { concurrency: 3 }));
    expect(await isSettledSoon(run)).toBe(false);
    expect(log).toEqual({ read: 3, closed: 0 });
    op.cancel();
    await run;
    expect(log).toEqual({ read: 3, closed: 1 });
  });

  it('has the operation current while it is read', async () => {
    const seen: unknown[] = [];
    function* read(): Generator<number> {
      seen.push(currentOperation()?.name);
      yield 1;
      seen.push(currentOperation()?.name);
      yield 2;
    }
    async function* readLater(): AsyncGenerator<number> {
      await wait(nextTask());
      seen.push(currentOperation()?.name);
      yield 3;
    }
    const op = new Cancelable({ name: 'page' });
    await op.run(async (op) => {
      await op.map(read(), () => nextTask(), { concurrency: 1 });
      await op.map(readLater(), () => {});
    });
    expect(seen).toEqual(['page', 'page', 'page']);
  });

  it('is closed, and that is waited for, when one of the bodies fails', async () => {
    const gate = createGate();
    const error = new Error('no');
    const closed = vi.fn<() => void>();
    async function* read(): AsyncGenerator<number> {
      try {
        for (let item = 0; ; item += 1) yield item;
      } finally {
        await gate.promise;
        closed();
      }
    }
    const fail = (_child: Cancelable, item: number): Promise<number> =>
      item === 1 ? Promise.reject(error) : Promise.resolve(item);
    const result = map(read(), fail, { concurrency: 1 });
    expect(await isSettledSoon(result)).toBe(false);
    gate.open();
    await expect(result).rejects.toBe(error);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('of a plain generator is closed when one of the bodies fails, even at once', async () => {
    const closed = vi.fn<() => void>();
    function* read(): Generator<number> {
      try {
        for (let item = 0; ; item += 1) yield item;
      } finally {
        closed();
      }
    }
    const error = new Error('no');
    const fail = (_child: Cancelable, item: number): void => {
      if (item === 5) throw error;
    };
    await expect(map(read(), fail)).rejects.toBe(error);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('that is a ReadableStream is let go when it has ended', async () => {
    const items = new ReadableStream<number>({ start: (controller) => controller.close() });
    expect(await map(items, double)).toEqual([]);
    expect(items.locked).toBe(false);
  });

  it('is not closed when it has ended by itself', async () => {
    const iterator = [1, 2].values();
    const close = vi.fn<() => IteratorResult<number>>(() => ({ done: true, value: undefined }));
    await map({ [Symbol.iterator]: () => Object.assign(iterator, { return: close }) }, double);
    expect(close).not.toHaveBeenCalled();
  });

  it('that is blocked holds up neither a cancel nor a failure', async () => {
    const error = new Error('no');
    const gate = createGate();
    const blocked = (): AsyncIterable<number> => ({
      async *[Symbol.asyncIterator]() {
        yield 1;
        await new Promise(() => {});
      },
    });
    const op = new Cancelable();
    const run = op.settle((op) => op.map(blocked(), untilCanceled));
    await nextTask();
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
    const failing = map(blocked(), async (child) => {
      await child.wait(gate.promise);
      throw error;
    });
    await nextTask();
    gate.open();
    await expect(failing).rejects.toBe(error);
  });

  it('that is a ReadableStream is canceled, also while a read waits', async () => {
    const cancel = vi.fn<(reason: unknown) => void>();
    const items = new ReadableStream<number>({
      start: (controller) => controller.enqueue(1),
      // Newer engines hand over a controller, too.
      cancel: (reason) => cancel(reason),
    });
    const op = new Cancelable();
    const run = op.settle((op) => op.map(items, double));
    await nextTask();
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled' });
    expect(cancel.mock.calls.map(([reason]) => reason)).toEqual([op.error]); // newer engines tell more
    expect(items.locked).toBe(false);
  });

  it('that fails makes it fail with that error; what runs is canceled', async () => {
    const error = new Error('no');
    let child!: Cancelable;
    async function* read(): AsyncGenerator<number> {
      yield 1;
      await nextTask();
      throw error;
    }
    const body = (each: Cancelable): Promise<never> => {
      child = each;
      return untilCanceled(each);
    };
    await expect(map(read(), body)).rejects.toBe(error);
    expect([child.reason, (child.error as Error).cause]).toEqual(['sibling', error]);
    function* readAtOnce(): Generator<number> {
      yield 1;
      throw error;
    }
    await expect(map(readAtOnce(), body)).rejects.toBe(error);
    await expect(map([1, Promise.reject(error)], body)).rejects.toBe(error);
  });

  it('that gives no step is a failure', async () => {
    const items = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(undefined as never) }) };
    await expect(map(items as AsyncIterable<number>, double)).rejects.toThrow(TypeError);
  });

  it('that can not be closed is reported, and the first error stays', async () => {
    const reported = collectReportedErrors();
    const [error, ofClosing] = [new Error('no'), new Error('of closing')];
    const items = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: (): never => {
          throw ofClosing;
        },
      }),
    };
    const fail = (): never => {
      throw error;
    };
    await expect(map(items, fail, { concurrency: 1 })).rejects.toBe(error);
    expect(reported).toEqual([ofClosing]);
  });

  it('is closed unread when the operation was canceled before', async () => {
    const { log, items } = createSource();
    const cancel = vi.fn<() => void>();
    const readable = new ReadableStream<number>({ cancel });
    const op = new Cancelable();
    op.cancel();
    await expect(op.map(items, double)).rejects.toBe(op.error);
    await expect(op.map(readable, double)).rejects.toBe(op.error);
    expect([log.read, cancel.mock.calls.length]).toEqual([0, 1]);
  });

  it('is let go when the operation completes without awaiting', async () => {
    const op = new Cancelable();
    const close = vi.fn<() => Promise<IteratorResult<number>>>(async () => ({ done: true, value: undefined }));
    const items = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: close }) };
    let result: unknown;
    await op.run((op) => {
      result = op.map(items, double);
    });
    await expect(result).rejects.toMatchObject({ reason: 'parent' });
    expect(close).toHaveBeenCalledTimes(1);
  });
});
