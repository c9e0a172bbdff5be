import { describe, expect, it, vi } from 'vitest';
import { Cancelable, stream, wait } from 'use-cancelable/core';
import { asyncDispose } from '../operation/asyncDispose.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon, nextTask } from '../operation/nextTask.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { collect, countTo, createBlocked, createReadable } from './streamSources.ts';

// Every way out of a stream closes its source, and none waits for a source that does not close.

describe('a blocked read', () => {
  it('is rejected as soon as the operation is canceled, and the source is closed [case 232]', async () => {
    const source = createBlocked();
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(source)));
    await nextTask();
    expect(source.return).not.toHaveBeenCalled();
    op.cancel('enough');
    expect(await running).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(op.isAbandoned).toBe(false);
    expect(source.return).toHaveBeenCalledOnce();
  });

  it('of a ReadableStream is rejected too; the stream is canceled for the same reason and unlocked [case 232]', async () => {
    const source = createReadable([1, 2], 'block');
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(source.stream)));
    await nextTask();
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', partialResult: { count: 2 } });
    expect(source.cancel.mock.calls).toEqual([[op.error]]);
    expect(source.stream.locked).toBe(false);
  });

  it('of a generator that waits for ever holds nobody: it can not be closed [case 232]', async () => {
    const cleaned = vi.fn<() => void>();
    const source = async function* (): AsyncGenerator<number> {
      try {
        yield 1;
        await new Promise(() => {});
      } finally {
        cleaned();
      }
    };
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(source())));
    await nextTask();
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', partialResult: { count: 1 } });
    expect(await isSettledSoon(op.closed)).toBe(true);
    expect(cleaned).not.toHaveBeenCalled();
  });

  it('of a generator that waits under the operation cleans up [case 232]', async () => {
    const cleaned = vi.fn<() => void>();
    const source = async function* (): AsyncGenerator<number> {
      try {
        yield await wait(new Promise<number>(() => {}));
      } finally {
        cleaned();
      }
    };
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(source())));
    op.cancel();
    await running;
    await nextTask();
    expect(cleaned).toHaveBeenCalledOnce();
  });

  it('ends with the failure of its operation', async () => {
    const source = createBlocked();
    const op = new Cancelable();
    const error = new Error('disk full');
    let caught: unknown;
    const running = op.settle((op) => collect(op.stream(source)).catch((reason: unknown) => (caught = reason)));
    op.fail(error);
    await running;
    expect(caught).toBe(error);
    expect(source.return).toHaveBeenCalledOnce();
  });

  it.each(['gives an item', 'fails'])('that %s in the job of the cancelation comes too late', async (how) => {
    const gate = createGate<IteratorResult<number>>();
    const op = new Cancelable();
    const got: number[] = [];
    const running = op.settle(async (op) => {
      for await (const item of op.stream({ [Symbol.asyncIterator]: () => ({ next: () => gate.promise }) }))
        got.push(item);
    });
    if (how === 'fails') gate.fail(new Error('late'));
    else gate.open({ done: false, value: 1 });
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', partialResult: undefined, error: { suppressed: [] } });
    expect(got).toEqual([]);
  });

  it('that fails late, after the cancelation, is no news', async () => {
    const errors = collectReportedErrors();
    const gate = createGate<IteratorResult<number>>();
    const op = new Cancelable();
    const source = { [Symbol.asyncIterator]: () => ({ next: () => gate.promise }) };
    const running = op.settle((op) => collect(op.stream(source)));
    op.cancel();
    await running;
    gate.fail(new Error('late'));
    await nextTask();
    expect(errors).toEqual([]);
  });
});

const leave: Record<string, (items: AsyncIterable<number>) => Promise<void>> = {
  'the end of the items': async (items) => void (await collect(items)),
  'a break': async (items) => {
    for await (const item of items) if (item === 2) break;
  },
  'a throw in the loop': async (items) => {
    for await (const item of items) if (item === 2) throw new Error('in the loop');
  },
};

describe('the source is let go', () => {
  for (const [name, consume] of Object.entries(leave)) {
    it(`after ${name}`, async () => {
      for (const op of [undefined, new Cancelable()]) {
        const readable = createReadable([0, 1, 2, 3]);
        let isOpen = false;
        const generator = async function* (): AsyncGenerator<number> {
          isOpen = true;
          try {
            yield* countTo(4);
          } finally {
            await Promise.resolve();
            isOpen = false;
          }
        };
        for (const source of [readable.stream, generator()]) {
          const body = (): Promise<void> => consume(stream(source));
          await (op === undefined ? body() : op.child().run(body)).catch(() => {});
        }
        expect(isOpen).toBe(false);
        expect(readable.stream.locked).toBe(false);
        expect(readable.cancel).toHaveBeenCalledTimes(name === 'the end of the items' ? 0 : 1);
      }
    });
  }

  it('after its own failure, which is the one that is thrown', async () => {
    const error = new Error('broken');
    const readable = new ReadableStream<number>({ pull: (controller) => controller.error(error) });
    await expect(collect(stream(readable))).rejects.toBe(error);
    expect(readable.locked).toBe(false);
    const close = vi.fn<() => Promise<never>>();
    const source = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error), return: close }) };
    await expect(collect(stream(source))).rejects.toBe(error);
    expect(close).not.toHaveBeenCalled(); // an iterator that has thrown has ended (ECMAScript, AsyncIteratorClose)
  });

  it('when the operation is canceled while the loop is busy with something that does not heed it', async () => {
    const source = createReadable([1, 2]);
    const op = new Cancelable();
    const running = op.settle(async (op) => {
      for await (const item of op.stream(source.stream)) await new Promise(() => item);
    });
    await nextTask();
    op.cancel();
    await running;
    expect(source.cancel).toHaveBeenCalledOnce();
    expect(source.stream.locked).toBe(false);
  });

  it('when the operation is canceled before it is read', async () => {
    const [before, after] = [createReadable([1]), createReadable([1])];
    const op = new Cancelable();
    op.stream(before.stream);
    op.cancel();
    const late = op.stream(after.stream);
    await expect(late.next()).rejects.toBe(op.error);
    await expect(late.next()).rejects.toBe(op.error);
    expect([before.cancel.mock.calls, after.cancel.mock.calls]).toEqual([[[op.error]], [[op.error]]]);
    expect([before.pull, after.pull].map((pull) => pull.mock.calls)).toEqual([[], []]);
  });

  it('when the operation completes without reading it to its end', async () => {
    const source = createBlocked(1);
    const op = new Cancelable();
    const left = await op.run(async (op) => {
      const items = op.stream(source);
      await items.next();
      return [items, items.next()] as const;
    });
    expect(op.isCompleted).toBe(true);
    await expect(left[1]).rejects.toThrow('completed without awaiting');
    await expect(left[0].next()).rejects.toThrow('completed without awaiting');
    expect(source.return).toHaveBeenCalledOnce();
  });

  it('by itself if it ends in the job in which the operation completes', async () => {
    const gate = createGate<IteratorResult<number>>();
    const op = new Cancelable().start();
    const items = op.stream({ [Symbol.asyncIterator]: () => ({ next: () => gate.promise }) });
    const step = items.next();
    gate.open({ done: true, value: undefined });
    void op[asyncDispose]();
    expect(await step).toEqual({ done: true, value: undefined });
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('without an error when it can not be closed [case 235]', async () => {
    const source = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: 1 }) }) };
    const items = stream(source);
    await items.next();
    expect(await items.return()).toEqual({ done: true, value: undefined });
    for await (const item of stream([1, 2])) if (item === 1) break;
  });

  it('once only, whatever happens at the same time', async () => {
    const source = createBlocked(1);
    const op = new Cancelable();
    await op.settle(async (op) => {
      const items = op.stream(source);
      await items.next();
      void items.return();
      void items.return();
      op.cancel();
      await items.return();
    });
    expect(source.return).toHaveBeenCalledOnce();
  });
});
