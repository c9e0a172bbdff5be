import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, wait, type OperationContext } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { collectReportedErrors } from './reportedErrors.ts';

/** Writes down each call: kind, status at that time, and what came with it. */
function record(op: Cancelable): unknown[] {
  const calls: unknown[] = [];
  op.onStart(({ status }) => calls.push(['start', status]))
    .onComplete(({ status }) => calls.push(['complete', status]))
    .onCancel(({ status, cancelReason }) => calls.push(['cancel', status, cancelReason]))
    .onError(({ status }, error) => calls.push(['error', status, error]));
  return calls;
}

describe('the callbacks of a run', () => {
  it('are start and complete when it ends well, around the body, before the caller goes on [case 83]', async () => {
    const order: unknown[] = [];
    const op = new Cancelable();
    op.onStart((context) => order.push(['start', context.status, context.endTime]));
    op.onComplete((context) => order.push(['complete', context.status, typeof context.endTime]));
    await op.run(async () => {
      order.push('body');
      await Promise.resolve();
      order.push('end of the body');
    });
    order.push('the caller');
    expect(order).toEqual([
      ['start', 'running', undefined],
      'body',
      'end of the body',
      ['complete', 'completed', 'number'],
      'the caller',
    ]);
  });

  it('are cancel, once, with reason and duration, when a timeout fires [cases 84, 86]', async () => {
    const contexts: OperationContext[] = [];
    const op = new Cancelable({ timeout: 10 });
    const calls = record(op);
    op.onCancel((context) => contexts.push(context));
    await op.settle(untilCanceled);
    op.cancel();
    expect(calls).toEqual([
      ['start', 'running'],
      ['cancel', 'canceled', 'timeout'],
    ]);
    expect(contexts).toEqual([op.context]);
    expect(contexts[0]!.elapsedTime).toBeGreaterThan(0);
  });

  it('are error, with the context and the very same error, when the body throws [case 85]', async () => {
    const error = new Error('no');
    const op = new Cancelable();
    const calls = record(op);
    await expect(op.run(() => Promise.reject(error))).rejects.toBe(error);
    expect(calls).toEqual([
      ['start', 'running'],
      ['error', 'failed', error],
    ]);
  });

  it.each([
    ['cancel', (op: Cancelable) => void op.cancel(), ['cancel', 'canceled', 'manual']],
    ['fail', (op: Cancelable) => op.fail('no'), ['error', 'failed', 'no']],
  ])('tell of the end at the very call of %s', async (_, end, expected) => {
    const op = new Cancelable();
    const calls = record(op);
    const run = op.settle(untilCanceled);
    end(op);
    expect(calls).toEqual([['start', 'running'], expected]);
    await run;
    expect(calls).toHaveLength(2);
  });

  it('are cancel alone for a pending operation that is canceled', async () => {
    const op = new Cancelable();
    const calls = record(op);
    op.cancel({ reason: 'unmount' });
    await op.settle(() => 1);
    expect(calls).toEqual([['cancel', 'canceled', 'unmount']]);
  });

  it('are cancel alone when the token was canceled before, and the body is not called [case 92]', async () => {
    const token = new CancelationToken();
    token.cancel('too early');
    const op = new Cancelable({ token });
    const calls = record(op);
    const body = vi.fn<() => void>();
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'manual', message: 'too early' });
    expect(calls).toEqual([['cancel', 'canceled', 'manual']]);
    expect(body).not.toHaveBeenCalled();
    expect(op.context.startTime).toBeUndefined();
  });

  it('are cancel when the body ends the operation with an error made by hand', async () => {
    const op = new Cancelable();
    const calls = record(op);
    const token = new CancelationToken();
    token.cancel({ reason: 'hidden' });
    await op.settle(() => token.check());
    expect(calls).toEqual([
      ['start', 'running'],
      ['cancel', 'canceled', 'hidden'],
    ]);
  });

  it('come before the waits of the body are told', async () => {
    const order: string[] = [];
    const op = new Cancelable().onCancel(() => void order.push('callback'));
    const run = op.settle((self) => untilCanceled(self).catch(() => order.push('body')));
    op.cancel();
    await run;
    expect(order).toEqual(['callback', 'body']);
  });
});

describe('a callback that throws', () => {
  it('or rejects at the end of a run changes neither value nor status [case 87]', async () => {
    const reported = collectReportedErrors();
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    const op = new Cancelable()
      .onComplete(() => {
        throw thrown;
      })
      .onComplete(() => Promise.reject(rejected));
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect(op.status).toBe('completed');
    expect(reported).toEqual([thrown, rejected]);
  });

  it('does not hide the error of the body [case 88]', async () => {
    const reported = collectReportedErrors();
    const [error, other] = [new Error('of the body'), new Error('of the callback')];
    const op = new Cancelable().onError(() => {
      throw other;
    });
    await expect(op.run(() => Promise.reject(error))).rejects.toBe(error);
    expect([op.status, op.error]).toEqual(['failed', error]);
    expect(reported).toEqual([other]);
  });

  it('at the start does not keep the body from running', async () => {
    const reported = collectReportedErrors();
    const error = new Error('start');
    const op = new Cancelable().onStart(() => {
      throw error;
    });
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect(reported).toEqual([error]);
  });

  it('at the cancel does not keep the others from being called, and cancel says true', () => {
    const reported = collectReportedErrors();
    const others = vi.fn<() => void>();
    const op = new Cancelable()
      .onCancel(() => {
        throw new Error('first');
      })
      .onCancel(others);
    expect(op.cancel()).toBe(true);
    expect(others).toHaveBeenCalledOnce();
    expect(reported).toHaveLength(1);
  });

  it('that waits when its operation is canceled is no error', async () => {
    const reported = collectReportedErrors();
    const parent = new Cancelable();
    const op = parent.child().onStart(async () => {
      await wait(new Promise(() => {}));
    });
    op.onProgress(async () => {
      await op.sleep(60_000);
    });
    const run = parent.settle(() => op.run(() => 1));
    op.report('half');
    parent.cancel();
    await run;
    await op.closed;
    expect(reported).toEqual([]);
  });

  it('is told to console.error where the platform has no reportError', () => {
    vi.stubGlobal('reportError', undefined);
    const write = vi.spyOn(console, 'error').mockReturnValue();
    const error = new Error('callback');
    new Cancelable()
      .onCancel(() => {
        throw error;
      })
      .cancel();
    const calls = write.mock.calls;
    write.mockRestore();
    vi.unstubAllGlobals();
    expect(calls).toEqual([[error]]);
  });
});

describe('the registration', () => {
  it('can be chained, and callbacks of one kind are called in its order [case 90]', async () => {
    const order: string[] = [];
    const op = new Cancelable();
    const same = op
      .onComplete(() => order.push('first'))
      .onStart(() => order.push('start'))
      .onComplete(() => order.push('second'))
      .onCancel(() => {})
      .onError(() => {})
      .onProgress(() => {})
      .onComplete(() => order.push('third'));
    expect(same).toBe(op);
    await op.run(() => {});
    expect(order).toEqual(['start', 'first', 'second', 'third']);
  });

  it('ends with a signal', async () => {
    const controller = new AbortController();
    const [removed, kept] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const op = new Cancelable();
    for (const register of ['onStart', 'onComplete', 'onCancel', 'onError'] as const) {
      op[register](removed, { signal: controller.signal });
    }
    op.onComplete(kept, { signal: new AbortController().signal });
    controller.abort();
    await op.run(() => {});
    expect(removed).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledOnce();
  });

  it('with a signal that is aborted already is none', () => {
    const callback = vi.fn<() => void>();
    new Cancelable().onCancel(callback, { signal: AbortSignal.abort() }).cancel();
    expect(callback).not.toHaveBeenCalled();
  });

  it('leaves no listener on the signal behind when the operation has ended', async () => {
    const { signal } = new AbortController();
    const [add, remove] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    for (let count = 0; count < 10; count += 1) {
      await new Cancelable().onComplete(() => {}, { signal }).run(() => {});
      new Cancelable().onCancel(() => {}, { signal }).cancel();
    }
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });

  it('of the same function twice counts twice', () => {
    const callback = vi.fn<() => void>();
    new Cancelable().onCancel(callback).onCancel(callback).cancel();
    expect(callback).toHaveBeenCalledTimes(2);
  });

  it('during a delivery counts from the next one on', async () => {
    const late = vi.fn<() => void>();
    const op = new Cancelable();
    op.onComplete(() => void op.onComplete(late));
    await op.run(() => {});
    expect(late).not.toHaveBeenCalled();
  });
});
