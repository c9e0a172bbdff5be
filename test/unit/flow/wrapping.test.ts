import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { Cancelable, currentOperation, type Awaitable } from 'use-cancelable/core';

describe('wrapping', () => {
  it('calls one function after the other; after a cancel the next is refused [case 199]', async () => {
    const third = vi.fn<() => void>();
    const op = new Cancelable();
    const results: unknown[] = [];
    const outcome = await op.settle(async (op) => {
      const call = op.wrapping();
      results.push(await call((left: number, right: number) => left + right, 1, 2));
      results.push(await call(async (text: string) => `${text}!`, 'done'));
      expect(currentOperation()).toBe(op);
      op.cancel('enough');
      await call(third);
    });
    expect(results).toEqual([3, 'done!']);
    expect(outcome).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(third).not.toHaveBeenCalled();
  });

  it('is a misuse when the operation has completed [case 209]', async () => {
    const op = new Cancelable();
    const call = op.wrapping();
    await op.run(() => {});
    const fn = vi.fn<() => void>();
    await expect(call(fn)).rejects.toThrow('This operation is completed');
    expect(fn).not.toHaveBeenCalled();
  });

  it('refuses what is no function', async () => {
    await new Cancelable().run((op) => {
      expect(() => op.wrapping()(5 as never)).toThrow(/must be a function; got 5 \(number\)/);
    });
  });

  it('has the types of each function', async () => {
    await new Cancelable().run((op) => {
      const call = op.wrapping();
      expectTypeOf(call(async (id: number) => [id], 1)).toEqualTypeOf<Awaitable<number[]>>();
      expectTypeOf(call(() => 'text')).toEqualTypeOf<Awaitable<string>>();
      // @ts-expect-error it takes a number
      void call((id: number) => id, 'one');
      // @ts-expect-error an argument is missing
      void call((id: number) => id);
    });
  });
});
