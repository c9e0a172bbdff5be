import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  Cancelable,
  currentOperation,
  track,
  wait,
  type CancelableStream,
  type Progress,
  type TrackedItems,
} from 'use-cancelable/core';
import { collect, countTo, createBlocked, createReadable } from './streamSources.ts';

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** An operation, and the reports that it makes. */
function watched(): { op: Cancelable; reports: Array<[message: string, current: unknown, total: unknown]> } {
  const reports: Array<[string, unknown, unknown]> = [];
  const op = new Cancelable().onProgress((_id, message, { current, total }) => reports.push([message, current, total]));
  return { op, reports };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('track', () => {
  it('gives the items as they are, in every kind of loop', async () => {
    expect([...track(digits)]).toEqual(digits);
    expect(await collect(track(digits))).toEqual(digits);
    expect(await collect(track(countTo(10)))).toEqual(digits);
    expect(await collect(track(createReadable(digits).stream))).toEqual(digits);
    const promises = [Promise.resolve(1)];
    expect([...track(promises)][0]).toBe(promises[0]);
    expect(await collect(track(promises))).toEqual([1]);
  });

  it('reports how many items are done: the first report, one per 100 ms, the last', async () => {
    const { op, reports } = watched();
    await op.run(async () => {
      for (const digit of track(digits)) {
        expect(digit).toBeLessThan(10);
        vi.advanceTimersByTime(40);
      }
    });
    expect(reports).toEqual([
      ['0 of 10', 0, 10],
      ['3 of 10', 3, 10],
      ['6 of 10', 6, 10],
      ['9 of 10', 9, 10],
      ['10 of 10', 10, 10],
    ]);
  });

  it('reports at once and at the end of a loop that takes no time', async () => {
    for (const loop of [
      (op: Cancelable) => void Array.from(op.track(digits)),
      (op: Cancelable) => collect(op.track(digits)),
    ]) {
      const { op, reports } = watched();
      await op.run(loop);
      expect(reports.map(([, current]) => current)).toEqual([0, 10]);
    }
  });

  it('reports each item with an interval of 0, each once', async () => {
    const { op, reports } = watched();
    await op.run(async (op) => {
      for await (const item of op.track(countTo(3), { every: 0 })) expect(reports).toHaveLength(item + 1);
    });
    expect(reports.map(([message]) => message)).toEqual(['0 items', '1 items', '2 items', '3 items']);
  });

  it('takes the interval as a duration', async () => {
    const { op, reports } = watched();
    await op.run((op) => {
      for (const digit of op.track(digits, { every: { seconds: 2 } })) vi.advanceTimersByTime(digit < 10 ? 500 : 0);
    });
    expect(reports.map(([, current]) => current)).toEqual([0, 4, 8, 10]);
  });

  it('lets rate and eta be seen while it runs', async () => {
    const op = new Cancelable();
    const seen: Progress[] = [];
    await op.run(async () => {
      for (const digit of track(digits)) {
        vi.advanceTimersByTime(100);
        if (digit === 5) seen.push(op.progress);
      }
    });
    expect(seen[0]).toMatchObject({ current: 5, total: 10, progress: 50 });
    expect(seen[0]?.rate).toBeCloseTo(10, 5);
    expect(seen[0]?.eta).toBeCloseTo(0.5, 5);
  });

  it.each([
    ['an array', () => digits, 10],
    ['a set', () => new Set(digits), 10],
    ['a map', () => new Map([[1, 2]]), 1],
    ['typed numbers', () => new Uint8Array(4), 4],
    ['a node list', () => document.querySelectorAll('body'), 1],
    ['a generator', () => digits.values(), undefined],
    ['a string, whose length counts halves of characters,', () => '😀', undefined],
    ['a list whose length is none', () => Object.assign(digits.values(), { length: NaN }), undefined],
  ])('knows how much %s holds', async (_name, items, total) => {
    const { op, reports } = watched();
    await op.run((op) => void Array.from(op.track<unknown>(items() as Iterable<unknown>)));
    expect(reports.at(-1)?.[2]).toBe(total);
    expect(reports.at(-1)?.[0]).not.toContain('NaN');
  });

  it('takes a total that it can not know', async () => {
    const { op, reports } = watched();
    await op.run((op) => collect(op.track(countTo(4), { total: 5 })));
    expect(reports.at(-1)).toEqual(['4 of 5', 4, 5]);
  });

  it('reports nothing to nobody, and once for no items', async () => {
    const { op, reports } = watched();
    expect([...track(digits)]).toEqual(digits);
    await op.run((op) => void Array.from(op.track([])));
    expect(reports).toEqual([['0 of 0', 0, 0]]);
  });

  it('may be looped over again where the items may', async () => {
    const { op, reports } = watched();
    await op.run((op) => {
      const tracked = op.track(['a', 'b']);
      expect([...tracked, ...tracked]).toEqual(['a', 'b', 'a', 'b']);
    });
    expect(reports.map(([, current]) => current)).toEqual([0, 2, 0, 2]);
  });

  it('tracks what is tracked already, in either kind of loop', async () => {
    const op = new Cancelable();
    await op.run(async (op) => {
      const twice = op.track(op.track(['a', 'b']));
      expect([...twice]).toEqual(['a', 'b']);
      expect(await collect(twice)).toEqual(['a', 'b']);
    });
    expect(op.progress).toMatchObject({ current: 2 });
  });

  it('tells where a loop was left, without the item that it was left in', async () => {
    const leave = async (items: Iterable<number> | AsyncIterable<number>, how: 'break' | 'throw'): Promise<void> => {
      for await (const digit of items) {
        if (digit < 4) continue;
        if (how === 'break') break;
        throw new Error('left');
      }
    };
    for (const how of ['break', 'throw'] as const) {
      for (const source of [() => digits.values(), () => countTo(10)]) {
        const { op, reports } = watched();
        await op.run((op) => leave(op.track<number>(source()), how).catch(() => {}));
        expect(reports.map(([, current]) => current)).toEqual([0, 4]);
      }
    }
    const { op, reports } = watched();
    await op.run((op) => {
      for (const digit of op.track(digits)) if (digit === 4) break;
    });
    expect(reports.map(([, current]) => current)).toEqual([0, 4]);
  });

  it('ends the loop when its operation is canceled, and closes the items', async () => {
    const closed = vi.fn<() => void>();
    const items = function* (): Generator<number> {
      try {
        for (let item = 0; ; item += 1) yield item;
      } finally {
        closed();
      }
    };
    const op = new Cancelable();
    const got: number[] = [];
    const outcome = await op.settle((op) => {
      for (const item of op.track(items())) {
        got.push(item);
        if (item === 2) op.cancel('enough');
      }
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(got).toEqual([0, 1, 2]);
    expect(closed).toHaveBeenCalledOnce();
    const late = op.track(digits);
    expect(() => late[Symbol.iterator]().next()).toThrow('enough');
  });

  it('notices that time is over in a loop that never awaits', async () => {
    vi.useRealTimers();
    const endless = function* (): Generator<number> {
      for (let item = 0; ; item += 1) yield item;
    };
    const op = new Cancelable({ timeout: 10 });
    expect(await op.settle((op) => void Array.from(op.track(endless())))).toMatchObject({ reason: 'timeout' });
  });

  it('ends a blocked read when its operation is canceled', async () => {
    const source = createBlocked(2);
    const { op, reports } = watched();
    const running = op.settle((op) => collect(op.track(source, { every: 0 })));
    await vi.advanceTimersByTimeAsync(1);
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', partialResult: undefined });
    expect(source.return).toHaveBeenCalledOnce();
    expect(reports.map(([, current]) => current)).toEqual([0, 1, 2]);
  });

  it('keeps the operation of the consumer', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      for (const digit of track(digits)) {
        await wait(digit);
        expect(currentOperation()).toBe(op);
      }
      for await (const digit of track(digits)) expect([digit, currentOperation()]).toEqual([digit, op]);
      expect(currentOperation()).toBe(op);
    });
  });

  it.each([
    [{ total: -1 }, RangeError, /"total".*-1/],
    [{ total: NaN }, RangeError, /"total".*NaN/],
    [{ total: Infinity }, RangeError, /"total".*Infinity/],
    [{ total: '5' }, TypeError, /"total".*"5"/],
    [{ every: -1 }, RangeError, /"every".*-1/],
    [{ every: 'second' }, TypeError, /"every".*"second"/],
    [{ every: null }, TypeError, /"every".*null/],
    [{ reportEvery: 10 }, TypeError, /unknown option "reportEvery"/],
    [5, TypeError, /options of track.*5/],
    [null, TypeError, /options of track.*null/],
  ])('refuses the options %o', (options, type, message) => {
    const { stream: source } = createReadable([1]);
    for (const call of [track, (...args: Parameters<typeof track>) => new Cancelable().track(...args)]) {
      expect(() => call(source, options as never)).toThrow(type);
      expect(() => call(source, options as never)).toThrow(message);
    }
    expect(source.locked).toBe(false);
  });

  it('refuses what is no source', () => {
    for (const items of [5, null, undefined, {}, Promise.resolve([])])
      expect(() => track(items as never)).toThrow(/The source must be an iterable/);
  });

  it('is typed by its items', () => {
    const unused = (..._checks: Array<() => unknown>): void => {};
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(track(['a'])).toEqualTypeOf<TrackedItems<string>>();
      expectTypeOf(op.track(countTo(1))).toEqualTypeOf<CancelableStream<number>>();
      expectTypeOf(op.track(new Blob().stream())).toExtend<CancelableStream<Uint8Array>>();
      expectTypeOf(track(track(['a']))).toEqualTypeOf<TrackedItems<string>>();
      expectTypeOf(track(JSON.parse('[]'))).toEqualTypeOf<TrackedItems<unknown>>();
      // @ts-expect-error no source
      track(5);
    });
    expect(track).toBeTypeOf('function');
  });
});
