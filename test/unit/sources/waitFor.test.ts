import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  allOf,
  Cancelable,
  CancelationToken,
  condition,
  currentOperation,
  fromEvent,
  fromToken,
  timeout,
  waitFor,
} from 'use-cancelable/core';
import type { CustomSource } from 'use-cancelable/core';
import { createSource } from '../operation/countedSource.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { countListeners } from './countListeners.ts';

/** Tells whether the promise has fulfilled by now. */
function watch(promise: Promise<void>): () => boolean {
  let isDone = false;
  void promise.then(() => {
    isDone = true;
  });
  return () => isDone;
}

describe('waitFor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('resolves when the source fires, which is stopped once', async () => {
    const { source, fire, stops } = createSource();
    const promise = waitFor(source);
    const isDone = watch(promise);
    await vi.advanceTimersByTimeAsync(1000);
    expect([isDone(), stops()]).toEqual([false, 0]);
    fire('now');
    fire('again');
    expect(stops()).toBe(1);
    await expect(promise).resolves.toBeUndefined();
  });

  it('is a gate of all requirements', async () => {
    let count = 0;
    const source = allOf(
      timeout(500),
      condition(() => count === 3),
    );
    const isDone = watch(waitFor(source));
    count = 3;
    await vi.advanceTimersByTimeAsync(499);
    expect(isDone()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect([isDone(), vi.getTimerCount()]).toEqual([true, 0]);
  });

  it('takes an AbortSignal, and one that is aborted already', async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const promise = waitFor(controller.signal);
    expect(listeners()).toBe(1);
    controller.abort();
    await expect(promise).resolves.toBeUndefined();
    expect(listeners()).toBe(0);
    await expect(waitFor(controller.signal)).resolves.toBeUndefined();
  });

  it('does not settle in the job in which it was handed out', async () => {
    const stop = vi.fn<() => void>();
    const early: CustomSource = {
      start(fire) {
        fire();
        return stop;
      },
    };
    const promise = waitFor(early);
    const isDone = watch(promise);
    expect([isDone(), stop.mock.calls.length]).toEqual([false, 1]);
    await promise;
    expect(isDone()).toBe(true);
  });

  it('does not cancel the operation that waits, and restores it', async () => {
    const target = new EventTarget();
    const op = new Cancelable();
    const seen: unknown[] = [];
    const run = op.run(async () => {
      await waitFor(fromEvent(target, 'go'));
      seen.push(currentOperation());
      await waitFor(condition(() => true));
      seen.push(currentOperation());
      await waitFor(timeout(10));
      seen.push(currentOperation());
    });
    target.dispatchEvent(new Event('go'));
    await vi.advanceTimersByTimeAsync(10);
    await run;
    expect([op.status, seen]).toEqual(['completed', [op, op, op]]);
  });

  it('rejects as soon as the operation is canceled, and stops the source', async () => {
    const { source, fire, stops } = createSource();
    const op = new Cancelable();
    const seen: unknown[] = [];
    const run = op.settle(async () => {
      try {
        await waitFor(source);
      } catch (error) {
        seen.push(error, currentOperation());
      }
    });
    op.cancel('enough');
    fire('too late');
    await run;
    expect([seen, stops()]).toEqual([[op.error, op], 1]);
  });

  it('rejects when the source fires in the moment after the cancel', async () => {
    const token = new CancelationToken();
    const op = new Cancelable();
    const run = op.run(() => waitFor(fromToken(token)));
    token.cancel();
    op.cancel('first come'); // before the wait has told
    await expect(run).rejects.toBe(op.error);
    expect(token.state.callbacks).toBeUndefined();
  });

  it('does not start the source when the operation is over', async () => {
    const { source, starts } = createSource();
    const op = new Cancelable();
    await op.settle(async () => {
      op.cancel();
      await expect(waitFor(source)).rejects.toBe(op.error);
    });
    expect(starts()).toBe(0);
  });

  it('leaves nothing behind when the operation completes without awaiting it', async () => {
    const { source, stops } = createSource();
    let left: Promise<void> | undefined;
    await new Cancelable().run(() => {
      left = waitFor(source);
    });
    await expect(left).rejects.toMatchObject({ reason: 'parent' });
    expect(stops()).toBe(1);
  });

  it('rejects with what the source throws on start', async () => {
    const reported = collectReportedErrors();
    const error = new Error('no such sensor');
    const throwing: CustomSource = {
      start() {
        throw error;
      },
    };
    await expect(waitFor(throwing)).rejects.toBe(error);
    await expect(waitFor(allOf(throwing))).rejects.toBe(error);
    expect(reported).toEqual([]);
  });

  it('reports what the source throws after it has fired or has ended the operation', async () => {
    const reported = collectReportedErrors();
    const error = new Error('too late');
    const fireAndThrow: CustomSource = {
      start(fire) {
        fire();
        throw error;
      },
    };
    await expect(waitFor(fireAndThrow)).resolves.toBeUndefined();
    expect(reported).toEqual([error]);
    const op = new Cancelable();
    const cancelAndThrow: CustomSource = {
      start() {
        op.cancel();
        throw error;
      },
    };
    await op.settle(() => waitFor(cancelAndThrow));
    expect([op.status, reported]).toEqual(['canceled', [error, error]]);
  });

  it('works in a generator body', async () => {
    const op = new Cancelable();
    const run = op.run(function* () {
      yield* waitFor(timeout(10));
      return currentOperation();
    });
    await vi.advanceTimersByTimeAsync(10);
    await expect(run).resolves.toBe(op);
  });

  it.each([undefined, null, 5, 'load', {}, Promise.resolve()])('refuses what is no source: %s [case 254]', (value) => {
    expect(() => waitFor(value as never)).toThrow('The source of waitFor must be an AbortSignal');
  });
});
