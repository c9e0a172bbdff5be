import { afterEach, describe, expect, it, vi } from 'vitest';
import { CancelationError, isCancelation, ManualCancelation } from 'use-cancelable/core';
import { forever } from './bodies.ts';

// Vitest makes a second copy of a module outside of browsers only.

afterEach(() => {
  vi.restoreAllMocks();
});

describe('with a second copy of the package', () => {
  it('the platform timers of many timeouts are one per power of two at most, whatever the number of operations', async () => {
    // What earlier tests have armed would serve these operations too.
    vi.resetModules();
    const { Cancelable: Fresh } = await import('use-cancelable/core');
    const arm = vi.spyOn(AbortSignal, 'timeout');
    const runs = Array.from({ length: 2000 }, (_, index) => {
      // Ever shorter, so that each is the first to fire.
      const op = new Fresh({ timeout: 600_000 - index * 299, parent: null });
      const run = op.settle((self) => self.wait(forever()));
      if (index % 3 === 0) op.cancel();
      return { op, run };
    });
    const delays = arm.mock.calls.map(([delay]) => delay);
    expect(delays.length).toBeGreaterThan(5);
    expect(new Set(delays).size).toBe(delays.length);
    for (const delay of delays) expect(Math.log2(delay)).toBe(Math.floor(Math.log2(delay)));
    for (const { op } of runs) op.cancel();
    await Promise.all(runs.map(({ run }) => run));
    for (let count = 0; count < 100; count += 1) await new Fresh({ timeout: 700_000 }).run(() => {});
    expect(arm.mock.calls.length).toBe(delays.length);
  });

  it('a platform timer that was lost with its page keeps no later timeout from firing', async () => {
    vi.resetModules();
    const { Cancelable: Fresh } = await import('use-cancelable/core');
    const lost = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(new AbortController().signal);
    const start = performance.now();
    const first = new Fresh({ timeout: 5, parent: null });
    const firstEnd = first.settle((op) => op.wait(forever()));
    first.cancel();
    await firstEnd;
    expect(lost).toHaveBeenCalledOnce();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(start + 2000);
    const second = new Fresh({ timeout: 5, parent: null });
    const end = second.settle((op) => op.wait(forever()));
    clock.mockRestore();
    expect(lost).toHaveBeenCalledTimes(2);
    second.cancel();
    await end;
  });

  it('isCancelation recognizes the errors of another copy of the package, which instanceof does not', async () => {
    vi.resetModules();
    const copy = await import('use-cancelable/core');
    const error = new copy.TimeoutCancelation(5);
    expect(error).not.toBeInstanceOf(CancelationError);
    expect([isCancelation(error), copy.isCancelation(new ManualCancelation())]).toEqual([true, true]);
  });
});
