import { describe, expect, it } from 'vitest';
import { Cancelable, CancelationError, isCancelation } from 'use-cancelable/core';
import { nextTask } from '../operation/nextTask.ts';
import { collect, countTo, createBlocked } from './streamSources.ts';

// Partial results: those that a body stores, and those that a stream leaves behind.

describe('a partial result', () => {
  it('that was stored last is on the context after a cancelation [case 213]', async () => {
    const op = new Cancelable();
    const batch = async (op: Cancelable): Promise<void> => {
      const results: number[] = [];
      for (let item = 1; item <= 1000; item += 1) {
        await op.wait(undefined);
        results.push(item);
        if (item % 100 === 0) op.context.partialResult = [...results];
        if (item === 250) op.cancel();
      }
    };
    const outcome = await op.settle(batch);
    expect(op.context.partialResult).toHaveLength(200);
    expect(outcome).toMatchObject({ status: 'canceled', partialResult: op.context.partialResult });
  });

  it('is kept by reference, never copied or changed [case 214]', async () => {
    const op = new Cancelable();
    const kept = { rows: [1], again: (): void => {}, body: new ReadableStream() };
    await op.settle(async (op) => {
      op.context.partialResult = kept;
      kept.rows.push(2);
      op.cancel();
      kept.rows.push(3);
      await op.wait(undefined);
    });
    expect(op.context.partialResult).toBe(kept);
    expect(kept.rows).toEqual([1, 2, 3]);
    expect(Object.keys(kept)).toEqual(['rows', 'again', 'body']);
  });

  it('of a failed operation is there too [case 215]', async () => {
    const op = new Cancelable();
    await op.settle((op) => {
      op.context.partialResult = ['half'];
      throw new Error('disk full');
    });
    expect(op.context).toMatchObject({ status: 'failed', partialResult: ['half'] });
  });

  it('can be read from the error of the cancelation alone [case 216]', async () => {
    const load = (): Promise<unknown> => {
      const op = new Cancelable();
      return op.run(async (op) => {
        for await (const item of op.stream(countTo(10), { bufferPartial: true })) if (item === 2) op.cancel();
      });
    };
    const error: unknown = await load().catch((reason: unknown) => reason);
    expect(isCancelation(error)).toBe(true);
    const { operation } = error as CancelationError;
    expect(operation?.context.partialResult).toEqual({ count: 3, buffer: [0, 1, 2], completed: false });
  });
});

describe('the partial result of a stream', () => {
  it('that was canceled has what was handed over, and says that it is not complete [case 220]', async () => {
    const op = new Cancelable();
    const atTheCancel: unknown[] = [];
    op.onCancel((context) => atTheCancel.push(structuredClone(context.partialResult)));
    const running = op.settle((op) => collect(op.stream(createBlocked(3), { bufferPartial: true })));
    await nextTask();
    op.cancel();
    const partialResult = { count: 3, buffer: [0, 1, 2], completed: false };
    expect(await running).toMatchObject({ status: 'canceled', partialResult });
    expect(op.context.partialResult).toEqual(partialResult);
    expect(atTheCancel).toEqual([partialResult]);
  });

  it('that was canceled before its first item says so [case 220]', async () => {
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(createBlocked(), { bufferPartial: true })));
    op.cancel();
    await running;
    expect(op.context.partialResult).toEqual({ count: 0, buffer: [], completed: false });
  });

  it('that has completed has all [case 221]', async () => {
    const op = new Cancelable();
    await op.run((op) => collect(op.stream(countTo(5), { bufferPartial: true })));
    expect(op.context.partialResult).toEqual({ count: 5, buffer: [0, 1, 2, 3, 4], completed: true });
  });

  it('that has failed has what came before, and the error is thrown on [case 222]', async () => {
    const error = new Error('disk full');
    const failing = async function* (): AsyncGenerator<number> {
      yield* countTo(2);
      throw error;
    };
    for (const bufferPartial of [true, false]) {
      const op = new Cancelable();
      await expect(op.run((op) => collect(op.stream(failing(), { bufferPartial })))).rejects.toBe(error);
      expect(op.context).toMatchObject({ status: 'failed', partialResult: { count: 2, completed: false } });
    }
  });

  it('is the number of items alone unless the items are asked for [case 223]', async () => {
    for (const options of [undefined, {}, { bufferPartial: false }, { bufferPartial: undefined }]) {
      const op = new Cancelable();
      await op.run((op) => collect(op.stream(countTo(5), options)));
      expect(op.context.partialResult).toEqual({ count: 5, completed: true });
      expect(op.context.partialResult).not.toHaveProperty('buffer');
    }
  });

  it('without items is not set unless they were asked for [case 224]', async () => {
    const op = new Cancelable();
    await op.run((op) => collect(op.stream([])));
    expect(op.context.partialResult).toBeUndefined();
    const buffering = new Cancelable();
    await buffering.run((op) => collect(op.stream([], { bufferPartial: true })));
    expect(buffering.context.partialResult).toEqual({ count: 0, buffer: [], completed: true });
  });

  it('keeps the last thousand items only; all are handed over [case 225]', async () => {
    const op = new Cancelable();
    const all = await op.run((op) => collect(op.stream(countTo(2000), { bufferPartial: true })));
    expect(all).toHaveLength(2000);
    const { count, buffer } = op.context.partialResult as { count: number; buffer: number[] };
    expect(count).toBe(2000);
    expect(buffer).toEqual(all.slice(1000));
  });

  it('of a loop that was left early is not complete', async () => {
    const op = new Cancelable();
    await op.run(async (op) => {
      for await (const item of op.stream(countTo(5))) if (item === 2) break;
    });
    expect(op.context).toMatchObject({ status: 'completed', partialResult: { count: 3, completed: false } });
  });

  it('does not count an item that came too late to be handed over', async () => {
    const op = new Cancelable();
    const got: number[] = [];
    await op.settle(async (op) => {
      const canceling = async function* (): AsyncGenerator<number> {
        yield 0;
        await Promise.resolve();
        op.cancel();
        yield 1;
      };
      for await (const item of op.stream(canceling(), { bufferPartial: true })) got.push(item);
    });
    expect(got).toEqual([0]);
    expect(op.context.partialResult).toEqual({ count: 1, buffer: [0], completed: false });
  });

  it('is that of the last stream that has begun', async () => {
    const op = new Cancelable();
    await op.run(async (op) => {
      await collect(op.stream(countTo(5)));
      await collect(op.stream(countTo(2)));
    });
    expect(op.context.partialResult).toEqual({ count: 2, completed: true });
  });
});
