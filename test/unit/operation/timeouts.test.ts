import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, TimeoutCancelation } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a timeout', () => {
  it('cancels with reason timeout when its time is over, on the real clock [case 50]', async () => {
    const op = new Cancelable({ timeout: 100 });
    const start = performance.now();
    let bodyEnded = false;
    const body = (): Promise<void> =>
      pause(1000).then(() => {
        bodyEnded = true;
      });
    await expect(op.run(body)).rejects.toBeInstanceOf(TimeoutCancelation);
    // No clock of an engine is that exact, and neither is the difference of two floating-point times.
    expect(performance.now() - start).toBeGreaterThan(98);
    expect(bodyEnded).toBe(false);
    expect(op.context.elapsedTime).toBeGreaterThan(98);
    expect(op.error).toMatchObject({ name: 'TimeoutError', reason: 'timeout', timeout: 100 });
    expect(op.message).toBe('Operation timed out after 100ms');
    expect(op.signal.reason).toBe(op.error);
  });

  it('is forgotten when the work was faster [case 51]', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 1000 });
    const { signal } = op;
    const onCancel = vi.fn<() => void>();
    op.onCancel(onCancel);
    const run = op.run(() => pause(10));
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(10);
    await run;
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([op.status, signal.aborted]).toEqual(['completed', false]);
    expect(onCancel).not.toHaveBeenCalled();
  });

  it.each(['cancel', 'fail'] as const)('is forgotten after %s', async (method) => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 1000 });
    const run = op.settle(untilCanceled);
    op[method]('enough');
    expect(vi.getTimerCount()).toBe(0);
    await run;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(op.reason).toBe(method === 'cancel' ? 'manual' : undefined);
  });

  it('counts from the start, not from the making', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 100 });
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(op.status).toBe('pending');
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(99);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect(op.status).toBe('canceled');
    await run;
  });

  it('counts from the start on the real clock too', async () => {
    const op = new Cancelable({ timeout: 40 });
    await pause(30);
    const start = performance.now();
    await op.settle(untilCanceled);
    expect(performance.now() - start).toBeGreaterThan(38);
  });

  it('counts on while the operation waits for its children', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 100 });
    const child = op.child();
    const run = op.settle(() => {
      void child.run(untilCanceled);
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(op.status).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(child.reason).toBe('parent');
  });

  it('is over at once for a wait that finds it passed, before any timer has run', async () => {
    const op = new Cancelable({ timeout: 5 });
    await expect(
      op.run((self) => {
        const start = performance.now();
        while (performance.now() - start < 10);
        const wait = self.wait(Promise.resolve('too late'));
        expect([self.status, self.reason]).toEqual(['canceled', 'timeout']);
        return wait;
      }),
    ).rejects.toBeInstanceOf(TimeoutCancelation);
  });

  it.each([
    ['report', (op: Cancelable) => op.report('late')],
    [
      'throwIfCanceled',
      (op: Cancelable) => {
        expect(() => op.throwIfCanceled()).toThrow('timed out');
      },
    ],
  ])('is found to be over by %s', async (_, look) => {
    const outer = new Cancelable({ timeout: 5 });
    await outer.settle(async (self) => {
      await self.child().settle((op) => {
        const start = performance.now();
        while (performance.now() - start < 10);
        look(op);
        expect([self.reason, op.reason]).toEqual(['timeout', 'parent']);
      });
    });
  });

  it.each([
    [2 ** 31, 2 ** 31],
    [{ hours: 24 * 60 }, 24 * 60 * 3_600_000],
  ])('may be longer than a timer takes: %j', async (timeout, milliseconds) => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(milliseconds - 1);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect(op.reason).toBe('timeout');
    await run;
  });

  it('that is huge does not fire at once on the real clock', async () => {
    const ops = [2 ** 31, 2 ** 32 + 1, 1e15, Number.MAX_VALUE].map((timeout) => new Cancelable({ timeout }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    await pause(30);
    expect(ops.map((op) => op.status)).toEqual(['running', 'running', 'running', 'running']);
    for (const op of ops) op.cancel();
    await Promise.all(runs);
  });

  it('of Infinity means none', async () => {
    const op = new Cancelable({ timeout: Infinity });
    await op.run((self) => expect([self.deadline, self.remaining]).toEqual([Infinity, undefined]));
    expect(op.name).toBeUndefined();
  });

  it.each([
    [{ seconds: 2 }, 2000],
    [{ minutes: 1, seconds: 30 }, 90_000],
    [{ hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }, 3_661_001],
    [{ milliseconds: 0.5 }, 0.5],
    [{ seconds: 1.5, hours: undefined as never }, 1500],
  ])('may be given in parts, which are added exactly: %j [case 54]', (timeout, milliseconds) => {
    const op = new Cancelable({ timeout });
    op.start();
    expect(op.remaining).toBeLessThanOrEqual(milliseconds);
    op.cancel();
    vi.useFakeTimers();
    const faked = new Cancelable({ timeout }).start();
    expect(faked.remaining).toBe(milliseconds);
    faked.cancel();
    const timedOut = new TimeoutCancelation(milliseconds);
    expect(timedOut.timeout).toBe(milliseconds);
  });

  it.each([
    [250, 'timeout 250ms'],
    [1500, 'timeout 1.5s'],
    [{ minutes: 1 }, 'timeout 60s'],
  ])('names an operation that has no name: %j [case 55]', (timeout, name) => {
    expect(new Cancelable({ timeout }).name).toBe(name);
    expect(new Cancelable({ timeout }).context.name).toBe(name);
    expect(new Cancelable({ timeout, name: 'load' }).name).toBe('load');
    expect(Cancelable.withTimeout(timeout).name).toBe(name);
  });

  it('is the first reason even if somebody cancels before the body has unwound [case 60]', async () => {
    const op = new Cancelable({ timeout: 5, grace: 60_000 });
    let unwinding = false;
    const run = op.settle(async (self) => {
      await untilCanceled(self).catch(() => {});
      unwinding = true;
      await pause(20);
    });
    await vi.waitUntil(() => unwinding, { interval: 1 });
    expect(op.cancel({ reason: 'unmount', message: 'me too' })).toBe(false);
    await expect(run).resolves.toMatchObject({ reason: 'timeout' });
    expect(op.reason).toBe('timeout');
  });

  it('comes second when somebody has canceled before', async () => {
    const op = new Cancelable({ timeout: 10, grace: 60_000 });
    const run = op.settle(() => pause(30));
    op.cancel('first');
    await run;
    expect([op.reason, op.message]).toEqual(['manual', 'first']);
  });
});

describe('a deadline that has passed while the code was busy', () => {
  it('of an operation above is noticed by a child without one', async () => {
    const op = new Cancelable({ timeout: 5 });
    const outcome = await op.settle((op) =>
      op.child().run((child) => {
        const until = performance.now() + 20;
        while (performance.now() < until);
        expect(op.status).toBe('running');
        child.throwIfCanceled();
      }),
    );
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
  });
});

describe('the platform timers of many timeouts', () => {
  it('fire for each operation in its time, whatever the order of the starts and of the cancels', async () => {
    const order: number[] = [];
    const starts: { readonly after: number; readonly before: number }[] = [];
    const timeoutOf = (index: number): number => 20 + ((index * 17) % 40) * 2;
    const ops = Array.from({ length: 40 }, (_, index) => new Cancelable({ timeout: timeoutOf(index), parent: null }));
    const runs = ops.map((op, index) => {
      const after = performance.now();
      const run = op.settle(untilCanceled);
      starts.push({ after, before: performance.now() });
      return run.then(() => {
        if (op.reason === 'timeout') order.push(index);
      });
    });
    for (const [index, op] of ops.entries()) if (index % 3 === 0) op.cancel();
    await Promise.all(runs);
    expect(order.toSorted((one, other) => one - other)).toEqual(
      Array.from(ops.keys()).filter((index) => index % 3 !== 0),
    );
    // On one clock: the epoch ones of two operations may be a millisecond apart.
    for (const [place, index] of order.entries()) {
      const latest = starts[index]!.before + timeoutOf(index);
      for (const earlier of order.slice(0, place)) {
        expect(starts[earlier]!.after + timeoutOf(earlier)).toBeLessThanOrEqual(latest);
      }
      expect(ops[index]!.context.elapsedTime).toBeGreaterThanOrEqual(timeoutOf(index) - 0.01);
    }
  });
});

describe('a timer of the body', () => {
  it('does not outlive its operation, however that ends', async () => {
    vi.useFakeTimers();
    await new Cancelable().run((op) => {
      void op.sleep(1000);
    });
    expect(vi.getTimerCount()).toBe(0);
    const canceled = new Cancelable();
    const canceledRun = canceled.settle((op) => op.sleep(1000));
    canceled.cancel();
    await canceledRun;
    expect(vi.getTimerCount()).toBe(0);
    await new Cancelable().settle((op) => {
      void op.sleep(1000);
      throw new Error('no');
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});
