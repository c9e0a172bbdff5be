import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, type ParentCancelation } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('nested timeouts', () => {
  it('let the inner one pass without the outer, which can run another step [cases 56, 59]', async () => {
    const outer = new Cancelable({ timeout: 60 });
    const steps: unknown[] = [];
    const run = outer.run(async (op) => {
      const first = op.child({ timeout: 10 });
      steps.push(await op.wait(first.settle(untilCanceled)));
      const second = op.child({ timeout: 10 });
      return op.wait(second.run(() => 'second'));
    });
    await vi.advanceTimersByTimeAsync(10);
    await expect(run).resolves.toBe('second');
    expect(steps).toMatchObject([{ status: 'canceled', reason: 'timeout' }]);
    expect([outer.status, outer.reason]).toEqual(['completed', undefined]);
  });

  it('end the inner one with the outer budget, for reason parent [case 57]', async () => {
    const outer = new Cancelable({ timeout: 10 });
    const inner = outer.child({ timeout: 60 });
    const run = outer.settle(() => inner.run(untilCanceled));
    await vi.advanceTimersByTimeAsync(10);
    await run;
    expect([outer.reason, inner.reason]).toEqual(['timeout', 'parent']);
    expect((inner.error as ParentCancelation).parentReason).toBe('timeout');
    expect((inner.error as ParentCancelation).rootCause).toBe(outer.error);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('give the outer one the word when both are over at the same instant', async () => {
    const other = new Cancelable({ timeout: 5, parent: null });
    const outer = new Cancelable({ timeout: 10, parent: null });
    const inner = Array.from({ length: 5 }, () => outer.child({ timeout: 10 }));
    const runs = [
      other.settle(untilCanceled),
      outer.settle(() => Promise.all(inner.map((op) => op.settle(untilCanceled)))),
    ];
    await vi.advanceTimersByTimeAsync(10);
    await Promise.all(runs);
    expect(outer.reason).toBe('timeout');
    expect(inner.map((op) => op.reason)).toEqual(Array(5).fill('parent'));
  });
});

describe('timeouts of ten thousand levels', () => {
  it('that are over at the same instant end with the outermost', async () => {
    vi.useRealTimers();
    // A clock that stands still: browsers' tick every 0.1 ms or more, so that many deadlines are equal.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
    const root = new Cancelable({ parent: null, timeout: 60_000 });
    const line = [root];
    const runs = [root.settle(untilCanceled)];
    while (line.length < 10_000) {
      const child = line.at(-1)!.child({ timeout: 60_000 });
      line.push(child);
      runs.push(child.settle(untilCanceled));
    }
    clock.mockReturnValue(62_000);
    expect(() => line.at(-1)!.throwIfCanceled()).toThrow(/parent/);
    expect(line.slice(1).every((op) => op.reason === 'parent')).toBe(true);
    expect(root.reason).toBe('timeout');
    clock.mockRestore();
    await Promise.all(runs);
  });
});

describe('the remaining budget', () => {
  it('falls, is never negative, and is absent without a timeout [case 61]', async () => {
    const op = new Cancelable({ timeout: 100 });
    expect([op.remaining, op.deadline]).toEqual([undefined, undefined]);
    const run = op.settle(untilCanceled);
    const seen: Array<number | undefined> = [op.remaining];
    for (let step = 0; step < 4; step += 1) {
      vi.advanceTimersByTime(40);
      seen.push(op.remaining);
    }
    expect(seen).toEqual([100, 60, 20, 0, 0]);
    await run;
    await new Cancelable().run((free) => {
      expect([free.remaining, free.deadline]).toEqual([undefined, Infinity]);
    });
  });

  it('is the smallest of the operation and all above it', async () => {
    const start = Date.now();
    const outer = new Cancelable({ timeout: 100 });
    await outer.run(async (op) => {
      vi.advanceTimersByTime(40);
      await op.child({ timeout: 500 }).run(async (middle) => {
        expect([middle.remaining, middle.deadline! - start]).toEqual([60, 100]);
        await middle.child().run((inner) => expect(inner.remaining).toBe(60));
        await middle.child({ timeout: 10 }).run((inner) => {
          expect([inner.remaining, inner.deadline! - start]).toEqual([10, 50]);
        });
      });
    });
  });

  it('of a child no longer counts the parent that was canceled without it', async () => {
    const outer = new Cancelable({ timeout: 100 });
    const inner = outer.child({ timeout: 500 });
    const run = outer.settle(() => inner.run(untilCanceled));
    expect(inner.remaining).toBe(100);
    outer.cancel({ propagate: false });
    expect(inner.remaining).toBe(500);
    await vi.advanceTimersByTimeAsync(499);
    expect(inner.status).toBe('running');
    await vi.advanceTimersByTimeAsync(1);
    expect(inner.reason).toBe('timeout');
    await run;
  });
});
