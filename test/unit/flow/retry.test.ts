import pRetry from 'p-retry';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable, currentOperation, isCancelation, wait } from 'use-cancelable/core';

// Retrying is the business of p-retry: `op.wrap` guards each attempt, `op.signal` the time between two of them.

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Fails as often as that, then gives `rows`. */
function createLoad(failures: number) {
  return vi.fn<(attempt: number) => Promise<string>>(async (attempt) => {
    await wait(Promise.resolve());
    if (attempt <= failures) throw new Error(`attempt ${attempt} failed`);
    return 'rows';
  });
}

const threeTimes = { retries: 2, minTimeout: 100, factor: 1 };

describe('p-retry with a wrapped function', () => {
  it('gives the value of the third attempt after two have failed [case 202]', async () => {
    const load = createLoad(2);
    const op = new Cancelable();
    let seen: unknown;
    const run = op.run(async (op) => {
      const rows = await op.wait(pRetry(op.wrap(load), { ...threeTimes, signal: op.signal }));
      seen = currentOperation();
      return rows;
    });
    await vi.advanceTimersByTimeAsync(200);
    expect(await run).toBe('rows');
    expect(load.mock.calls).toEqual([[1], [2], [3]]);
    expect(seen).toBe(op);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws the last error when all attempts have failed; that is no cancelation [case 203]', async () => {
    const load = createLoad(Infinity);
    const op = new Cancelable();
    const run = op.settle((op) => op.wait(pRetry(op.wrap(load), { ...threeTimes, signal: op.signal })));
    await vi.advanceTimersByTimeAsync(200);
    const outcome = await run;
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'attempt 3 failed' } });
    expect(isCancelation(op.error)).toBe(false);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['a cancel', undefined, (op: Cancelable) => void op.cancel('enough'), 'manual'],
    ['a timeout', 2000, () => vi.advanceTimersByTimeAsync(1000), 'timeout'],
  ])('ends at once by %s while it waits, and its timer is cleared [case 204]', async (_how, timeout, end, reason) => {
    const load = createLoad(Infinity);
    const op = new Cancelable({ timeout });
    const remove = vi.spyOn(op.signal, 'removeEventListener');
    let ofRetry: unknown;
    const run = op.settle((op) => {
      const retrying = pRetry(op.wrap(load), { retries: 2, minTimeout: 10_000, signal: op.signal });
      retrying.catch((error: unknown) => (ofRetry = error));
      return op.wait(retrying);
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(timeout === undefined ? 1 : 2);
    await end(op);
    expect(await run).toMatchObject({ status: 'canceled', reason, error: op.error });
    expect(ofRetry).toBe(op.error);
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('makes no further attempt when one is canceled in flight [case 204]', async () => {
    const load = vi.fn<() => Promise<string>>(() => new Promise(() => {}));
    const op = new Cancelable();
    const run = op.settle((op) => op.wait(pRetry(op.wrap(load), { ...threeTimes, signal: op.signal })));
    await vi.advanceTimersByTimeAsync(10);
    op.cancel('enough');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('retries what its predicate takes for a network error and nothing else [case 210]', async () => {
    class HttpError extends Error {
      readonly status: number;
      constructor(status: number) {
        super(`HTTP ${status}`);
        this.status = status;
      }
    }
    const isWorthRetrying = ({ error }: { error: Error }): boolean => !(error instanceof HttpError);
    const options = { ...threeTimes, shouldRetry: isWorthRetrying };
    const ofClient = new HttpError(404);
    const load = vi.fn<() => Promise<never>>();
    load.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockRejectedValueOnce(ofClient);
    const run = new Cancelable().settle((op) => op.wait(pRetry(op.wrap(load), { ...options, signal: op.signal })));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await run).toEqual({ status: 'failed', error: ofClient });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('makes a report per attempt, with its number [case 211]', async () => {
    const load = createLoad(2);
    const op = new Cancelable();
    const reports: unknown[] = [];
    op.onProgress((_id, message, { attempt }) => reports.push([message, attempt]));
    const run = op.run((op) => {
      const loadAndReport = op.wrap((attempt: number) => {
        currentOperation()?.report(`Attempt ${attempt}`, { attempt });
        return load(attempt);
      });
      return op.wait(pRetry(loadAndReport, { ...threeTimes, signal: op.signal }));
    });
    await vi.advanceTimersByTimeAsync(200);
    await run;
    expect(reports).toEqual([
      ['Attempt 1', 1],
      ['Attempt 2', 2],
      ['Attempt 3', 3],
    ]);
  });

  it('works as the recipe shows', async () => {
    const fetch = vi.fn<() => Promise<Response>>();
    fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    fetch.mockResolvedValueOnce(new Response(null, { status: 503 }));
    fetch.mockResolvedValueOnce(Response.json(['a row']));
    fetch.mockResolvedValueOnce(new Response(null, { status: 404 }));
    vi.stubGlobal('fetch', fetch);
    onTestFinished(() => void vi.unstubAllGlobals());
    const loadRows = (op: Cancelable): Promise<unknown> =>
      op.run((op) => {
        const load = op.wrap(async (attempt: number) => {
          op.report(`Attempt ${attempt}`, { attempt });
          const response = await op.wait(globalThis.fetch('/rows', { signal: op.signal }));
          if (!response.ok) throw new Error(`HTTP ${response.status}`, { cause: response.status });
          return await op.wait(response.json());
        });
        const isWorthRetrying = ({ error }: { error: Error }): boolean => !(Number(error.cause) < 500);
        return op.wait(pRetry(load, { retries: 2, signal: op.signal, shouldRetry: isWorthRetrying }));
      });
    const rows = loadRows(new Cancelable());
    await vi.advanceTimersByTimeAsync(3000);
    expect(await rows).toEqual(['a row']);
    await expect(loadRows(new Cancelable())).rejects.toThrow('HTTP 404');
    expect(fetch).toHaveBeenCalledTimes(4);
  });
});
