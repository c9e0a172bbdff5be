import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationToken,
  currentOperation,
  isCancelation,
  sleep,
  wait,
  type Awaitable,
} from 'use-cancelable/core';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

// A function under the guard of an operation, for whatever calls it.

afterEach(() => {
  vi.useRealTimers();
});

const wrong = (value: unknown): never => value as never;

describe('a wrapped function', () => {
  it('is called with its arguments and gives its result [case 197]', async () => {
    const double = vi.fn<(value: number) => Promise<number>>(async (value) => value * 2);
    const result = await new Cancelable().run((op) => op.wrap(double)(21));
    expect(result).toBe(42);
    expect(double.mock.calls).toEqual([[21]]);
  });

  it('is not called when the token of its operation was canceled [case 198]', async () => {
    const token = new CancelationToken();
    const fn = vi.fn<() => number>(() => 1);
    const op = new Cancelable({ token });
    const outcome = await op.settle(async (op) => {
      token.cancel('enough');
      await op.wrap(fn)();
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'manual', message: 'enough', error: op.error });
    expect(fn).not.toHaveBeenCalled();
  });

  it('is not called when the time of its operation is over, though no timer has fired yet', async () => {
    const fn = vi.fn<() => number>(() => 1);
    const op = new Cancelable({ timeout: 5 });
    const outcome = await op.settle(async (op) => {
      const until = performance.now() + 10;
      while (performance.now() < until);
      await op.wrap(fn)();
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(fn).not.toHaveBeenCalled();
  });

  it('is called for the items before a timeout and for none after it [case 205]', async () => {
    vi.useFakeTimers();
    const processed: number[] = [];
    const started: number[] = [];
    const running = new Cancelable({ timeout: 1005 }).settle(async (op) => {
      const processItem = op.wrap(async (item: number) => {
        started.push(item);
        await sleep(100);
        return item;
      });
      for (let item = 1; item <= 100; item += 1) processed.push(await processItem(item));
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(await running).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(processed).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(started).toEqual([...processed, 11]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['throws', (error: Error) => () => throwIt(error)],
    ['rejects', (error: Error) => async () => throwIt(error)],
  ])('that %s passes its error on unchanged, and the operation lives on [case 206]', async (_how, create) => {
    const error = new Error('no');
    const value = await new Cancelable().run(async (op) => {
      let seen: unknown[] = [];
      try {
        await op.wrap(create(error))();
      } catch (thrown) {
        seen = [thrown, currentOperation() === op, op.status];
      }
      expect(seen).toEqual([error, true, 'running']);
      return op.wrap(() => 'still here')();
    });
    expect(value).toBe('still here');
  });

  it('may be synchronous: the result comes as a promise [case 207]', async () => {
    await new Cancelable().run(async (op) => {
      const promise = op.wrap((value: number) => value + 1)(1);
      expect(promise).toBeInstanceOf(Promise);
      expect(await promise).toBe(2);
    });
  });

  it('keeps its name and its number of parameters [case 208]', () => {
    const op = new Cancelable();
    function loadRows(_table: string, _limit: number): void {}
    expect([op.wrap(loadRows).name, op.wrap(loadRows).length]).toEqual(['loadRows', 2]);
    expect([op.wrap(() => 1).name, op.wrap((...all: number[]) => all).length]).toEqual(['', 0]);
  });

  it('is refused as a misuse when the operation has completed or has not started [case 209]', async () => {
    const fn = vi.fn<() => number>(() => 1);
    const op = new Cancelable();
    const wrapped = op.wrap(fn);
    const early = await wrapped().catch((error: unknown) => error);
    await op.run(() => {});
    const late = await wrapped().catch((error: unknown) => error);
    for (const [error, status] of [
      [early, 'pending'],
      [late, 'completed'],
    ]) {
      expect(error).toBeInstanceOf(Error);
      expect(isCancelation(error)).toBe(false);
      expect((error as Error).message).toContain(`is ${String(status)}`);
    }
    expect(fn).not.toHaveBeenCalled();
  });

  it('is refused with the error of an operation that has failed', async () => {
    const error = new Error('no');
    const fn = vi.fn<() => number>(() => 1);
    const op = new Cancelable();
    await op.settle(() => throwIt(error));
    await expect(op.wrap(fn)()).rejects.toBe(error);
    expect(fn).not.toHaveBeenCalled();
  });

  it('in flight rejects promptly when the operation is canceled; a late result is dropped [case 212]', async () => {
    for (const end of ['a value', new Error('late')]) {
      const gate = createGate<string>();
      const op = new Cancelable();
      let seen: unknown[] = [];
      await op.settle(async (op) => {
        const call = op.wrap(() => gate.promise)();
        op.cancel('enough');
        try {
          seen = [await call];
        } catch (error) {
          seen = [error, currentOperation()];
        }
      });
      expect(seen[0]).toBe(op.error);
      expect(seen[1]).toBe(op);
      if (end instanceof Error) gate.fail(end);
      else gate.open(end);
      await nextTask();
      expect(op.reason).toBe('manual');
    }
  });

  it('that nobody awaits raises nothing when it is canceled', async () => {
    const op = new Cancelable();
    await op.settle((op) => {
      void op.wrap(() => new Promise(() => {}))();
      op.cancel();
      void op.wrap(() => 1)();
    });
    await nextTask();
    expect(op.status).toBe('canceled');
  });

  it('that blocks until the time of its operation is over gives no value', async () => {
    const outcome = await new Cancelable({ timeout: 5 }).settle((op) =>
      op.wrap(() => {
        const until = performance.now() + 10;
        while (performance.now() < until);
        return 'too late';
      })(),
    );
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
  });

  it('has the operation current, whoever calls it, and gives the caller its own back', async () => {
    const op = new Cancelable({ name: 'guard' });
    const gate = createGate();
    const run = op.run(() => gate.promise);
    const seen: unknown[] = [];
    const wrapped = op.wrap(async () => {
      seen.push(currentOperation()?.name);
      await wait(Promise.resolve());
      seen.push(currentOperation()?.name);
    });
    await Promise.resolve().then(() => wrapped());
    expect(currentOperation()).toBeUndefined();
    await new Cancelable({ name: 'caller', parent: null }).run(async () => {
      await wrapped();
      seen.push(currentOperation()?.name);
    });
    expect(seen).toEqual(['guard', 'guard', 'guard', 'guard', 'caller']);
    gate.open();
    await run;
  });

  it('gets the receiver that it is called on', async () => {
    await new Cancelable().run(async (op) => {
      const counter = {
        count: 5,
        read: op.wrap(function (this: { count: number }, more: number) {
          return this.count + more;
        }),
      };
      expect(await counter.read(2)).toBe(7);
    });
  });

  it('may be called many times at once', async () => {
    const results = await new Cancelable().run((op) => {
      const wrapped = op.wrap(async (value: number) => value);
      return Promise.all(Array.from({ length: 100 }, (_, index) => wrapped(index)));
    });
    expect(results).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('works on inside of a shield, wrapped there or before', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.settle(async (op) => {
      const before = op.wrap(() => 'before');
      op.cancel();
      await op.shield(async (handle) => {
        seen.push(await before());
        const inside = op.wrap(() => currentOperation() === handle);
        await Promise.resolve();
        seen.push(await inside());
      });
    });
    expect(seen).toEqual(['before', true]);
  });

  it.each([undefined, null, 5, 'load', {}, Promise.resolve()])('must be a function, not %s', (value) => {
    const op = new Cancelable();
    expect(() => op.wrap(wrong(value))).toThrow(TypeError);
    expect(() => op.wrap(wrong(value))).toThrow(/wrap must be a function; got/);
  });

  it('has the types of the function', async () => {
    await new Cancelable().run((op) => {
      const load = op.wrap(async (id: number, name?: string) => `${id}${name}`);
      expectTypeOf(load).parameters.toEqualTypeOf<[id: number, name?: string | undefined]>();
      expectTypeOf(load(1)).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(op.wrap(() => 5)()).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.wrap(<T>(value: T) => [value])(new Date())).resolves.toEqualTypeOf<Date[]>();
      // @ts-expect-error it takes a number
      void load('1');
      // @ts-expect-error only functions are wrapped
      expect(() => op.wrap(5)).toThrow(TypeError);
    });
  });
});

function throwIt(error: Error): never {
  throw error;
}
