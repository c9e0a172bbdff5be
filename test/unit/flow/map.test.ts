import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, map, sleep, wait, type ProgressMetadata } from 'use-cancelable/core';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';

afterEach(() => {
  vi.useRealTimers();
});

const wrong = (value: unknown): never => value as never;

/** The metadata of all reports of an operation. */
function collectReports(op: Cancelable): ProgressMetadata[] {
  const reports: ProgressMetadata[] = [];
  op.onProgress((_id, _message, metadata) => reports.push(metadata));
  return reports;
}

describe('map', () => {
  it('gives the values in the order of the items', async () => {
    vi.useFakeTimers();
    const result = new Cancelable().run((op) =>
      op.map([30, 10, 20], async (child, item, index) => {
        await child.sleep(item);
        return `${index}: ${item}`;
      }),
    );
    await vi.advanceTimersByTimeAsync(30);
    expect(await result).toEqual(['0: 30', '1: 10', '2: 20']);
  });

  it('calls the function with its child as the current operation and gives the caller its own back', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const values = await map([1, 2, 3], async (child, item) => {
        expect([child.parent, currentOperation()]).toEqual([op, child]);
        await wait(Promise.resolve());
        expect(currentOperation()).toBe(child);
        return item * 2;
      });
      expect(currentOperation()).toBe(op);
      expect(values).toEqual([2, 4, 6]);
    });
  });

  it('takes generator functions', async () => {
    const values = await map([1, 2], function* (child, item) {
      const value = yield* child.wait(Promise.resolve(item));
      return value + 1;
    });
    expect(values).toEqual([2, 3]);
  });

  it('of nothing is an empty list', async () => {
    const fn = vi.fn<() => void>();
    expect(await map([], fn)).toEqual([]);
    expect(await new Cancelable().map(new Set(), fn)).toEqual([]);
    expect(fn).not.toHaveBeenCalled();
  });

  it('has no more under way than it may, and starts the next when one has ended', async () => {
    let now = 0;
    let most = 0;
    const values = await map(
      Array.from({ length: 30 }, (_, index) => index),
      async (_child, item) => {
        most = Math.max(most, (now += 1));
        await sleep(item % 3);
        now -= 1;
        return item;
      },
      { concurrency: 4 },
    );
    expect(most).toBe(4);
    expect(values).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });

  it('reports how far it is after each item', async () => {
    const op = new Cancelable();
    const reports = collectReports(op);
    const messages: string[] = [];
    op.onProgress((_id, message) => messages.push(message));
    await op.run((op) => op.map(['a', 'b', 'c'], () => {}));
    expect(reports.map(({ current, total }) => [current, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(messages.at(-1)).toBe('Processed 3 items');
  });

  it('starts from nothing, so what is reported by the first items does not fall later', async () => {
    const op = new Cancelable();
    const gates = [createGate(), createGate(), createGate(), createGate()];
    const seen: unknown[] = [];
    await op.run(async (op) => {
      op.onProgress(() => seen.push(op.progress.progress));
      const values = op.map(gates, async (child, gate) => {
        child.report('half', { progress: 50 });
        await child.wait(gate.promise);
      });
      expect(op.progress).toMatchObject({ progress: 0, current: 0, total: 4 });
      for (const gate of gates) gate.open();
      await values;
    });
    expect(seen).toEqual([0, 0, 0, 0, 25, 50, 75, 99]);
    expect(op.progress.progress).toBe(100);
  });

  it('tells the rate with the first report', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const reports = collectReports(op);
    const running = op.run((op) => op.map([1, 2, 3], (child) => child.sleep(500), { concurrency: 1 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(reports).toEqual([{ current: 1, total: 3, rate: 2, eta: 1 }]);
    await vi.advanceTimersByTimeAsync(1000);
    await running;
  });

  it('reports no total that nobody knows', async () => {
    const op = new Cancelable();
    const reports = collectReports(op);
    await op.run((op) => op.map([1, 2].values(), () => {}));
    expect(reports.map(({ current, total }) => [current, total])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
    expect(reports[0]).not.toHaveProperty('eta');
  });

  it('reports the items that were done when one fails, and not that one', async () => {
    const op = new Cancelable();
    const reports = collectReports(op);
    const error = new Error('no');
    const body = (_child: Cancelable, item: number): number => {
      if (item === 3) throw error;
      return item;
    };
    expect(await op.settle((op) => op.map([1, 2, 3, 4], body))).toEqual({ status: 'failed', error });
    expect(reports.map(({ current }) => current)).toEqual([1, 2]);
    expect(op.progress.current).toBe(2);
  });

  it('when one fails cancels the others, starts no more and rejects with that error', async () => {
    const error = new Error('no');
    const gate = createGate();
    const children: Cancelable[] = [];
    const op = new Cancelable();
    const value = await op.run(async (op) => {
      const result = op.map(
        [1, 2, 3, 4, 5],
        async (child, item) => {
          children.push(child);
          if (item < 3) return untilCanceled(child);
          await child.wait(gate.promise);
          throw error;
        },
        { concurrency: 3 },
      );
      gate.open();
      try {
        return await result;
      } catch (thrown) {
        return [thrown, currentOperation() === op];
      }
    });
    expect(value).toEqual([error, true]);
    expect(children.map(({ status, reason }) => [status, reason])).toEqual([
      ['canceled', 'sibling'],
      ['canceled', 'sibling'],
      ['failed', undefined],
    ]);
  });

  it('has done the items before a timeout, and starts none after it [case 205]', async () => {
    vi.useFakeTimers();
    const started: number[] = [];
    const done: number[] = [];
    const op = new Cancelable({ timeout: 1005 });
    const run = op.settle((op) =>
      op.map(
        Array.from({ length: 100 }, (_, index) => index + 1),
        async (child, item) => {
          started.push(item);
          await child.sleep(100);
          done.push(item);
        },
        { concurrency: 1 },
      ),
    );
    await vi.advanceTimersByTimeAsync(5000);
    expect(await run).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(started).toEqual([...done, 11]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops between two synchronous items when the time is over', async () => {
    let count = 0;
    const outcome = await new Cancelable({ timeout: 20 }).settle((op) =>
      op.map(Array.from({ length: 1000 }), () => {
        const until = performance.now() + 1;
        while (performance.now() < until);
        count += 1;
      }),
    );
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(count).toBeLessThan(30);
  });

  it('stops when one of its bodies cancels the operation', async () => {
    const op = new Cancelable();
    const started: number[] = [];
    const outcome = await op.settle((op) =>
      op.map([1, 2, 3], (_child, item) => {
        started.push(item);
        if (item === 2) op.cancel('enough');
      }),
    );
    expect(outcome).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(started).toEqual([1, 2]);
  });

  it('does not wait for a body that ignores its cancelation', async () => {
    const op = new Cancelable();
    const run = op.settle((op) => op.map([1, 2], forever));
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
  });

  it('goes on when a progress callback throws', async () => {
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', reported);
    const error = new Error('of the callback');
    const op = new Cancelable().onProgress(() => {
      throw error;
    });
    expect(await op.run((op) => op.map([1, 2], (_child, item) => item))).toEqual([1, 2]);
    expect(reported.mock.calls).toEqual([[error], [error]]);
    vi.unstubAllGlobals();
  });

  it.each([1, 100, Infinity])(
    'of a hundred thousand does no harm, %d at a time',
    { timeout: 30_000 },
    async (concurrency) => {
      const items = Array.from({ length: 100_000 }, (_, index) => index);
      const body = (_child: Cancelable, item: number): number | Promise<number> =>
        item % 2 === 0 ? item : Promise.resolve(item);
      expect(await map(items, body, { concurrency })).toEqual(items);
    },
  );

  it.each([undefined, null, 5, {}, () => 1])('refuses to go through %s', (items) => {
    const fn = vi.fn<() => void>();
    expect(() => map(wrong(items), fn)).toThrow(TypeError);
    expect(() => new Cancelable().map(wrong(items), fn)).toThrow(/must be an iterable/);
    expect(fn).not.toHaveBeenCalled();
  });

  it('refuses what is no function, and options that make no sense, before it touches the source', () => {
    const items = { [Symbol.iterator]: vi.fn<() => Iterator<number>>() };
    expect(() => map(items, wrong(undefined))).toThrow('The function of map must be a function; got undefined');
    expect(() => map(items, () => 1, { concurrency: 0 })).toThrow(RangeError);
    expect(() => map(items, () => 1, { concurrency: wrong('4') })).toThrow('"concurrency"');
    expect(() => map(items, () => 1, wrong({ concurency: 4 }))).toThrow('unknown option "concurency"');
    expect(items[Symbol.iterator]).not.toHaveBeenCalled();
  });
});
