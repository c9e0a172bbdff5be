import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, createRegistry, type OperationSnapshot } from 'use-cancelable/core';
import { cancel, complete, fail, startRunning } from './operations.ts';

const idsOf = (snapshots: readonly OperationSnapshot[]): string[] => snapshots.map(({ id }) => id);

afterEach(() => {
  vi.useRealTimers();
});

describe('cleanup', () => {
  it('moves what has ended to the history, but for failed ones [case 264]', async () => {
    const own = createRegistry();
    const running = startRunning({ id: 'running' });
    own.register(await complete({ id: 'completed' }));
    own.register(await fail({ id: 'failed' }));
    own.register(await cancel({ id: 'canceled' }));
    own.register(running);
    expect(own.cleanup()).toBe(2);
    expect(idsOf(own.list())).toEqual(['failed', 'running']);
    expect(idsOf(own.history())).toEqual(['completed', 'canceled']);
    expect(own.cleanup()).toBe(0);
    expect(own.cleanup({ keepFailed: false })).toBe(1);
    expect(idsOf(own.list())).toEqual(['running']);
    running.cancel();
  });

  it('takes only what ended longer ago than it is told [case 265]', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') });
    const own = createRegistry();
    own.register(await complete({ id: 'two hours ago' }));
    vi.advanceTimersByTime(90 * 60_000);
    own.register(await complete({ id: 'half an hour ago' }));
    vi.advanceTimersByTime(30 * 60_000);
    expect(own.cleanup({ olderThan: { hours: 1 } })).toBe(1);
    expect(idsOf(own.list())).toEqual(['half an hour ago']);
    expect(idsOf(own.history())).toEqual(['two hours ago']);
    expect(own.cleanup({ olderThan: 0 })).toBe(1);
  });

  it.each([
    [{ older: 1 }, TypeError, 'unknown option "older"'],
    [{ olderThan: -1 }, RangeError, 'Option "olderThan"'],
    [{ olderThan: 'an hour' }, TypeError, 'Option "olderThan"'],
    [{ keepFailed: 'no' }, TypeError, 'Option "keepFailed" must be true or false; got "no" (string).'],
    [true, TypeError, 'The options of cleanup must be an object'],
  ])('refuses %j', async (options, kind, words) => {
    const own = createRegistry();
    own.register(await complete());
    expect(() => own.cleanup(options as never)).toThrow(kind);
    expect(() => own.cleanup(options as never)).toThrow(words);
    expect(own.list()).toHaveLength(1);
  });
});

describe('statistics', () => {
  it('count what runs and what has run, and how long it took [case 266]', async () => {
    vi.useFakeTimers();
    const own = createRegistry();
    const running = [startRunning({ register: own }), startRunning({ register: own })];
    for (const seconds of [1, 2, 3]) {
      const op = new Cancelable({ parent: null, register: own });
      const run = op.run((self) => self.sleep({ seconds }));
      await vi.advanceTimersByTimeAsync(seconds * 1000);
      await run;
    }
    expect(own.statistics()).toEqual({
      active: 2,
      byStatus: { pending: 0, running: 2, shielded: 0, completed: 0, canceled: 0, failed: 0 },
      history: 3,
      totalCompleted: 3,
      totalCanceled: 0,
      totalFailed: 0,
      averageDuration: 2000,
    });
    for (const op of running) op.cancel();
  });

  it('count an operation once, whether it stays listed or not; the average is of completed ones', async () => {
    const own = createRegistry();
    expect(own.statistics()).toMatchObject({ active: 0, history: 0, averageDuration: undefined });
    const kept = new Cancelable({ parent: null });
    own.register(kept);
    await kept.settle(() => Promise.reject(new Error('failed')));
    await cancel({ register: own });
    expect(own.statistics()).toMatchObject({
      active: 0,
      byStatus: { failed: 1 },
      history: 1,
      totalFailed: 1,
      totalCanceled: 1,
      totalCompleted: 0,
      averageDuration: undefined,
    });
    own.unregister(kept);
    own.register(kept);
    expect(own.statistics()).toMatchObject({ totalFailed: 1, history: 2 });
    own.unregister(kept);
    own.register(kept, { keep: false });
    expect(own.statistics()).toMatchObject({ totalFailed: 1, history: 2 });
    own.clear();
    expect(own.statistics()).toMatchObject({ byStatus: { failed: 0 }, history: 0, totalFailed: 0, totalCanceled: 0 });
  });
});
