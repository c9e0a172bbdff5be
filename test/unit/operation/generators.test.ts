import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, isCancelation, sleep, wait, yieldNow } from 'use-cancelable/core';

describe('a generator body', () => {
  it('has its operation everywhere, after bare promises too', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(currentOperation());
    await op.run(function* () {
      note();
      yield* wait(Promise.resolve());
      note();
      yield Promise.resolve();
      note();
      yield 'no promise';
      note();
      yield new Promise((resolve) => setTimeout(resolve));
      note();
      yield* sleep(1);
      note();
      yield* yieldNow();
      note();
      try {
        yield Promise.reject(new Error('failed'));
      } catch {
        note();
      } finally {
        note();
      }
      yield* new Cancelable().run(() => sleep(0));
      note();
    });
    expect(seen).toHaveLength(10);
    expect(new Set(seen)).toEqual(new Set([op]));
    expect(currentOperation()).toBeUndefined();
  });

  it('gets the values that it yields for, and returns its own', async () => {
    const value = await new Cancelable().run(function* (op) {
      const one: number = yield* op.wait(Promise.resolve(1));
      const two = (yield Promise.resolve(2)) as number;
      const three = (yield 3) as number;
      const four: string = yield* new Cancelable().run(() => 'four');
      const outcome = yield* new Cancelable().settle(() => Promise.reject(new Error('five')));
      return [one, two, three, four, outcome.status];
    });
    expect(value).toEqual([1, 2, 3, 'four', 'failed']);
  });

  it('is given its operation', async () => {
    const op = new Cancelable();
    const given = await op.run(function* (given) {
      yield undefined;
      return given;
    });
    expect(given).toBe(op);
  });

  it('fails with what it throws, before and after its first yield', async () => {
    const error = new Error('failed');
    const failAt = (turn: number) =>
      function* (): Generator<unknown, void> {
        for (let at = 0; at < 3; at += 1) {
          if (at === turn) throw error;
          yield* sleep(0);
        }
      };
    const early = new Cancelable();
    const late = new Cancelable();
    await expect(early.run(failAt(0))).rejects.toBe(error);
    await expect(late.run(failAt(1))).rejects.toBe(error);
    expect([early.status, late.status]).toEqual(['failed', 'failed']);
  });

  it('fails with the rejection of a promise that it yields and does not catch', async () => {
    const error = new Error('failed');
    await expect(
      new Cancelable().run(function* () {
        yield Promise.reject(error);
      }),
    ).rejects.toBe(error);
  });

  it('is interrupted at its yield when it is canceled, and its finally runs with the operation', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const running = op.settle(function* () {
      try {
        yield new Promise(() => {});
        seen.push('went on');
      } catch (error) {
        seen.push(isCancelation(error, op));
        throw error;
      } finally {
        seen.push(currentOperation());
      }
    });
    op.cancel('enough');
    expect(await running).toMatchObject({ status: 'canceled', reason: 'manual', message: 'enough' });
    expect(seen).toEqual([true, op]);
  });

  it('ends canceled though it swallows the cancelation and returns a value', async () => {
    const op = new Cancelable();
    const running = op.settle(function* () {
      try {
        yield new Promise(() => {});
      } catch {
        return 'swallowed';
      }
      return 'went on';
    });
    op.cancel('enough');
    expect(await running).toMatchObject({ status: 'canceled', message: 'enough' });
  });

  it('is interrupted again at each yield after it was canceled', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.settle(function* () {
      for (let turn = 0; turn < 3; turn += 1) {
        try {
          if (turn === 0) op.cancel();
          yield Promise.resolve();
          seen.push('went on');
        } catch (error) {
          seen.push(error === op.error && currentOperation() === op);
        }
      }
    });
    expect(seen).toEqual([true, true, true]);
  });

  it('is interrupted by the cancelation though it yields no promise at all', async () => {
    const op = new Cancelable();
    let turns = 0;
    const outcome = await op.settle(function* () {
      for (;;) {
        turns += 1;
        if (turns === 10) op.cancel();
        yield turns;
      }
    });
    expect(outcome.status).toBe('canceled');
    expect(turns).toBe(10);
  });

  it('delegates to generators of its own', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const step = function* (value: number): Generator<unknown, number> {
      yield sleep(0);
      seen.push(currentOperation());
      return value * 2;
    };
    expect(
      await op.run(function* () {
        const two = yield* step(1);
        return yield* step(two);
      }),
    ).toBe(4);
    expect(seen).toEqual([op, op]);
  });

  it('keeps its operation beside another one that takes turns with it', async () => {
    const wrong: unknown[] = [];
    const body = function* (op: Cancelable): Generator<unknown, void> {
      for (let turn = 0; turn < 20; turn += 1) {
        yield turn % 2 === 0 ? Promise.resolve() : wait(turn);
        if (currentOperation() !== op) wrong.push(turn);
      }
    };
    await Promise.all([new Cancelable().run(body), new Cancelable().run(body), new Cancelable().run(body)]);
    expect(wrong).toEqual([]);
  });

  it('may be the body of settle and of spawn', async () => {
    const op = new Cancelable();
    const outcome = await op.settle(function* () {
      const spawned = yield* op.spawn(function* (child) {
        yield* child.sleep(0);
        return currentOperation() === child;
      });
      return spawned;
    });
    expect(outcome).toEqual({ status: 'completed', value: true });
  });

  it('hands its operation to nobody who runs while it is suspended', async () => {
    const seen: unknown[] = [];
    const op = new Cancelable();
    const running = op.run(function* () {
      for (let turn = 0; turn < 10; turn += 1) yield Promise.resolve();
    });
    for (let turn = 0; turn < 20; turn += 1) {
      await Promise.resolve();
      seen.push(currentOperation());
    }
    await running;
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});

describe('what a body returns', () => {
  it('that TypeScript has lowered to ES5, which has no tag, is run as well', async () => {
    // What its `__generator` gives: an object with methods of its own.
    const steps: Array<(sent: unknown) => IteratorResult<unknown>> = [
      () => ({ done: false, value: Promise.resolve(20) }),
      (sent) => ({ done: true, value: (sent as number) + (currentOperation() === op ? 1 : 0) }),
    ];
    const lowered = {
      next: (sent?: unknown) => steps.shift()!(sent),
      throw: (error: unknown) => {
        throw error;
      },
      return: (value: unknown) => ({ done: true, value }),
      [Symbol.iterator]() {
        return this;
      },
    };
    const op = new Cancelable();
    expect(await op.run(() => lowered as never)).toBe(21);
  });

  it('is driven only when it is a generator, not when it merely has a next', async () => {
    const iterator = { next: () => ({ done: true, value: 'never asked' }) };
    expect(await new Cancelable().run(() => iterator)).toBe(iterator);
    const entries = new Map([[1, 2]]).entries();
    expect(await new Cancelable().run((): unknown => entries)).toBe(entries);
  });

  it('is a value when it is an async generator', async () => {
    const numbers = async function* (): AsyncGenerator<number> {
      yield 1;
    };
    const returned = numbers();
    expect(await new Cancelable().run((): unknown => returned)).toBe(returned);
    expect(await returned.next()).toEqual({ done: false, value: 1 });
  });

  it('is driven when a plain function returns a generator', async () => {
    const numbers = function* (): Generator<unknown, string> {
      yield 1;
      return 'end';
    };
    expect(await new Cancelable().run(() => numbers())).toBe('end');
  });
});
