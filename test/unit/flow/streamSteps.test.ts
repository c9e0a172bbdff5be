import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, stream, wait } from 'use-cancelable/core';
import { asyncDispose } from '../operation/asyncDispose.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon, nextTask } from '../operation/nextTask.ts';
import { collect, countTo, createBlocked, createReadable } from './streamSources.ts';

// The steps of a stream: what an async generator does, and the operation of the consumer.

const end = { done: true, value: undefined };

const throwAtOnce = (): never => {
  throw new Error('at once');
};

describe('the steps of a stream', () => {
  it('that are asked for at the same time are served in order', async () => {
    for (const source of [countTo(3), [0, 1, 2], createReadable([0, 1, 2]).stream]) {
      const items = stream(source);
      const steps = [items.next(), items.next(), items.next(), items.next(), items.next()];
      expect(await Promise.all(steps)).toEqual([...[0, 1, 2].map((value) => ({ done: false, value })), end, end]);
    }
  });

  it('are read one at a time, and only when they are asked for', async () => {
    const source = createBlocked(5);
    const items = stream(source);
    await nextTask();
    expect(source.next).not.toHaveBeenCalled();
    await items.next();
    await nextTask();
    expect(source.next).toHaveBeenCalledTimes(1);
    const steps = [items.next(), items.next()];
    expect(source.next).toHaveBeenCalledTimes(2);
    await Promise.all(steps);
    await nextTask();
    expect(source.next).toHaveBeenCalledTimes(3);
    const readable = createReadable([1, 2, 3]);
    await stream(readable.stream).next();
    await nextTask();
    expect(readable.pull).toHaveBeenCalledTimes(1);
  });

  it('after the end are the end', async () => {
    const items = stream([1]);
    await collect(items);
    expect(await items.next()).toEqual(end);
    expect(await items.next()).toEqual(end);
    expect(await items.return()).toEqual(end);
    await expect(items.throw(new Error('late'))).rejects.toThrow('late');
    expect(await collect(items)).toEqual([]);
  });

  it('after a failure are the end, those that were asked for before too', async () => {
    const error = new Error('broken');
    const items = stream(
      (async function* () {
        yield* countTo(1);
        throw error;
      })(),
    );
    await items.next();
    const steps = await Promise.allSettled([items.next(), items.next(), items.next()]);
    expect(steps).toEqual([
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: end },
      { status: 'fulfilled', value: end },
    ]);
  });

  it('are all rejected when the operation is canceled', async () => {
    const op = new Cancelable();
    const items = op.stream(createBlocked());
    const steps = [items.next(), items.next(), items.return()];
    op.cancel();
    for (const step of steps) await expect(step).rejects.toBe(op.error);
    await expect(items.next()).rejects.toBe(op.error);
    expect(await items.return()).toEqual(end);
  });

  it('are each answered once, whatever ends late after a cancelation', async () => {
    for (let jobs = 0; jobs < 8; jobs += 1) {
      const gate = createGate();
      const op = new Cancelable();
      const source = { ...createBlocked(1), return: () => gate.promise.then(() => end) };
      const held = [
        op.stream([1, 2], { onProgress: () => gate.promise }),
        op.stream({ [Symbol.asyncIterator]: () => source }),
      ];
      await Promise.all(held.map((items) => items.next()));
      const steps = [held[0]!.next(), held[1]!.return()];
      op.cancel();
      for (const step of steps) await expect(step).rejects.toBe(op.error);
      gate.open();
      for (let job = 0; job < jobs; job += 1) await Promise.resolve();
      for (const items of held) await expect(items.next()).rejects.toBe(op.error);
    }
  });

  it('are no steps of a body that returns the stream: that is its value', async () => {
    const source = createReadable([1]);
    const items = await new Cancelable().run((op) => op.stream(source.stream));
    expect(items[Symbol.asyncIterator]()).toBe(items);
    expect(source.pull).not.toHaveBeenCalled();
  });

  it('of return end the stream, in their turn', async () => {
    const items = stream(countTo(5));
    const steps = [items.next(), items.return(), items.next()];
    expect(await Promise.all(steps)).toEqual([{ done: false, value: 0 }, end, end]);
    expect(await stream(countTo(5)).return('value' as never)).toEqual({ done: true, value: 'value' });
  });

  it('of throw end the stream and reject, in their turn', async () => {
    const error = new Error('thrown in');
    const items = stream(countTo(5));
    const steps = await Promise.allSettled([items.next(), items.throw(error), items.next()]);
    expect(steps).toEqual([
      { status: 'fulfilled', value: { done: false, value: 0 } },
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: end },
    ]);
  });

  it('bring the operation back, those that are known at once too', async () => {
    const op = new Cancelable();
    await op.run(async (op) => {
      const items = op.stream([1]);
      const steps = [() => items.next(), () => items.next(), () => items.next(), () => items.return()];
      for (const ask of steps) {
        await ask();
        expect(currentOperation()).toBe(op);
      }
    });
  });

  it.each([
    ['throws', throwAtOnce, /at once/],
    ['gives no object', () => Promise.resolve(5), /result of next.*5/],
    ['gives nothing', () => undefined, /result of next.*undefined/],
  ])('of a source whose next %s reject', async (_name, next, message) => {
    const source = { [Symbol.asyncIterator]: () => ({ next }) } as unknown as AsyncIterable<never>;
    await expect(stream(source).next()).rejects.toThrow(message);
  });

  it('of a promise that rejects after a cancelation do not close the plain iterable again', async () => {
    const gate = createGate<number>();
    const close = vi.fn<() => IteratorResult<never>>(() => ({ done: true, value: undefined as never }));
    const next = (): IteratorResult<Promise<number>> => ({ done: false, value: gate.promise });
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream({ [Symbol.iterator]: () => ({ next, return: close }) })));
    op.cancel();
    await running;
    gate.fail(new Error('late'));
    await nextTask();
    expect(close).toHaveBeenCalledOnce();
  });

  it('of a promise that rejects fail, and the plain iterable is closed', async () => {
    const closed = vi.fn<() => void>();
    const source = function* (): Generator<Promise<number>> {
      try {
        yield Promise.resolve(1);
        yield Promise.reject(new Error('no'));
      } finally {
        closed();
      }
    };
    const items = stream(source());
    expect(await items.next()).toEqual({ done: false, value: 1 });
    await expect(items.next()).rejects.toThrow('no');
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('the current operation', () => {
  const readers: Record<string, () => AsyncIterable<number>> = {
    'an async generator': () => countTo(3),
    'an array': () => [0, 1, 2] as never,
    'a ReadableStream': () => createReadable([0, 1, 2]).stream as never,
  };
  for (const [name, source] of Object.entries(readers)) {
    it(`is the consumer's in the loop over ${name}, after it, and after a break`, async () => {
      const op = new Cancelable();
      const seen: unknown[] = [];
      await op.run(async (op) => {
        for await (const item of op.stream(source())) {
          seen.push(currentOperation());
          await wait(item);
          seen.push(currentOperation());
        }
        seen.push(currentOperation());
        for await (const item of stream(source())) if (item === 1) break;
        seen.push(currentOperation());
        try {
          for await (const item of stream(source())) if (item === 1) throw new Error('in the loop');
        } catch {
          seen.push(currentOperation());
        }
      });
      expect(seen).toEqual(Array.from({ length: 9 }, () => op));
      expect(currentOperation()).toBeUndefined();
    });
  }

  it("is the consumer's after a rejected step", async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.settle(async (op) => {
      const items = op.stream(createBlocked());
      const step = items.next();
      op.cancel();
      try {
        await step;
      } catch {
        seen.push(currentOperation());
      }
      await items.return();
      seen.push(currentOperation());
    });
    expect(seen).toEqual([op, op]);
  });

  it('in the loop is that of the loop, also when the stream is of another operation', async () => {
    const other = new Cancelable({ parent: null }).start();
    const op = new Cancelable();
    const seen: unknown[] = [];
    const source = async function* (): AsyncGenerator<number> {
      seen.push(currentOperation());
      await wait(0);
      seen.push(currentOperation());
      yield 1;
    };
    await op.run(async () => {
      for await (const item of other.stream(source())) seen.push(item, currentOperation());
    });
    expect(seen).toEqual([other, other, 1, op]);
    await other[asyncDispose]();
  });

  it('is never a wrong one where two loops take turns', async () => {
    const loop = async (op: Cancelable): Promise<boolean[]> => {
      const seen: boolean[] = [];
      for await (const item of op.stream(countTo(50))) seen.push(item >= 0 && currentOperation() === op);
      return seen;
    };
    const seen = await Promise.all([new Cancelable().run(loop), new Cancelable().run(loop)]);
    expect(seen.flat()).toEqual(Array.from({ length: 100 }, () => true));
  });

  it('is there in a generator body', async () => {
    const op = new Cancelable();
    const value = await op.run(function* (op) {
      const step = yield* op.stream(countTo(1)).next();
      expect(currentOperation()).toBe(op);
      return step.value;
    });
    expect(value).toBe(0);
  });

  it('is that of the section in a shield, which a cancelation does not reach', async () => {
    const op = new Cancelable();
    let got: number[] = [];
    const running = op.settle((op) =>
      op.shield(async () => {
        op.cancel();
        got = await collect(op.stream(countTo(3)));
      }),
    );
    expect(await running).toMatchObject({ status: 'canceled' });
    expect(got).toEqual([0, 1, 2]);
    expect(await isSettledSoon(op.closed)).toBe(true);
  });
});
