import { afterEach, describe, expect, it, vi } from 'vitest';
import { all, Cancelable, currentOperation, sleep, wait } from 'use-cancelable/core';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon, nextTask } from '../operation/nextTask.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

afterEach(() => {
  vi.useRealTimers();
});

const failWith = (failure: Error) => async (): Promise<never> => {
  await wait(Promise.resolve());
  throw failure;
};

describe('all', () => {
  it('gives the values in order, whichever comes first', async () => {
    const gate = createGate<string>();
    const op = new Cancelable();
    const values = await op.run(async (op) => {
      const result = op.all([
        () => gate.promise,
        () => 'at once',
        function* (child) {
          return yield* child.wait(Promise.resolve('by a generator'));
        },
        async () => {
          await wait(Promise.resolve());
          gate.open('last');
        },
      ]);
      expect(op.children).toHaveLength(3);
      const values = await result;
      expect(currentOperation()).toBe(op);
      return values;
    });
    expect(values).toEqual(['last', 'at once', 'by a generator', undefined]);
  });

  it('runs each function in a child that is current in it', async () => {
    const op = new Cancelable();
    await op.run((op) =>
      op.all(
        [1, 2].map(() => async (child: Cancelable) => {
          expect([child.parent, currentOperation()]).toEqual([op, child]);
          await wait(Promise.resolve());
          expect(currentOperation()).toBe(child);
        }),
      ),
    );
  });

  it('of nothing is an empty list, and not before the next job', async () => {
    const result = all([]);
    expect(await isSettledSoon(result)).toBe(true);
    expect(await result).toEqual([]);
    await new Cancelable().run(async (op) => {
      expect(await op.all([])).toEqual([]);
      expect(currentOperation()).toBe(op);
    });
  });

  it('when one fails cancels the others, waits for them and rejects with that error', async () => {
    const error = new Error('no');
    const gate = createGate();
    const op = new Cancelable();
    let sibling!: Cancelable;
    const told: unknown[] = [];
    const value = await op.run(async (op) => {
      const result = op.all([
        async (child) => {
          sibling = child;
          try {
            await untilCanceled(child);
          } finally {
            await child.shield(() => gate.promise);
            told.push('cleaned up');
          }
        },
        failWith(error),
      ]);
      expect(await isSettledSoon(result)).toBe(false);
      expect([sibling.status, sibling.reason, sibling.message]).toEqual([
        'canceled',
        'sibling',
        'A sibling failed: no',
      ]);
      expect((sibling.error as Error).cause).toBe(error);
      gate.open();
      told.push(await op.wait(result).catch((reason: unknown) => reason));
      expect([op.status, op.children]).toEqual(['running', []]);
      return 'went on';
    });
    expect(told).toEqual(['cleaned up', error]);
    expect(value).toBe('went on');
  });

  it('that is let through makes its operation fail with the very error', async () => {
    const error = new Error('no');
    const outcome = await new Cancelable().settle((op) => op.all([untilCanceled, failWith(error)]));
    expect(outcome).toEqual({ status: 'failed', error });
  });

  it('starts nothing more after a function that throws at once', async () => {
    const error = new Error('no');
    const started = vi.fn<() => void>();
    await new Cancelable().settle(async (op) => {
      const throwing = (): never => {
        throw error;
      };
      await expect(op.all([throwing, started])).rejects.toBe(error);
    });
    expect(started).not.toHaveBeenCalled();
  });

  it('does not wait for a sibling that ignores its cancelation', async () => {
    const error = new Error('no');
    const outcome = await new Cancelable().settle((op) => op.all([forever, failWith(error)]));
    expect(outcome).toEqual({ status: 'failed', error });
  });

  it('does not look at the list again', async () => {
    const bodies = [() => nextTask(), () => nextTask()];
    const result = all(bodies, { concurrency: 1 });
    bodies.length = 0;
    expect(await result).toHaveLength(2);
  });

  it('keeps its operation running when nobody awaits it', async () => {
    const order: number[] = [];
    const body = (value: number) => async () => {
      await wait(nextTask());
      order.push(value);
    };
    const op = new Cancelable();
    await op.run((op) => {
      void op.all([body(1), body(2), body(3)], { concurrency: 1 });
    });
    expect(order).toEqual([1, 2, 3]);
  });

  it('keeps what is thrown by one that it has canceled with the cancelation of that one', async () => {
    const [first, second] = [new Error('first'), new Error('second')];
    const gate = createGate();
    let other!: Cancelable;
    const result = all([
      () => gate.promise,
      async (child) => {
        other = child;
        await untilCanceled(child).catch(() => {});
        throw second;
      },
    ]);
    gate.fail(first);
    await expect(result).rejects.toBe(first);
    expect(other.error).toMatchObject({ reason: 'sibling', suppressed: [second] });
  });

  it('loses no failure of one that cleans up while another fails', async () => {
    const reported = collectReportedErrors();
    const [early, late] = [new Error('early'), new Error('late')];
    const [cleanUp, gate] = [createGate(), createGate()];
    const result = all([
      async (child) => {
        void child.shield(() => cleanUp.promise);
        await wait(Promise.resolve());
        throw early;
      },
      () => gate.promise,
    ]);
    expect(await isSettledSoon(result)).toBe(false);
    gate.fail(late);
    expect(await isSettledSoon(result)).toBe(false);
    cleanUp.open();
    await expect(result).rejects.toBe(late);
    expect(reported).toEqual([early]);
  });

  it('does not report the error that it rejects with, however many have it', async () => {
    const reported = collectReportedErrors();
    const error = new Error('no');
    const [cleanUp, gate] = [createGate(), createGate()];
    const result = all([
      async (child) => {
        void child.shield(() => cleanUp.promise);
        await wait(Promise.resolve());
        throw error;
      },
      () => gate.promise,
    ]);
    await nextTask();
    gate.fail(error);
    await nextTask();
    cleanUp.open();
    await expect(result).rejects.toBe(error);
    expect(reported).toEqual([]);
  });

  it('runs as many at the same time as it may', async () => {
    let now = 0;
    let most = 0;
    const body = async (): Promise<void> => {
      most = Math.max(most, (now += 1));
      await sleep(1);
      now -= 1;
    };
    await new Cancelable().run((op) =>
      op.all(
        Array.from({ length: 20 }, () => body),
        { concurrency: 3 },
      ),
    );
    expect(most).toBe(3);
  });

  it('leaves no timer, no child and no listener behind', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    const op = new Cancelable({ signal: controller.signal });
    const error = new Error('no');
    await op.settle((op) => op.all([() => sleep(1000), (child) => child.sleep(1000), failWith(error)]));
    expect(vi.getTimerCount()).toBe(0);
    expect(op.children).toEqual([]);
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it.each([1, Infinity])(
    'of a hundred thousand does no harm, %d at a time',
    { timeout: 30_000 },
    async (concurrency) => {
      const body = (): number => 1;
      const bodies = Array.from({ length: 100_000 }, () => body);
      expect(await all(bodies, { concurrency })).toHaveLength(100_000);
    },
  );
});
