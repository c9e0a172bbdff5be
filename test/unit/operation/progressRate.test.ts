import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

// Units per second and remaining seconds, where reports of `current` and `total` come without them.

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Reports a steady advance, one report per step. */
async function advance(
  op: Cancelable,
  { steps, every, by, total }: { steps: number; every: number; by: number; total?: number },
): Promise<void> {
  for (let step = 0; step <= steps; step += 1) {
    op.report('x', total === undefined ? { current: step * by } : { current: step * by, total });
    if (step < steps) vi.advanceTimersByTime(every);
  }
}

const within = async (body: (op: Cancelable) => unknown): Promise<void> => {
  await new Cancelable().run(body);
};

describe('rate and eta', () => {
  it('are unknown after the first report', () =>
    within((op) => {
      op.report('x', { current: 10, total: 100 });
      expect(op.progress).toMatchObject({ rate: undefined, eta: undefined });
    }));

  it('are units per second and seconds', () =>
    within(async (op) => {
      await advance(op, { steps: 5, every: 1000, by: 100, total: 1000 });
      expect(op.progress.rate).toBeCloseTo(100, 6);
      expect(op.progress.eta).toBeCloseTo(5, 6);
    }));

  it.each([1, 10, 16, 100, 10_000])('are right for one report every %i ms', (every) =>
    within(async (op) => {
      await advance(op, { steps: 200, every, by: 3, total: 1200 });
      expect(op.progress.rate).toBeCloseTo(3000 / every, 6);
      expect(op.progress.eta).toBeCloseTo((1200 - 600) / (3000 / every), 6);
    }),
  );

  it('follow a change of speed within a few seconds', () =>
    within(async (op) => {
      await advance(op, { steps: 50, every: 100, by: 100, total: 100_000 });
      expect(op.progress.rate).toBeCloseTo(1000, 6);
      let current = 5000;
      for (let step = 0; step < 50; step += 1) {
        vi.advanceTimersByTime(100);
        current += 10;
        op.report('slower', { current, total: 100_000 });
      }
      expect(op.progress.rate).toBeGreaterThan(99);
      expect(op.progress.rate).toBeLessThan(120);
    }));

  it('do not jump with single reports', () =>
    within(async (op) => {
      await advance(op, { steps: 50, every: 100, by: 100, total: 100_000 });
      vi.advanceTimersByTime(1);
      op.report('two at once', { current: 5100, total: 100_000 });
      expect(op.progress.rate).toBeGreaterThan(900);
      expect(op.progress.rate).toBeLessThan(1300);
    }));

  it('are smooth where the work comes in gusts', () =>
    within((op) => {
      let current = 0;
      for (let step = 0; step < 100; step += 1) {
        op.report('x', { current, total: 100_000 });
        current += step % 2 === 0 ? 50 : 150;
        vi.advanceTimersByTime(100);
      }
      expect(op.progress.rate).toBeGreaterThan(900);
      expect(op.progress.rate).toBeLessThan(1100);
    }));

  it('are not spoiled for long by a first gust', () =>
    within((op) => {
      op.report('x', { current: 0, total: 1000 });
      vi.advanceTimersByTime(1);
      op.report('x', { current: 100, total: 1000 });
      vi.advanceTimersByTime(100);
      op.report('x', { current: 110, total: 1000 });
      expect(op.progress.rate).toBeGreaterThan(100);
      expect(op.progress.rate).toBeLessThan(2000);
    }));

  it('reach callbacks too, beside what was reported', () =>
    within((op) => {
      const got: unknown[] = [];
      op.onProgress((_id, _message, metadata) => got.push(metadata));
      op.report('x', { current: 0, total: 100, file: 'a' });
      vi.advanceTimersByTime(1000);
      op.report('x', { current: 20, total: 100, file: 'a' });
      expect(got).toEqual([
        { current: 0, total: 100, file: 'a' },
        { current: 20, total: 100, file: 'a', rate: 20, eta: 4 },
      ]);
    }));

  it('are those of the report where it has some', () =>
    within(async (op) => {
      await advance(op, { steps: 3, every: 1000, by: 100, total: 1000 });
      vi.advanceTimersByTime(1000);
      op.report('x', { current: 400, total: 1000, rate: 7, eta: 99 });
      expect(op.progress).toMatchObject({ rate: 7, eta: 99 });
    }));

  it('use a given rate for the remaining time', () =>
    within((op) => {
      op.report('x', { current: 400, total: 1000, rate: 60 });
      expect(op.progress).toMatchObject({ rate: 60, eta: 10 });
    }));

  it('have a rate but no remaining time without a total', () =>
    within(async (op) => {
      await advance(op, { steps: 5, every: 1000, by: 100 });
      expect(op.progress.rate).toBeCloseTo(100, 6);
      expect(op.progress.eta).toBeUndefined();
    }));

  it('start anew when the work does', () =>
    within(async (op) => {
      await advance(op, { steps: 5, every: 1000, by: 100, total: 1000 });
      vi.advanceTimersByTime(1000);
      op.report('Once more', { current: 0, total: 1000 });
      expect(op.progress).toMatchObject({ rate: undefined, eta: undefined });
      vi.advanceTimersByTime(1000);
      op.report('x', { current: 10, total: 1000 });
      expect(op.progress).toMatchObject({ rate: 10, eta: 99 });
    }));

  it('are never negative, infinite or NaN', () =>
    within((op) => {
      for (const [current, total] of [
        [0, 10],
        [0, 10],
        [5, 10],
        [5, 10],
        [20, 10],
        [-5, 10],
        [3, 0],
        [1e308, 1],
        [-1e308, 1],
        [1e308, 1e308],
      ] as const) {
        op.report('x', { current, total });
        for (const value of [op.progress.rate, op.progress.eta]) {
          expect(value === undefined || (value >= 0 && value < Infinity)).toBe(true);
        }
        vi.advanceTimersByTime(100);
      }
    }));

  it('are unknown while nothing moves from the start', () =>
    within(async (op) => {
      await advance(op, { steps: 5, every: 1000, by: 0, total: 100 });
      expect(op.progress.eta).toBeUndefined();
      expect(op.progress.rate ?? 0).toBe(0);
    }));

  it('have no remaining time left when all is done', () =>
    within(async (op) => {
      await advance(op, { steps: 10, every: 1000, by: 10, total: 100 });
      expect(op.progress.eta).toBe(0);
    }));

  it("are each operation's own", async () => {
    const parent = new Cancelable();
    await parent.run(() =>
      parent.child().run(async (child) => {
        await advance(child, { steps: 5, every: 1000, by: 100, total: 1000 });
        expect(child.progress.rate).toBeCloseTo(100, 6);
        expect(parent.progress).toMatchObject({ rate: undefined, eta: undefined, current: undefined });
      }),
    );
  });

  it('are computed from progress alone by nobody', () =>
    within((op) => {
      op.report('x', { progress: 10 });
      vi.advanceTimersByTime(1000);
      op.report('x', { progress: 20 });
      expect(op.progress).toMatchObject({ rate: undefined, eta: undefined });
    }));

  it('stay as they were when the operation is canceled', async () => {
    const op = new Cancelable();
    await op.settle(async () => {
      await advance(op, { steps: 5, every: 1000, by: 100, total: 1000 });
      op.cancel();
    });
    vi.advanceTimersByTime(60_000);
    expect(op.progress.rate).toBeCloseTo(100, 6);
    expect(op.progress.eta).toBeCloseTo(5, 6);
  });
});
