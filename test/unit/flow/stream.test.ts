import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, sleep, stream, type Progress } from 'use-cancelable/core';
import { nextTask } from '../operation/nextTask.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { collect, countTo, createReadable } from './streamSources.ts';

// What a stream hands over, what it reports, and what ends it.

afterEach(() => {
  vi.useRealTimers();
});

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a stream', () => {
  it.each([
    ['an async generator', () => countTo(10)],
    ['an array', () => digits],
    ['a set', () => new Set(digits)],
    ['a generator', () => digits.values()],
    ['promises', () => digits.map((digit) => Promise.resolve(digit))],
    ['a ReadableStream', () => createReadable(digits).stream],
    ['another stream', () => stream(countTo(10))],
  ])('hands over all items of %s in order [case 217]', async (_name, source) => {
    const op = new Cancelable();
    expect(await op.run((op) => collect(op.stream(source())))).toEqual(digits);
    expect(await new Cancelable().run(() => collect(stream(source())))).toEqual(digits);
    expect(await collect(stream(source()))).toEqual(digits);
  });

  it('hands over values that look empty', async () => {
    const items = [undefined, null, 0, '', false, NaN];
    expect(await collect(stream(items))).toEqual(items);
  });

  it('of a source without items ends at once', async () => {
    expect(await collect(stream([]))).toEqual([]);
    expect(await collect(stream(countTo(0)))).toEqual([]);
    expect(await collect(stream(createReadable([]).stream))).toEqual([]);
  });

  it('without end is ended by a timeout, between two of its items [case 218]', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 100 });
    const got: number[] = [];
    const endless = async function* (): AsyncGenerator<number> {
      for (let item = 0; ; item += 1) {
        await sleep(10);
        yield item;
      }
    };
    const running = op.settle(async (op) => {
      for await (const item of op.stream(endless())) got.push(item);
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(await running).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(got.length).toBeGreaterThan(5);
    expect(got.length).toBeLessThan(11);
  });

  it('that never lets a timer run still notices that its time is over [case 218]', async () => {
    const endless = function* (): Generator<number> {
      for (let item = 0; ; item += 1) yield item;
    };
    const op = new Cancelable({ timeout: 20 });
    let last = 0;
    const outcome = await op.settle(async (op) => {
      for await (const item of op.stream(endless())) last = item;
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(last).toBeGreaterThan(0);
  });

  it('has the name, the timeout and the token of its operation; whichever is first cancels [case 234]', async () => {
    const streamed = (token: CancelationToken, timeout: number): Cancelable =>
      new Cancelable({ name: 'rows', timeout, token });
    const endless = (op: Cancelable): Promise<number[]> =>
      collect(
        op.stream(
          (async function* () {
            for (let item = 0; ; item += 1) {
              await sleep(1);
              yield item;
            }
          })(),
        ),
      );
    const byToken = new CancelationToken();
    const first = streamed(byToken, 60_000);
    const running = first.settle(endless);
    byToken.cancel('enough');
    expect(await running).toMatchObject({ status: 'canceled', reason: 'manual', message: 'enough' });
    const late = new CancelationToken();
    const second = streamed(late, 10);
    expect(await second.settle(endless)).toMatchObject({ status: 'canceled', reason: 'timeout' });
    late.cancel();
    expect([first.name, second.name, second.reason]).toEqual(['rows', 'rows', 'timeout']);
  });

  it('of many items is canceled where it stands [case 236]', async () => {
    const op = new Cancelable();
    const source = vi.fn<() => void>();
    const items = function* (): Generator<number> {
      for (let item = 0; item < 100_000; item += 1) {
        source();
        yield item;
      }
    };
    const got: number[] = [];
    const outcome = await op.settle(async (op) => {
      for await (const item of op.stream(items())) {
        got.push(item);
        if (got.length === 1000) op.cancel();
      }
    });
    expect(outcome).toMatchObject({ status: 'canceled', partialResult: { count: 1000, completed: false } });
    expect(got).toHaveLength(1000);
    expect(source).toHaveBeenCalledTimes(1000);
  });

  it('of many items hands over each of them', async () => {
    const op = new Cancelable({ timeout: 60_000 });
    let sum = 0;
    await op.run(async (op) => {
      for await (const item of op.stream(countTo(20_000))) sum += item;
    });
    expect(sum).toBe((20_000 * 19_999) / 2);
  });
});

describe('reports of a stream', () => {
  it('come exactly at the multiples, with the count and the latest item [case 219]', async () => {
    const reports: unknown[] = [];
    const op = new Cancelable().onProgress((_id, message, metadata) => reports.push([message, metadata]));
    await op.run((op) => collect(op.stream(countTo(25), { reportEvery: 10 })));
    expect(reports).toEqual([
      ['Processed 10 items', expect.objectContaining({ count: 10, latestItem: 9 })],
      ['Processed 20 items', expect.objectContaining({ count: 20, latestItem: 19 })],
    ]);
    expect(op.progress).toMatchObject({ current: 20, total: undefined });
  });

  it('say how much there is where the source knows', async () => {
    const op = new Cancelable();
    let atFive: Progress | undefined;
    await op.run(async (op) => {
      for await (const item of op.stream(digits, { reportEvery: 5 })) {
        if (item === 5) atFive = op.progress;
      }
      expect(atFive).toMatchObject({ current: 5, total: 10, fraction: 0.5 });
      await collect(op.stream(new Set('abc'), { reportEvery: 1 }));
      expect(op.progress).toMatchObject({ current: 3, total: 3, metadata: { latestItem: 'c' } });
    });
  });

  it('do not come unless they were asked for', async () => {
    const onProgress = vi.fn<() => void>();
    await new Cancelable().onProgress(onProgress).run((op) => collect(op.stream(digits)));
    expect(onProgress).not.toHaveBeenCalled();
  });

  it('go to a callback of its own, synchronous or not [case 233]', async () => {
    for (const result of [undefined, Promise.resolve()]) {
      const onProgress = vi.fn<(count: number, item: number) => unknown>(() => result);
      await new Cancelable().run((op) => collect(op.stream(countTo(10), { reportEvery: 3, onProgress })));
      await collect(stream(digits, { reportEvery: 3, onProgress }));
      const calls = [
        [3, 2],
        [6, 5],
        [9, 8],
      ];
      expect(onProgress.mock.calls).toEqual([...calls, ...calls]);
    }
  });

  it('go to it after each item when no interval is given, and only to it', async () => {
    const onProgress = vi.fn<(count: number, item: string) => void>();
    const onReport = vi.fn<() => void>();
    await new Cancelable().onProgress(onReport).run((op) => collect(op.stream(['a', 'b'], { onProgress })));
    expect(onProgress.mock.calls).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(onReport).not.toHaveBeenCalled();
  });

  it('hold the next item, not this one, until its promise has settled', async () => {
    const order: string[] = [];
    const onProgress = async (count: number): Promise<void> => {
      await nextTask();
      order.push(`told ${count}`);
    };
    await new Cancelable().run(async (op) => {
      for await (const item of op.stream(['a', 'b'], { onProgress })) order.push(item);
    });
    expect(order).toEqual(['a', 'told 1', 'b', 'told 2']);
  });

  it('whose callback throws or rejects break nothing', async () => {
    const errors = collectReportedErrors();
    const onProgress = (count: number): unknown => {
      if (count === 1) throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    };
    expect(await collect(stream(['a', 'b'], { onProgress }))).toEqual(['a', 'b']);
    expect(errors).toEqual([new Error('thrown'), new Error('rejected')]);
  });

  it('whose callback never settles hold nothing once the operation is canceled', async () => {
    const op = new Cancelable();
    const running = op.settle((op) => collect(op.stream(digits, { onProgress: () => new Promise(() => {}) })));
    await nextTask();
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', partialResult: { count: 1 } });
    expect(op.isAbandoned).toBe(false);
  });

  it('that cancel the operation end the stream after the item that was reported', async () => {
    const got: number[] = [];
    const op = new Cancelable();
    op.onProgress(() => op.cancel());
    await op.settle(async (op) => {
      for await (const item of op.stream(digits, { reportEvery: 3 })) got.push(item);
    });
    expect(got).toEqual([0, 1, 2]);
    expect(op.context.partialResult).toMatchObject({ count: 3, completed: false });
  });
});
