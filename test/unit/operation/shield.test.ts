import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { Cancelable, currentOperation, isCancelation, sleep, wait, type Outcome } from 'use-cancelable/core';
import { forever, untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon, nextTask } from './nextTask.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a shielded section', () => {
  it('runs to its end when the time is over meanwhile; what follows it does not run [case 237]', async () => {
    vi.useFakeTimers();
    const order: string[] = [];
    const op = new Cancelable({ timeout: 100 });
    const end = op.settle(async (op) => {
      order.push('start');
      await op.shield(async (handle) => {
        order.push('shield start');
        await handle.sleep(200);
        order.push('shield end');
      });
      order.push('after');
    });
    await vi.advanceTimersByTimeAsync(100);
    expect([op.status, op.reason]).toEqual(['canceled', 'timeout']);
    await vi.advanceTimersByTimeAsync(100);
    expect(await end).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(order).toEqual(['start', 'shield start', 'shield end']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may hold another one: all end in order, then the cancelation is delivered [case 238]', async () => {
    vi.useFakeTimers();
    const order: string[] = [];
    const op = new Cancelable({ timeout: 50 });
    const end = op.settle(async (op) => {
      await op.shield(async (outer) => {
        await outer.shield(async (inner) => {
          await inner.sleep(100);
          order.push('inner');
        });
        await outer.sleep(10);
        order.push('outer');
      });
      order.push('after');
    });
    await vi.advanceTimersByTimeAsync(200);
    expect(await end).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(order).toEqual(['inner', 'outer']);
  });

  it('ends although the operation is canceled by hand, and then raises that [case 239]', async () => {
    const gate = createGate<string>();
    const op = new Cancelable();
    let caught: unknown;
    const end = op.settle(async (op) => {
      try {
        await op.shield(() => gate.promise);
      } catch (error) {
        caught = error;
      }
    });
    op.cancel('stop');
    expect(await isSettledSoon(end)).toBe(false);
    gate.open('written');
    await end;
    expect(caught).toBe(op.error);
    expect(op.message).toBe('stop');
  });

  it('has a handle that says what it is [case 240]', async () => {
    const op = new Cancelable();
    const outcome = await op.settle((op) =>
      op.shield((handle) => {
        expect(handle.status).toBe('shielded');
        expect(handle.isRunning).toBe(true);
        expect(handle.context.status).toBe('shielded');
        expect(handle.context.toJSON().status).toBe('shielded');
        expect(handle.context.metadata).toEqual({ shielded: true });
        expect(handle.context.parentId).toBe(op.id);
        expect(handle.parent).toBe(op);
        expect(op.children).toEqual([handle]);
        op.token.cancel();
        expect([op.isCanceled, handle.token.isCanceled, handle.signal.aborted]).toEqual([true, false, false]);
      }),
    );
    expect(outcome.status).toBe('canceled');
  });

  it('takes options: a name, data, a timeout of its own', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const end = op.settle((op) =>
      op.shield(
        (handle) => {
          expect(handle.name).toBe('clean up');
          expect(handle.context.metadata).toEqual({ step: 1, shielded: true });
          return untilCanceled(handle);
        },
        { name: 'clean up', metadata: { step: 1 }, timeout: 1000 },
      ),
    );
    await vi.advanceTimersByTimeAsync(1000);
    const outcome = await end;
    expect(outcome).toMatchObject({ status: 'failed', error: { reason: 'timeout' } });
  });

  it('passes an error on and leaves nothing behind [case 241]', async () => {
    const error = new Error('disk full');
    const op = new Cancelable();
    await op.run(async (op) => {
      await expect(
        op.shield(() => {
          throw error;
        }),
      ).rejects.toBe(error);
      expect(op.children).toEqual([]);
      expect(op.isRunning).toBe(true);
    });
    expect(op.status).toBe('completed');
  });

  it('leaves its handle in a terminal status [case 244]', async () => {
    const handles: Cancelable[] = [];
    const keep = (handle: Cancelable): number => handles.push(handle);
    await new Cancelable().run(async (op) => {
      await op.shield(keep);
      await op
        .shield((handle) => {
          keep(handle);
          throw new Error('no');
        })
        .catch(() => {});
      await op
        .shield((handle) => {
          keep(handle);
          handle.cancel();
        })
        .catch(() => {});
    });
    expect(handles.map(({ status }) => status)).toEqual(['completed', 'failed', 'canceled']);
    for (const { context } of handles) expect(context.endTime).toBeGreaterThan(0);
  });

  it('does the cleanup of a canceled body before run settles [case 245]', async () => {
    vi.useFakeTimers();
    let cleaned = false;
    const op = new Cancelable();
    const end = op.settle(async (op) => {
      try {
        await op.sleep(60_000);
      } finally {
        await op.shield(async () => {
          await sleep(50);
          cleaned = true;
        });
      }
    });
    op.cancel();
    await vi.advanceTimersByTimeAsync(49);
    expect(await isSettledSoon(end)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toMatchObject({ status: 'canceled', reason: 'manual' });
    expect(cleaned).toBe(true);
    expect(op.isAbandoned).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives its value in an operation that was canceled before, so several run in one finally', async () => {
    const values: number[] = [];
    const op = new Cancelable();
    const end = op.settle(async (op) => {
      try {
        await untilCanceled(op);
      } finally {
        for (const value of [1, 2, 3]) values.push(await op.shield(() => wait(Promise.resolve(value))));
      }
    });
    op.cancel();
    expect(await end).toMatchObject({ status: 'canceled' });
    expect(values).toEqual([1, 2, 3]);
  });

  it('gives it as well when the time was over before, though no timer has fired yet', async () => {
    const op = new Cancelable({ timeout: 5 });
    const values: number[] = [];
    const outcome = await op.settle(async (op) => {
      const end = performance.now() + 10;
      while (performance.now() < end);
      for (const value of [1, 2]) values.push(await op.shield(() => wait(nextTask().then(() => value))));
    });
    expect(values).toEqual([1, 2]);
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
  });

  it('is waited for when nobody awaits it', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const end = op.run((op) => {
      void op.shield(() => gate.promise);
      return 'done';
    });
    expect(await isSettledSoon(end)).toBe(false);
    expect(op.isRunning).toBe(true);
    gate.open();
    expect(await end).toBe('done');
  });

  it('is waited for above as well, and by closed', async () => {
    const gate = createGate();
    const root = new Cancelable();
    const end = root.settle((root) =>
      root.child().run(async (op) => {
        try {
          await untilCanceled(op);
        } finally {
          await op.shield(() => gate.promise);
        }
      }),
    );
    root.cancel();
    expect(await isSettledSoon(end)).toBe(false);
    expect(await isSettledSoon(root.closed)).toBe(false);
    gate.open();
    await end;
    await root.closed;
  });

  it('of a body that was abandoned goes on: closed waits for it', async () => {
    const late = createGate();
    const cleaning = createGate();
    let cleaned = false;
    const op = new Cancelable();
    const end = op.settle(async (op) => {
      await late.promise;
      await op.shield(() => cleaning.promise);
      cleaned = true;
    });
    op.cancel();
    await end;
    expect(op.isAbandoned).toBe(true);
    late.open();
    expect(await isSettledSoon(op.closed)).toBe(false);
    cleaning.open();
    await op.closed;
    expect(cleaned).toBe(true);
  });

  it('stops the grace, which starts anew after it', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ grace: 100 });
    const end = op.settle(async (op) => {
      await untilCanceled(op).catch(() => {});
      await sleepBare(60);
      await op.shield((handle) => handle.sleep(300));
      await forever();
    });
    op.cancel();
    await vi.advanceTimersByTimeAsync(60 + 300 + 99);
    expect(op.isAbandoned).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(op.isAbandoned).toBe(true);
    await end;
  });

  it('keeps going when a spawned child fails the operation', async () => {
    const gate = createGate();
    const error = new Error('broken');
    const op = new Cancelable();
    let signalInside: AbortSignal | undefined;
    const end = op.settle(async (op) => {
      void op.spawn(async () => {
        await gate.promise;
        throw error;
      });
      await op.shield(async (handle) => {
        signalInside = handle.signal;
        gate.open();
        await handle.sleep(5);
      });
    });
    expect(await end).toEqual({ status: 'failed', error });
    expect(signalInside?.aborted).toBe(false);
  });

  it('is not cut by disposal nor by `children: cancel`', async () => {
    let ends = 0;
    const section = async (handle: Cancelable): Promise<void> => {
      await handle.sleep(5);
      ends += 1;
    };
    await new Cancelable({ children: 'cancel' }).run((op) => {
      void op.shield(section);
    });
    {
      await using op = new Cancelable().start();
      void op.shield(section);
    }
    expect(ends).toBe(2);
  });
});

describe('canceling the handle', () => {
  it('ends the section only', async () => {
    const op = new Cancelable();
    const outcome = await op.settle(async (op) => {
      const error: unknown = await op
        .shield(async (handle) => {
          handle.cancel('not needed');
          await handle.sleep(1000);
        })
        .catch((error: unknown) => error);
      expect(isCancelation(error)).toBe(true);
      expect(isCancelation(error, op)).toBe(false);
      return op.status;
    });
    expect(outcome).toEqual({ status: 'completed', value: 'running' });
  });

  it('cancels what runs in it', async () => {
    let child: Cancelable | undefined;
    await new Cancelable().settle((op) =>
      op.shield(async (handle) => {
        child = handle.child();
        const end = child.settle(untilCanceled);
        handle.cancel();
        await end;
      }),
    );
    expect([child?.status, child?.reason]).toEqual(['canceled', 'parent']);
  });
});

describe('inside of the section', () => {
  it('methods of the outer operation act on the handle; its signal and child() do not', async () => {
    const op = new Cancelable();
    const told: string[] = [];
    op.onProgress((_id, message) => told.push(message));
    op.cancel();
    const value = await op.shield(async (handle) => {
      await op.wait(Promise.resolve());
      await op.sleep(1);
      await op.yield();
      op.throwIfCanceled();
      expect(op.signal.aborted).toBe(true);
      expect(handle.signal.aborted).toBe(false);
      const child = await op.child().settle(() => 1);
      expect(child).toMatchObject({ status: 'canceled', reason: 'parent' });
      await op.shield((inner) => expect(inner.parent).toBe(handle));
      expect(op.bind(() => currentOperation())()).toBe(handle);
      return op.spawn((child) => child.parent === handle);
    });
    expect(value).toBe(true);
    await expect(op.wait(Promise.resolve())).rejects.toBe(op.error);
  });

  it('reports of a canceled operation are made by the handle', async () => {
    const root = new Cancelable();
    const told: unknown[] = [];
    root.onProgress((id, message) => told.push([id, message]));
    let handleId = '';
    await root.run(async (root) => {
      const op = root.child();
      op.cancel();
      await op.shield((handle) => {
        handleId = handle.id;
        op.report('cleaning');
      });
    });
    expect(told).toEqual([[handleId, 'cleaning']]);
  });

  it('the handle is current, after each await, and the caller is afterwards', async () => {
    const op = new Cancelable();
    await op.run(async (op) => {
      await op.shield(async (handle) => {
        expect(currentOperation()).toBe(handle);
        await handle.wait(Promise.resolve());
        expect(currentOperation()).toBe(handle);
        await sleep(1);
        expect(currentOperation()).toBe(handle);
      });
      expect(currentOperation()).toBe(op);
      await op.shield(() => Promise.reject(new Error('x'))).catch(() => {});
    });
  });

  it('no deadline of those above holds', async () => {
    const op = new Cancelable({ timeout: 1000 });
    await op.run((op) =>
      op.shield(async (handle) => {
        expect([handle.deadline, handle.remaining]).toEqual([Infinity, undefined]);
        await handle.child().run((child) => expect(child.remaining).toBeUndefined());
      }),
    );
  });

  it('a generator body works', async () => {
    const value = await new Cancelable().run((op) =>
      op.shield(function* () {
        const value = yield* wait(Promise.resolve(2));
        return value * 2;
      }),
    );
    expect(value).toBe(4);
  });
});

describe('shield', () => {
  it('refuses what is not a function, unknown options and a parent', () => {
    const op = new Cancelable();
    expect(() => op.shield(5 as never)).toThrow(
      new TypeError('The body of shield must be a function; got 5 (number).'),
    );
    expect(() => op.shield(() => 1, { nam: 'x' } as never)).toThrow(/unknown option "nam"/);
    expect(() => op.shield(() => 1, { parent: null } as never)).toThrow(/"parent"/);
    expect(op.children).toEqual([]);
  });

  it('reports an error that nobody awaits, and no cancelation', async () => {
    const op = new Cancelable();
    await op.settle(async (op) => {
      void op.shield(() => nextTask());
      op.cancel();
    });
    expect(op.isCanceled).toBe(true);
  });

  it('keeps what the section throws in a canceled operation', async () => {
    const error = new Error('cleanup failed');
    const op = new Cancelable();
    const outcome = await op.settle(async (op) => {
      const section = op.shield(() => Promise.reject(error));
      op.cancel();
      await section;
    });
    expect(outcome.status === 'canceled' && outcome.error.suppressed).toEqual([error]);
  });

  it('is typed by its body', () => {
    const check = (op: Cancelable): void => {
      expectTypeOf(op.shield(() => 1)).resolves.toEqualTypeOf<number>();
      expectTypeOf(op.settle((self) => self.shield(async () => 'a'))).resolves.toEqualTypeOf<Outcome<string>>();
    };
    expect(check).toBeTypeOf('function');
  });
});

function sleepBare(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
