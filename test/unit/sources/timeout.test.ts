import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, timeout, TimeoutCancelation } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

describe('a timeout as a source', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('cancels after its time from the start, with reason timeout and its milliseconds', async () => {
    const op = new Cancelable({ sources: [timeout(1500)] });
    vi.advanceTimersByTime(10_000); // while pending it does not count
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(1499);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'timeout', 'Operation timed out after 1.5s']);
    expect(op.error).toBeInstanceOf(TimeoutCancelation);
    expect(op.error).toMatchObject({ timeout: 1500, name: 'TimeoutError', operation: op });
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells its own time, not that of the operation', async () => {
    const op = new Cancelable({ timeout: 5000, sources: [timeout(50)] });
    const run = op.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(50);
    await run;
    expect(op.error).toMatchObject({ timeout: 50 });
    const other = new Cancelable({ timeout: 50, sources: [timeout(5000)] });
    const otherRun = other.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(50);
    await otherRun;
    expect([other.error, vi.getTimerCount()]).toEqual([expect.objectContaining({ timeout: 50 }), 0]);
  });

  it('leaves no timer when the operation ends before', async () => {
    await expect(new Cancelable({ sources: [timeout(1000)] }).run(() => 'value')).resolves.toBe('value');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the parts of a duration, and more than a platform timer can', async () => {
    const op = new Cancelable({ sources: [timeout({ hours: 1000, seconds: 1 })] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(3_600_000_000 + 999);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect(op.reason).toBe('timeout');
    await run;
  });

  it('that is infinite never fires', async () => {
    const op = new Cancelable({ sources: [timeout(Infinity)] });
    const run = op.settle(untilCanceled);
    vi.advanceTimersByTime(2 ** 33);
    expect(op.status).toBe('running');
    op.cancel();
    await run;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('serves several operations at once, each from its own start [case 140]', async () => {
    const source = timeout(100);
    const first = new Cancelable({ sources: [source] });
    const runs = [first.settle(untilCanceled)];
    vi.advanceTimersByTime(60);
    const second = new Cancelable({ sources: [source] });
    runs.push(second.settle(untilCanceled));
    vi.advanceTimersByTime(40);
    expect([first.status, second.status]).toEqual(['canceled', 'running']);
    vi.advanceTimersByTime(60);
    expect(second.reason).toBe('timeout');
    await Promise.all(runs);
  });

  it('says what it is [case 286]', () => {
    const source = timeout(100);
    expect([source.name, source.reason, String(source)]).toEqual(['timeout', 'timeout', 'timeout (timeout)']);
  });
});
