import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { all, Cancelable, currentOperation, map, race, wait, type Awaitable } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

// The free functions, and what all three have in common: input and types.

describe('the free all and race', () => {
  it('use the current operation', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      expect(await all([(child) => child.parent])).toEqual([op]);
      expect(currentOperation()).toBe(op);
      expect(await race([(child) => child.parent])).toBe(op);
      expect(currentOperation()).toBe(op);
    });
  });

  it('make a root that lives as long as the call where there is none', async () => {
    let root: Cancelable | undefined;
    await all([
      (child) => {
        root = child.parent;
        expect([root?.name, root?.parent, root?.status]).toEqual(['all', undefined, 'running']);
      },
    ]);
    expect(root?.status).toBe('completed');
    expect(await race([(child) => child.parent?.name])).toBe('race');
    const error = new Error('no');
    await expect(
      all([
        untilCanceled,
        async () => {
          await wait(Promise.resolve());
          throw error;
        },
      ]),
    ).rejects.toBe(error);
  });

  it('make one as well where the current one has completed, and reject where it was canceled', async () => {
    const [completed, canceled] = [new Cancelable(), new Cancelable()];
    await completed.run(() => {});
    canceled.cancel();
    expect(await completed.bind(() => all([(child) => child.parent?.name]))()).toEqual(['all']);
    await expect(canceled.bind(() => all([() => 1]))()).rejects.toBe(canceled.error);
  });

  it('work on in a shield', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.settle(async (op) => {
      op.cancel();
      await op.shield(async (handle) => {
        seen.push(...(await op.all([(child) => child.parent === handle])));
        seen.push(...(await all([(child) => child.parent === handle])));
      });
    });
    expect(seen).toEqual([true, true]);
  });
});

describe('bad input of all', () => {
  const wrong = (value: unknown): never => value as never;
  const rows: Array<[unknown, string]> = [
    [undefined, 'The functions of all must be an array; got undefined'],
    [5, '5 (number)'],
    [new Set([() => 1]), 'an instance of Set'],
    [[() => 1, Promise.resolve()], 'Function 1 of all must be a function; got an instance of Promise'],
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what is refused
    [[() => 1, , () => 1], 'Function 1 of all must be a function; got undefined'],
  ];
  it.each(rows)('is refused before anything starts: %s', (fns, message) => {
    const list: [] = wrong(fns);
    for (const call of [() => all(list), () => new Cancelable().all(list)]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(message);
    }
  });

  it.each([
    [0, RangeError],
    [-1, RangeError],
    [1.5, RangeError],
    [NaN, RangeError],
    ['2', TypeError],
    [null, TypeError],
  ])('names the concurrency %s', (concurrency, type) => {
    const started = vi.fn<() => void>();
    expect(() => all([started], { concurrency: wrong(concurrency) })).toThrow(type);
    expect(() => all([started], { concurrency: wrong(concurrency) })).toThrow('"concurrency"');
    expect(() => all([started], wrong({ limit: 2 }))).toThrow('unknown option "limit"');
    expect(() => all([started], wrong(2))).toThrow('The options of all must be an object; got 2 (number)');
    expect(started).not.toHaveBeenCalled();
  });
});

describe('the types', () => {
  // The checks are the compiler's; what stands in it is not run.
  function unused(..._checks: Array<() => unknown>): void {}

  it('of all are a tuple, as those of Promise.all', async () => {
    const [count, text, row] = await all([
      (op) => {
        expectTypeOf(op).toEqualTypeOf<Cancelable>();
        return 5;
      },
      async () => 'text',
      function* (op) {
        return yield* op.wait(Promise.resolve({ id: 1 }));
      },
    ]);
    expectTypeOf(count).toEqualTypeOf<number>();
    expectTypeOf(text).toEqualTypeOf<string>();
    expectTypeOf(row).toEqualTypeOf<{ id: number }>();
    expect([count, text, row]).toEqual([5, 'text', { id: 1 }]);
    unused(() => {
      const op = new Cancelable();
      const bodies = [1, 2].map((value) => async () => value);
      expectTypeOf(op.all(bodies)).toEqualTypeOf<Awaitable<number[]>>();
      expectTypeOf(op.all([])).toEqualTypeOf<Awaitable<[]>>();
      // @ts-expect-error a promise is work that has begun
      void op.all([Promise.resolve(5)]);
      // @ts-expect-error a body takes its operation and nothing else
      void op.all([(child: Cancelable, more: number) => more]);
      // @ts-expect-error there is no such option
      void op.all([], { limit: 2 });
    });
  });

  it('of race are one of what the functions give', () => {
    unused(() => {
      expectTypeOf(race([() => 5, async () => 'text'])).toEqualTypeOf<Awaitable<number | string>>();
      // @ts-expect-error a race has no concurrency
      void race([() => 5], { concurrency: 2 });
    });
  });

  it('of map come from the items and the function', () => {
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(op.map(['a'], (_child, item, index) => [item, index] as const)).toEqualTypeOf<
        Awaitable<(readonly [string, number])[]>
      >();
      expectTypeOf(map(new Set([1]), async (_child, item) => item)).toEqualTypeOf<Awaitable<number[]>>();
      expectTypeOf(map([Promise.resolve(1)], (_child, item) => item)).toEqualTypeOf<Awaitable<number[]>>();
      expectTypeOf(map(new ReadableStream<string>(), (_child, item) => item.length)).resolves.toEqualTypeOf<number[]>();
      // @ts-expect-error a number is nothing to go through
      void map(5, () => 1);
      // @ts-expect-error the item is a string
      void map(['a'], (_child, item: number) => item);
    });
  });
});
