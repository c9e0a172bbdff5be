import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, sleep, yieldNow } from 'use-cancelable/core';

afterEach(() => {
  vi.useRealTimers();
});

describe('sleep', () => {
  it('lasts as long as it says, not shorter', async () => {
    const started = performance.now();
    await sleep(20);
    expect(performance.now() - started).toBeGreaterThan(18);
  });

  it('takes a duration in parts', async () => {
    vi.useFakeTimers();
    const awake = vi.fn<() => void>();
    void sleep({ minutes: 1, seconds: 30, milliseconds: 5 }).then(awake);
    await vi.advanceTimersByTimeAsync(90_004);
    expect(awake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(awake).toHaveBeenCalledOnce();
  });

  it('lasts longer than the longest timer of the platform', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const awake = vi.fn<() => void>();
    const days = 24 * 3_600_000;
    void sleep(60 * days).then(awake);
    await vi.advanceTimersByTimeAsync(59 * days);
    expect(awake).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(days);
    expect(awake).toHaveBeenCalledOnce();
  });

  it('without end lasts until its operation is canceled', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const op = new Cancelable();
    const awake = vi.fn<() => void>();
    const running = op.settle((op) => op.sleep(Infinity).then(awake));
    await vi.advanceTimersByTimeAsync(100 * 24 * 3_600_000);
    expect(awake).not.toHaveBeenCalled();
    op.cancel();
    expect((await running).status).toBe('canceled');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('works outside of operations', async () => {
    await expect(sleep(1)).resolves.toBeUndefined();
  });

  it('ends at once when its operation is canceled, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const running = op.settle((op) => op.sleep(10_000));
    expect(vi.getTimerCount()).toBe(1);
    op.cancel();
    expect((await running).status).toBe('canceled');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when its operation completes without awaiting it', async () => {
    vi.useFakeTimers();
    await new Cancelable().run((op) => void op.sleep(10_000));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when it is not awaited and the operation is canceled', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const running = op.settle(async (op) => {
      void op.sleep(10_000);
      void sleep(20_000);
      await op.wait(new Promise(() => {}));
    });
    op.cancel();
    await running;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('arms no timer in an operation that was canceled before', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    op.cancel('before');
    const sleeping = op.sleep(10_000);
    await expect(sleeping).rejects.toBe(op.error);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the operation fails from elsewhere, with that very error', async () => {
    const op = new Cancelable();
    const error = new Error('disk full');
    let caught: unknown;
    const running = op.settle(async () => {
      try {
        await sleep(10_000);
      } catch (reason) {
        caught = reason;
      }
    });
    op.fail(error);
    expect(await running).toEqual({ status: 'failed', error });
    expect(caught).toBe(error);
  });

  it('ends when an operation above is canceled', async () => {
    const op = new Cancelable();
    const running = op.settle(() => new Cancelable().run(() => sleep(10_000)));
    op.cancel();
    expect((await running).status).toBe('canceled');
  });

  it('of another operation ends with that one, and the sleeper keeps its own operation', async () => {
    const other = new Cancelable();
    const op = new Cancelable();
    await op.run(async () => {
      const sleeping = other.sleep(10_000);
      other.cancel();
      await expect(op.wait(sleeping.catch(() => 'woken'))).resolves.toBe('woken');
    });
    expect(op.isCompleted).toBe(true);
  });

  it('guards itself by the current operation', async () => {
    const op = new Cancelable();
    const running = op.settle(async () => {
      const nested = async (): Promise<void> => {
        await sleep(10_000);
      };
      await nested();
    });
    op.cancel();
    expect((await running).status).toBe('canceled');
  });

  it.each([
    ['NaN', Number.NaN, RangeError, /NaN/],
    ['a negative number', -5, RangeError, /-5/],
    ['a string', '5' as never, TypeError, /"5"/],
    ['nothing', undefined as never, TypeError, /undefined/],
    ['null', null as never, TypeError, /null/],
    ['an unknown unit', { days: 1 } as never, TypeError, /days/],
    ['a negative part', { seconds: -1 }, RangeError, /seconds.*-1/],
    ['a part that is no number', { seconds: '1' as never }, TypeError, /seconds.*"1"/],
  ])('refuses %s and says what came', (_name, duration, type, message) => {
    expect(() => sleep(duration)).toThrow(type);
    expect(() => sleep(duration)).toThrow(message);
    expect(() => new Cancelable().sleep(duration)).toThrow(message);
  });

  it('of no length still lets other tasks run', async () => {
    const order: string[] = [];
    setTimeout(() => order.push('timer'));
    await sleep(0);
    order.push('sleeper');
    expect(order).toEqual(['timer', 'sleeper']);
  });
});

describe('a yield', () => {
  it('takes a task, not only a microtask', async () => {
    let microtasks = 0;
    const op = new Cancelable();
    await op.run(async () => {
      const count = async (): Promise<void> => {
        for (let turn = 0; turn < 100; turn += 1) {
          await Promise.resolve();
          microtasks += 1;
        }
      };
      void count();
      await op.yield();
      expect(microtasks).toBe(100);
      expect(currentOperation()).toBe(op);
    });
  });

  it('stops a loop that was canceled meanwhile', async () => {
    const op = new Cancelable();
    let turns = 0;
    const running = op.settle(async () => {
      for (;;) {
        turns += 1;
        await yieldNow();
      }
    });
    setTimeout(() => op.cancel(), 5);
    expect((await running).status).toBe('canceled');
    const atTheEnd = turns;
    await sleep(5);
    expect(turns).toBe(atTheEnd);
  });

  it('stops a loop whose time is over', async () => {
    const op = new Cancelable({ timeout: 10 });
    const outcome = await op.settle(async () => {
      for (;;) await op.yield();
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
  });

  it('lets through in a loop what could cancel it: timers and messages', async () => {
    const seen = new Set<string>();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => seen.add('message');
    port2.postMessage(undefined);
    setTimeout(() => seen.add('timer'), 5);
    const started = performance.now();
    while (seen.size < 2 && performance.now() - started < 2000) await yieldNow();
    port1.close();
    expect([...seen].toSorted()).toEqual(['message', 'timer']);
  });

  it('works with faked timers', async () => {
    vi.useFakeTimers();
    await expect(new Cancelable().run((op) => op.yield())).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
