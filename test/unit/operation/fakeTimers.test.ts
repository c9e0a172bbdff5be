import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('faked timers', () => {
  it('fire a timeout of ten seconds at once when time is advanced', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 10_000 });
    const run = op.run(untilCanceled);
    vi.advanceTimersByTime(9999);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([op.status, op.reason]).toEqual(['canceled', 'timeout']);
    await expect(run).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(op.context.elapsedTime).toBe(10_000);
  });

  it('may be installed between the making and the start', async () => {
    const op = new Cancelable({ timeout: 10_000 });
    vi.useFakeTimers();
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(10_000);
    expect(op.reason).toBe('timeout');
    await run;
  });

  it('need not be awaited for anything but timers: operations settle by themselves', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const children = [op.child(), op.child()];
    const value = await op.run(async (self) => {
      await self.wait(Promise.all(children.map((child) => child.run((each) => each.wait('x')))));
      await self.yield();
      return 'done';
    });
    expect(value).toBe('done');
    const deaf = new Cancelable();
    const run = deaf.settle(() => new Promise(() => {}));
    deaf.cancel();
    await expect(run).resolves.toMatchObject({ status: 'canceled' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('hold a timer for each timeout, and none after the last operation', async () => {
    vi.useFakeTimers();
    const ops = [300, 100, 200].map((timeout) => new Cancelable({ timeout, parent: null }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    expect(vi.getTimerCount()).toBe(3);
    vi.advanceTimersByTime(100);
    expect(ops.map((op) => op.status)).toEqual(['running', 'canceled', 'running']);
    expect(vi.getTimerCount()).toBe(2);
    vi.advanceTimersByTime(100);
    expect(ops.map((op) => op.status)).toEqual(['running', 'canceled', 'canceled']);
    ops[0]!.cancel();
    expect(vi.getTimerCount()).toBe(0);
    await Promise.all(runs);
  });

  it('fire the timeouts of operations that were started at different times', async () => {
    vi.useFakeTimers();
    const first = new Cancelable({ timeout: 100 });
    const second = new Cancelable({ timeout: 100 });
    const runs = [first.settle(untilCanceled)];
    vi.advanceTimersByTime(60);
    runs.push(second.settle(untilCanceled));
    vi.advanceTimersByTime(40);
    expect([first.status, second.status]).toEqual(['canceled', 'running']);
    vi.advanceTimersByTime(60);
    expect(second.status).toBe('canceled');
    await Promise.all(runs);
  });

  it('may leave the clock of the page alone and fake setTimeout only', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const first = new Cancelable({ timeout: 10_000, parent: null });
    const second = new Cancelable({ timeout: 10_000, parent: null });
    const third = new Cancelable({ timeout: 30_000, parent: null });
    const runs = [first.settle(untilCanceled), third.settle(untilCanceled)];
    vi.advanceTimersByTime(6000);
    runs.push(second.settle(untilCanceled));
    vi.advanceTimersByTime(4000);
    expect([first.status, second.status, third.status]).toEqual(['canceled', 'running', 'running']);
    vi.advanceTimersByTime(6000);
    expect([second.status, third.status]).toEqual(['canceled', 'running']);
    vi.advanceTimersByTime(14_000);
    expect(third.status).toBe('canceled');
    await Promise.all(runs);
  });

  it('that were cleared by the test do not stop the timeouts that come later', async () => {
    vi.useFakeTimers();
    const cleared = new Cancelable({ timeout: 1000, parent: null });
    const runs = [cleared.settle(untilCanceled)];
    vi.clearAllTimers();
    const later = new Cancelable({ timeout: 5000, parent: null });
    runs.push(later.settle(untilCanceled));
    vi.advanceTimersByTime(5000);
    expect(later.reason).toBe('timeout');
    cleared.cancel();
    await Promise.all(runs);
  });

  it('serve one test after the other, each with a clock of its own', async () => {
    for (let test = 0; test < 3; test += 1) {
      vi.useFakeTimers();
      const op = new Cancelable({ timeout: 10_000 });
      const run = op.settle(untilCanceled);
      vi.advanceTimersByTime(10_000);
      expect(op.reason).toBe('timeout');
      await run;
      vi.useRealTimers();
    }
  });

  it('serve a test although the one before left an operation running', async () => {
    vi.useFakeTimers();
    const left = new Cancelable({ timeout: 50, parent: null });
    const runs = [left.settle(untilCanceled)];
    vi.useRealTimers();
    vi.useFakeTimers();
    const op = new Cancelable({ timeout: 10_000, parent: null });
    runs.push(op.settle(untilCanceled));
    vi.advanceTimersByTime(10_000);
    expect(op.reason).toBe('timeout');
    left.cancel();
    await Promise.all(runs);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fire the grace of a body', async () => {
    vi.useFakeTimers();
    const op = new Cancelable({ grace: 10_000 });
    const run = op.settle(() => new Promise(() => {}));
    op.cancel();
    await vi.advanceTimersByTimeAsync(9999);
    expect(op.isAbandoned).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(op.isAbandoned).toBe(true);
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the real clock', () => {
  it('fires timeouts again when timers are no longer faked', async () => {
    vi.useFakeTimers();
    const faked = new Cancelable({ timeout: 10_000, parent: null });
    const runs = [faked.settle(untilCanceled)];
    vi.useRealTimers();
    const real = new Cancelable({ timeout: 20, parent: null });
    runs.push(real.settle(untilCanceled));
    await vi.waitUntil(() => real.isSettled, { timeout: 4000, interval: 5 });
    expect(real.reason).toBe('timeout');
    faked.cancel();
    await Promise.all(runs);
  });

  it('does not cancel at once what was started on a faked one', async () => {
    vi.useFakeTimers();
    const faked = new Cancelable({ timeout: 60_000, parent: null });
    const runs = [faked.settle(untilCanceled)];
    vi.useRealTimers();
    const real = new Cancelable({ timeout: 10, parent: null });
    runs.push(real.settle(untilCanceled));
    await vi.waitUntil(() => real.isSettled, { timeout: 4000, interval: 5 });
    expect(faked.status).toBe('running');
    faked.cancel();
    await Promise.all(runs);
  });

  it('of an operation that runs is not lost while timers are faked for a moment', async () => {
    const op = new Cancelable({ timeout: 30, parent: null });
    const run = op.settle(untilCanceled);
    vi.useFakeTimers();
    await new Cancelable({ timeout: 10_000, parent: null }).run(() => {});
    vi.useRealTimers();
    await new Cancelable({ timeout: 10_000, parent: null }).run(() => {});
    await vi.waitUntil(() => op.isSettled, { timeout: 4000, interval: 5 });
    expect(op.reason).toBe('timeout');
    await run;
  });

  it('knows nothing of a faked one: elapsed time is never negative', async () => {
    const op = new Cancelable();
    const run = op.run(untilCanceled);
    vi.useFakeTimers();
    expect(op.context.elapsedTime).toBeGreaterThanOrEqual(0);
    op.cancel();
    expect(op.context.elapsedTime).toBeGreaterThanOrEqual(0);
    await expect(run).rejects.toBe(op.error);
  });
});
