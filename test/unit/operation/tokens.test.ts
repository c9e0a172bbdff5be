import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationError,
  CancelationToken,
  currentOperation,
  isCancelation,
  ManualCancelation,
} from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { isSettledSoon } from './nextTask.ts';
import { collectReportedErrors } from './reportedErrors.ts';

const thrownBy = (callback: () => unknown): unknown => {
  try {
    callback();
  } catch (error) {
    return error;
  }
  throw new Error('expected it to throw');
};

describe('a token', () => {
  it('is new, with an id and nothing else [case 93]', () => {
    const token = new CancelationToken();
    expect(token.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(token.id).toBe(token.id);
    expect([token.isCanceled, token.reason, token.message, token.canceledAt]).toEqual([
      false,
      undefined,
      undefined,
      undefined,
    ]);
    expect(token.signal.aborted).toBe(false);
  });

  it('is canceled with reason, message and time [case 94]', () => {
    const token = new CancelationToken();
    const before = Date.now();
    expect(token.cancel({ reason: 'manual', message: 'enough' })).toBe(true);
    expect([token.isCanceled, token.reason, token.message]).toEqual([true, 'manual', 'enough']);
    expect(token.canceledAt).toBeGreaterThanOrEqual(before);
    expect(token.canceledAt).toBeLessThanOrEqual(Date.now());
  });

  it('keeps the first reason, message and time [case 95]', () => {
    vi.useFakeTimers();
    const token = new CancelationToken();
    token.cancel({ reason: 'hidden', message: 'first' });
    const { canceledAt } = token;
    vi.advanceTimersByTime(100);
    expect(token.cancel({ reason: 'timeout', message: 'second' })).toBe(false);
    vi.useRealTimers();
    expect([token.reason, token.message, token.canceledAt]).toEqual(['hidden', 'first', canceledAt]);
  });

  it('lets one wait for its cancelation [case 97]', async () => {
    const token = new CancelationToken();
    const waiting = token.whenCanceled();
    expect(await isSettledSoon(waiting)).toBe(false);
    setTimeout(() => token.cancel('now'), 10);
    await waiting;
    expect(token.isCanceled).toBe(true);
    await token.whenCanceled();
  });

  it('in an operation that was canceled rejects like every wait', async () => {
    const token = new CancelationToken();
    const op = new Cancelable({ parent: null });
    let error: unknown;
    let current: Cancelable | undefined;
    const run = op.settle(async (self) => {
      try {
        await untilCanceled(self);
      } catch {
        current = currentOperation();
        error = await token.whenCanceled().catch((thrown: unknown) => thrown);
      }
    });
    op.cancel();
    await run;
    expect([current, op.isAbandoned]).toEqual([op, false]);
    expect(error).toBe(op.error);
  });

  it('stops waiting when the operation that waits is canceled', async () => {
    const token = new CancelationToken();
    const op = new Cancelable({ parent: null });
    const run = op.run(() => token.whenCanceled());
    op.cancel('enough');
    await expect(run).rejects.toBe(op.error);
    expect([op.isAbandoned, token.isCanceled]).toEqual([false, false]);
  });

  it('throws nothing while it is live [case 98]', async () => {
    const token = new CancelationToken();
    expect(() => token.check()).not.toThrow();
    await expect(token.checkAsync()).resolves.toBeUndefined();
  });

  it('throws its own kind of error from check, with a default message [case 99]', () => {
    const token = new CancelationToken();
    token.cancel();
    const error = thrownBy(() => token.check());
    expect(error).toBeInstanceOf(ManualCancelation);
    expect(error).toMatchObject({ message: 'Operation canceled via token', reason: 'manual' });
    expect(token.message).toBe('Operation canceled via token');
  });

  it('rejects checkAsync with the AbortError of its signal, with the given message [case 100]', async () => {
    const token = new CancelationToken();
    token.cancel('The user pressed Stop');
    const error: unknown = await token.checkAsync().catch((thrown: unknown) => thrown);
    expect(error).toBe(token.signal.reason);
    expect((error as Error).name).toBe('AbortError');
    expect((error as Error).message).toContain('The user pressed Stop');
  });

  it('has errors that are both cancelations and can be told apart [case 102]', async () => {
    const token = new CancelationToken();
    token.cancel();
    const checked = thrownBy(() => token.check());
    const rejected: unknown = await token.checkAsync().catch((thrown: unknown) => thrown);
    expect([isCancelation(checked), isCancelation(rejected)]).toEqual([true, true]);
    expect([(checked as Error).name, (rejected as Error).name]).toEqual(['ManualCancelation', 'AbortError']);
    expect([checked, rejected].map((error) => error instanceof CancelationError)).toEqual([true, true]);
  });

  it('answers without throwing [case 103]', () => {
    const token = new CancelationToken();
    expect(token.isCanceled).toBe(false);
    token.cancel();
    expect(token.isCanceled).toBe(true);
  });

  it('is itself and no other, as key and in comparison [case 111]', () => {
    const [first, second] = [new CancelationToken(), new CancelationToken()];
    expect(first).not.toBe(second);
    expect(new Set([first, second, first]).size).toBe(2);
    expect(new Map([[first, 'first']]).get(second)).toBeUndefined();
  });

  it('can be printed, before and after [case 112]', () => {
    const token = new CancelationToken();
    expect(String(token)).toContain(token.id.slice(0, 8));
    expect(String(token)).toContain('active');
    token.cancel({ reason: 'hidden' });
    expect(String(token)).toContain('canceled');
    expect(String(token)).toContain('hidden');
    expect(String(token)).not.toContain('active');
  });

  it('is canceled by exactly one of many calls at once [case 113]', async () => {
    const token = new CancelationToken();
    const { port1, port2 } = new MessageChannel();
    const answers: boolean[] = [];
    const all = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        answers.push(token.cancel('by message'));
        if (answers.length === 10) resolve();
      };
    });
    for (let count = 0; count < 5; count += 1) {
      port2.postMessage(count);
      void Promise.resolve().then(() => answers.push(token.cancel('by job')));
    }
    await all;
    port1.close();
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(token.message).toBe('by job');
  });
});

describe('a callback of a token', () => {
  it('is called once, with the token, which tells why [case 104]', () => {
    const token = new CancelationToken();
    const calls: unknown[] = [];
    token.onCancel((canceled) => calls.push([canceled, canceled.reason, canceled.message]));
    token.cancel('Timeout reached');
    token.cancel('again');
    expect(calls).toEqual([[token, 'manual', 'Timeout reached']]);
  });

  it('is called before onCancel returns when the token is canceled already, once [case 105]', () => {
    const token = new CancelationToken();
    token.cancel();
    const callback = vi.fn<() => void>();
    token.onCancel(callback);
    expect(callback).toHaveBeenCalledExactlyOnceWith(token);
    token.cancel();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('that throws keeps no other from being called, and cancel says true [case 106]', () => {
    const reported = collectReportedErrors();
    const token = new CancelationToken();
    const error = new Error('callback');
    const good = vi.fn<() => void>();
    token.onCancel(() => {
      throw error;
    });
    token.onCancel(() => Promise.reject(error));
    token.onCancel(good);
    expect(token.cancel()).toBe(true);
    expect(good).toHaveBeenCalledOnce();
    expect(reported[0]).toBe(error);
  });

  it('that throws at once does not throw at whoever registers it [case 107]', () => {
    const reported = collectReportedErrors();
    const token = new CancelationToken();
    token.cancel();
    const error = new Error('callback');
    const throwing = (): never => {
      throw error;
    };
    expect(() => token.onCancel(throwing)).not.toThrow();
    expect(reported).toEqual([error]);
  });

  it('is not called after it was unregistered [case 110]', () => {
    const token = new CancelationToken();
    const [removed, kept] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const dispose = token.onCancel(removed);
    token.onCancel(kept);
    dispose();
    dispose();
    token.cancel();
    expect(removed).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledOnce();
  });

  it('is unregistered alone when the same function stands there twice', () => {
    const token = new CancelationToken();
    const callback = vi.fn<() => void>();
    const dispose = token.onCancel(callback);
    token.onCancel(callback);
    dispose();
    dispose();
    token.cancel();
    expect(callback).toHaveBeenCalledOnce();
  });
});

describe('the signal of a token', () => {
  it('is aborted with a cancelation that has reason and message', () => {
    const token = new CancelationToken();
    const { signal } = token;
    token.cancel({ reason: 'hidden', message: 'away', cause: 'the tab' });
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toMatchObject({ name: 'AbortError', reason: 'hidden', message: 'away', cause: 'the tab' });
    expect(token.signal).toBe(signal);
  });

  it('is aborted from the beginning when it is first read after the cancel', () => {
    const token = new CancelationToken();
    token.cancel('before');
    expect(token.signal.aborted).toBe(true);
    expect(token.signal.reason).toMatchObject({ message: 'before' });
  });
});
