import { afterEach, describe, expect, it, vi } from 'vitest';

import { createPace } from '../../playground/server/pace.ts';
import { pause } from '../../playground/server/pause.ts';
import { countingBytes, makeFile, serve } from './serverSupport.ts';

afterEach(() => vi.useRealTimers());

const fakeTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });

describe('the pace', () => {
  it.each([1_000_000, 4_000_000, 16_000_000])('spreads %i bytes per second over steps of about 25 ms', async (rate) => {
    fakeTime();
    const controller = new AbortController();
    const pace = createPace(rate);
    const grants: { at: number; bytes: number }[] = [];
    const working = (async () => {
      for (;;) {
        const bytes = await pace(Number.MAX_SAFE_INTEGER, controller.signal);
        grants.push({ at: performance.now(), bytes });
      }
    })();
    const start = performance.now();
    await vi.advanceTimersByTimeAsync(2000);
    controller.abort();
    await expect(working).rejects.toBe(controller.signal.reason);

    const total = grants.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeLessThanOrEqual(2 * rate);
    expect(total).toBeGreaterThan(2 * rate - rate / 20);
    const waits = grants.map(({ at }, index) => at - (grants[index - 1]?.at ?? start));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30);
  });

  it('never lets a stall end in a flood', async () => {
    fakeTime();
    const pace = createPace(1_000_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await pace(Number.MAX_SAFE_INTEGER, new AbortController().signal)).toBeLessThanOrEqual(100_000);
  });

  it('keeps to a rate of one byte per second', async () => {
    fakeTime();
    const pace = createPace(1);
    const grant = pace(1000, new AbortController().signal);
    const granted = vi.fn<(bytes: number) => void>();
    void grant.then(granted);
    await vi.advanceTimersByTimeAsync(999);
    expect(granted).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(granted).toHaveBeenCalledWith(1);
  });

  it('grants everything at once without a rate', async () => {
    expect(await createPace(undefined)(123, new AbortController().signal)).toBe(123);
  });
});

describe('a pause', () => {
  it('leaves no timer when it is stopped, and no listener when it is over', async () => {
    fakeTime();
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const over = pause(10, controller.signal);
    await vi.advanceTimersByTimeAsync(10);
    await over;
    expect(removed).toHaveBeenCalledOnce();

    const stopped = pause(10_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
    await expect(pause(10_000, controller.signal)).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a transfer', () => {
  it('is never faster than its rate', async () => {
    const { sources, content } = await makeFile('data', countingBytes(100_000));
    const { url } = await serve(sources);
    const start = performance.now();
    const response = await fetch(`${url}/api/files/data?rate=250000`);
    const body = Buffer.from(await response.arrayBuffer());
    expect(performance.now() - start).toBeGreaterThan(390);
    expect(body.equals(content)).toBe(true);
  });
});
