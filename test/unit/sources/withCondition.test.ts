import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, ConditionCancelation, timeout } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

const wrong = (value: unknown): never => value as never;

describe('Cancelable.withCondition', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('makes an operation that a condition cancels [case 156]', async () => {
    let checks = 0;
    const op = Cancelable.withCondition(() => ++checks === 3, { interval: 10, conditionName: 'full', name: 'load' });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(20);
    expect([op.name, op.status, op.reason]).toEqual(['load', 'canceled', 'condition']);
    expect(op.error).toBeInstanceOf(ConditionCancelation);
    expect(op.error).toMatchObject({ conditionName: 'full' });
    await run;
  });

  it('is not checked before the start', () => {
    const predicate = vi.fn<() => boolean>(() => false);
    Cancelable.withCondition(predicate);
    vi.advanceTimersByTime(1000);
    expect(predicate).not.toHaveBeenCalled();
  });

  it('takes the options of any operation, sources and a timeout among them [case 128]', async () => {
    const predicate = vi.fn<() => boolean>(() => false);
    const op = Cancelable.withCondition(predicate, { timeout: 200, sources: [timeout(5000)] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(200);
    await run;
    expect([op.reason, vi.getTimerCount()]).toEqual(['timeout', 0]);
    expect(predicate.mock.calls.length).toBeLessThan(10);
  });

  it('has followers of its token tell the name of the condition too', async () => {
    let isFull = false;
    const op = Cancelable.withCondition(() => isFull, { conditionName: 'full', parent: null });
    const followers = [new Cancelable({ token: op.token, parent: null }), op.combine()];
    const runs = [op, ...followers].map((each) => each.settle(untilCanceled));
    isFull = true;
    vi.advanceTimersByTime(100);
    await Promise.all(runs);
    for (const { error } of followers) expect(error).toMatchObject({ conditionName: 'full', cause: op.error });
  });

  it('refuses what makes no sense, and leaves nothing behind [cases 161, 254]', () => {
    const parent = new Cancelable();
    const rows: Array<[unknown, unknown, typeof Error, string]> = [
      [5, {}, TypeError, 'predicate'],
      [() => true, { interval: 0 }, RangeError, '"interval"'],
      [() => true, { conditionName: 5 }, TypeError, '"conditionName"'],
      [() => true, { timeout: -1 }, RangeError, '"timeout"'],
      [() => true, { intervall: 5 }, TypeError, 'withCondition: unknown option "intervall"; known are'],
      [() => true, { intervall: 5 }, TypeError, '"interval", "conditionName"'],
      [() => true, null, TypeError, 'options of withCondition'],
    ];
    for (const [predicate, options, type, words] of rows) {
      const given = options === null ? null : { parent, ...(options as object) };
      const make = (): Cancelable => Cancelable.withCondition(wrong(predicate), wrong(given));
      expect(make).toThrow(type);
      expect(make).toThrow(words);
    }
    expect(parent.children).toEqual([]);
  });

  it('leaves the object of the caller as it was', () => {
    const options = Object.freeze({ interval: 5, conditionName: 'full', sources: Object.freeze([]) });
    expect(Cancelable.withCondition(() => false, options).status).toBe('pending');
  });
});
