import { describe, expect, expectTypeOf, it } from 'vitest';
import { Cancelable, chunked, currentOperation, stream, type CancelableStream } from 'use-cancelable/core';
import { nextTask } from '../operation/nextTask.ts';
import { collect, countTo, createBlocked, createReadable } from './streamSources.ts';

const inChunks = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]];

describe('chunked', () => {
  it('gives arrays of that size, and the rest [case 228]', async () => {
    const items = await collect(stream(countTo(10)));
    for (const source of [countTo(10), items, createReadable(items).stream, stream(items)])
      expect(await new Cancelable().run(() => collect(chunked(source, 3)))).toEqual(inChunks);
    expect(await collect(chunked(countTo(10), 3))).toEqual(inChunks);
    expect(await collect(chunked(countTo(2), 1))).toEqual([[0], [1]]);
  });

  it('reports each chunk, the last one as the final one [case 228]', async () => {
    const reports: unknown[] = [];
    const op = new Cancelable().onProgress((_id, message, metadata) => reports.push([message, metadata]));
    await op.run(() => collect(chunked([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)));
    const report = (message: string, count: number, chunkSize: number): unknown => [
      message,
      expect.objectContaining({ count, chunkSize, current: count, total: 10 }),
    ];
    expect(reports).toEqual([
      report('Processed chunk of 3', 3, 3),
      report('Processed chunk of 3', 6, 3),
      report('Processed chunk of 3', 9, 3),
      report('Processed final chunk of 1', 10, 1),
    ]);
  });

  it('gives nothing for nothing [case 229]', async () => {
    const op = new Cancelable();
    expect(await op.run(() => collect(chunked([], 3)))).toEqual([]);
    expect(op.context.partialResult).toBeUndefined();
    expect(op.progress.message).toBeUndefined();
  });

  it('gives no empty last chunk [case 229]', async () => {
    const op = new Cancelable();
    expect(await op.run(() => collect(chunked(countTo(6), 3)))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(op.progress.message).toBe('Processed chunk of 3');
    expect(op.context.partialResult).toEqual({ count: 6, buffer: [], completed: true });
  });

  it.each([
    [0, RangeError, '0'],
    [-3, RangeError, '-3'],
    [2.5, RangeError, '2.5'],
    [Infinity, RangeError, 'Infinity'],
    [NaN, RangeError, 'NaN'],
    ['3', TypeError, '"3"'],
    [undefined, TypeError, 'undefined'],
    [null, TypeError, 'null'],
  ])('refuses %s as a size before it touches the source [case 230]', (size, type, got) => {
    const source = createReadable([1]);
    const call = (): unknown => chunked(source.stream, size as never);
    expect(call).toThrow(type);
    expect(call).toThrow(/The size of a chunk must be/);
    expect(call).toThrow(got);
    expect(source.stream.locked).toBe(false);
  });

  it('refuses what is no source', () => {
    expect(() => chunked(5 as never, 3)).toThrow(/source.*iterable.*5/);
  });

  it('leaves the items of an incomplete chunk in the partial result [case 231]', async () => {
    const op = new Cancelable();
    const got: number[][] = [];
    const running = op.settle(async () => {
      for await (const chunk of chunked(createBlocked(5), 3)) got.push(chunk);
    });
    await nextTask();
    op.cancel();
    const partialResult = { count: 5, buffer: [3, 4], completed: false };
    expect(await running).toMatchObject({ status: 'canceled', partialResult });
    expect(got).toEqual([[0, 1, 2]]);
  });

  it('leaves them there when the source fails, and closes it when the loop is left', async () => {
    const failing = async function* (): AsyncGenerator<number> {
      yield* countTo(2);
      throw new Error('disk full');
    };
    const op = new Cancelable();
    await expect(op.run(() => collect(chunked(failing(), 3)))).rejects.toThrow('disk full');
    expect(op.context.partialResult).toEqual({ count: 2, buffer: [0, 1], completed: false });
    const source = createReadable([0, 1, 2, 3]);
    for await (const chunk of chunked(source.stream, 2)) if (chunk.length === 2) break;
    expect(source.cancel).toHaveBeenCalledOnce();
    expect(source.pull).toHaveBeenCalledTimes(2);
  });

  it('notices in the middle of a chunk that time is over', async () => {
    const endless = function* (): Generator<number> {
      for (let item = 0; ; item += 1) yield item % 2;
    };
    const op = new Cancelable({ timeout: 10 });
    const outcome = await op.settle(() => collect(chunked(endless(), 1_000_000_000)));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
  });

  it('keeps the operation of the consumer', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      for await (const chunk of chunked(countTo(7), 3)) {
        expect(chunk.length).toBeGreaterThan(0);
        expect(currentOperation()).toBe(op);
      }
      expect(currentOperation()).toBe(op);
    });
  });

  it('is typed by its items', () => {
    const unused = (..._checks: Array<() => unknown>): void => {};
    unused(() => {
      expectTypeOf(chunked(countTo(3), 2)).toEqualTypeOf<CancelableStream<number[]>>();
      // @ts-expect-error a size is needed
      chunked(countTo(3));
    });
    expect(chunked).toBeTypeOf('function');
  });
});
