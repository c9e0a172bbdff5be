import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  condition,
  ConditionCancelation,
  currentOperation,
  type SourceLifetime,
} from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate, type Gate } from '../operation/gate.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

describe('a condition', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('cancels when it is true, and tells its name and the number of checks [case 156]', async () => {
    let checks = 0;
    const source = condition(() => ++checks === 5, { interval: 25, name: 'queue is full' });
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(99);
    expect([op.status, checks]).toEqual(['running', 4]);
    vi.advanceTimersByTime(1);
    expect([op.status, op.reason]).toEqual(['canceled', 'condition']);
    expect(op.message).toBe('Operation canceled: queue is full condition met after 5 checks');
    expect(op.error).toBeInstanceOf(ConditionCancelation);
    expect(op.error).toMatchObject({ conditionName: 'queue is full' });
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be asynchronous [case 157]', async () => {
    let checks = 0;
    const source = condition(
      async () => {
        await Promise.resolve();
        return ++checks === 3;
      },
      { interval: 100 },
    );
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(200);
    expect([op.reason, checks]).toEqual(['condition', 3]);
    expect(op.message).toContain('3 checks');
    await run;
  });

  it('that is true from the start keeps the body from starting [case 158]', async () => {
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [condition(() => true)] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'condition' });
    expect([body.mock.calls.length, op.message, vi.getTimerCount()]).toEqual([
      0,
      'Operation canceled: condition met after 1 check',
      0,
    ]);
  });

  it('goes on after a check that throws, and reports the error [case 160]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('second check');
    let checks = 0;
    const source = condition(() => {
      checks += 1;
      if (checks === 2) throw error;
      return checks === 4;
    });
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(299);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([op.reason, reported]).toEqual(['condition', [error]]);
    expect(op.message).toContain('4 checks');
    await run;
  });

  it('goes on after an asynchronous check that fails, and reports the error [case 160]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('second check');
    let checks = 0;
    const source = condition(async () => {
      checks += 1;
      if (checks === 2) throw error;
      return checks === 4;
    });
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(300);
    expect([op.reason, reported, checks]).toEqual(['condition', [error], 4]);
    await run;
  });

  it.each([1, 2])('may end its operation itself; what check %i then throws is reported', async (last) => {
    const reported = collectReportedErrors();
    const error = new Error('after its own cancel');
    let checks = 0;
    const op: Cancelable = new Cancelable({
      sources: [
        condition(() => {
          checks += 1;
          if (checks < last) return false;
          op.cancel('by the condition');
          throw error;
        }),
      ],
    });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(500);
    await run;
    expect([op.message, checks, reported, vi.getTimerCount()]).toEqual(['by the condition', last, [error], 0]);
  });

  it('is checked every 100 ms unless told otherwise [case 162]', async () => {
    const predicate = vi.fn<() => boolean>(() => false);
    const op = new Cancelable({ sources: [condition(predicate)] });
    const run = op.settle(untilCanceled);
    expect(predicate).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(99);
    expect(predicate).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(901);
    expect(predicate).toHaveBeenCalledTimes(11);
    op.cancel();
    await run;
  });

  it.each([
    ['completion', (op: Cancelable) => op.wait(1)],
    ['a cancel', (op: Cancelable) => op.cancel()],
    ['a failure', () => Promise.reject(new Error('no'))],
  ])('is never checked again after the end by %s [case 163]', async (_, end) => {
    const predicate = vi.fn<() => boolean>(() => false);
    await new Cancelable({ sources: [condition(predicate)] }).settle<unknown>(end);
    vi.advanceTimersByTime(10_000);
    expect(predicate).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is never asked while a check is under way [case 165]', async () => {
    let running = 0;
    let most = 0;
    let checks = 0;
    const slow = async (): Promise<boolean> => {
      checks += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 350));
      running -= 1;
      return false;
    };
    const op = new Cancelable({ sources: [condition(slow, { interval: 50 })] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(1999);
    expect([most, checks]).toEqual([1, 5]);
    op.cancel();
    await run;
  });

  it('abandons a check that is under way at the end, whatever it will say', async () => {
    const reported = collectReportedErrors();
    const ends: Array<(gate: Gate<boolean>) => void> = [
      (gate) => gate.open(true),
      (gate) => gate.open(false),
      (gate) => gate.fail(new Error('late')),
    ];
    for (const end of ends) {
      const gate = createGate<boolean>();
      const op = new Cancelable({ sources: [condition(() => gate.promise)] });
      await op.run(() => 1);
      end(gate);
      await vi.advanceTimersByTimeAsync(1000);
      expect([op.status, op.reason]).toEqual(['completed', undefined]);
    }
    expect([reported, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it('gives the check a signal that is aborted when nobody waits for the answer', async () => {
    const seen: SourceLifetime[] = [];
    const source = condition((lifetime) => {
      seen.push(lifetime);
      return new Promise<boolean>(() => {});
    });
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    const { signal } = seen[0]!;
    expect(signal.aborted).toBe(false);
    op.cancel();
    expect(signal.aborted).toBe(true);
    await run;
  });

  it('is checked with no operation current', async () => {
    const seen: unknown[] = [];
    const source = condition(() => {
      seen.push(currentOperation());
      return seen.length === 3;
    });
    const outer = new Cancelable();
    const run = outer.run(() => new Cancelable({ sources: [source] }).settle(untilCanceled));
    await vi.advanceTimersByTimeAsync(200);
    await run;
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it('counts checks for each operation that it serves [case 140]', async () => {
    let isMet = false;
    const source = condition(() => isMet);
    const ops = [new Cancelable({ sources: [source] }), new Cancelable({ sources: [source] })];
    const runs = [ops[0]!.settle(untilCanceled)];
    vi.advanceTimersByTime(300);
    runs.push(ops[1]!.settle(untilCanceled));
    isMet = true;
    vi.advanceTimersByTime(100);
    await Promise.all(runs);
    expect(ops.map(({ message }) => message)).toEqual([
      'Operation canceled: condition met after 5 checks',
      'Operation canceled: condition met after 2 checks',
    ]);
  });

  it('is named by its option, else by its function, else condition [cases 166, 286]', async () => {
    const isFull = (): boolean => true;
    const rows = [
      [condition(isFull, { name: 'full' }), 'full', 'full condition met'],
      [condition(isFull), 'isFull', 'isFull condition met'],
      [condition(() => true), 'condition', 'condition met'],
      [condition(isFull, { name: '' }), 'condition', 'condition met'],
    ] as const;
    for (const [source, name, words] of rows) {
      expect([source.name, source.reason, String(source)]).toEqual([name, 'condition', `${name} (condition)`]);
      const op = new Cancelable({ sources: [source] });
      await op.settle(() => 1);
      expect(op.message).toBe(`Operation canceled: ${words} after 1 check`);
      expect(op.error).toMatchObject({ conditionName: name === 'condition' ? undefined : name });
    }
  });
});
