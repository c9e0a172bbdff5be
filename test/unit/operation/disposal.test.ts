import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, currentOperation } from 'use-cancelable/core';
import { asyncDispose } from './asyncDispose.ts';
import { forever, untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon, nextTask } from './nextTask.ts';
import { collectReportedErrors } from './reportedErrors.ts';

describe('start', () => {
  it('makes the operation run without a body, and returns it', () => {
    const onStart = vi.fn<() => void>();
    const op = new Cancelable().onStart(onStart);
    expect(op.start()).toBe(op);
    expect([op.status, op.isRunning]).toEqual(['running', true]);
    expect(op.context.startTime).toBeTypeOf('number');
    expect(onStart).toHaveBeenCalledExactlyOnceWith(op.context);
    op.cancel();
  });

  it('throws the cancelation when a source has already fired, and calls no start callback', () => {
    const token = new CancelationToken();
    token.cancel('stop');
    const onStart = vi.fn<() => void>();
    const op = new Cancelable({ token }).onStart(onStart);
    expect(() => op.start()).toThrow('stop');
    expect([op.status, op.reason]).toEqual(['canceled', 'manual']);
    expect(onStart).not.toHaveBeenCalled();
    const canceled = new Cancelable();
    canceled.cancel('before');
    expect(() => canceled.start()).toThrow('before');
  });

  it('throws under a parent that has ended, and holds up nobody', async () => {
    const parent = new Cancelable();
    parent.cancel();
    expect(() => parent.child().start()).toThrow(/parent/);
    const running = new Cancelable();
    await running.run((op) => {
      expect(() => op.child({ signal: AbortSignal.abort() }).start()).toThrow(/signal/);
    });
    expect(running.status).toBe('completed');
  });

  it('throws what a source throws on start', async () => {
    const error = new Error('no such sensor');
    const op = new Cancelable({
      sources: [
        {
          start() {
            throw error;
          },
        },
      ],
    });
    expect(() => op.start()).toThrow(error);
    expect(op.status).toBe('failed');
    await op.closed;
  });

  it('is refused a second time, and after a run', async () => {
    const op = new Cancelable().start();
    expect(() => op.start()).toThrow(/already run/);
    await expect(op.run(() => 1)).rejects.toThrow(/already run/);
    op.cancel();
    const ran = new Cancelable();
    await ran.run(() => 1);
    expect(() => ran.start()).toThrow(/already run.*completed/s);
  });

  it('does not wait for start callbacks, but the end does', async () => {
    const gate = createGate();
    const op = new Cancelable().onStart(() => gate.promise).start();
    expect(op.status).toBe('running');
    const disposal = op[asyncDispose]();
    expect(await isSettledSoon(disposal)).toBe(false);
    gate.open();
    await disposal;
    expect(op.status).toBe('completed');
  });

  it('does not change the current operation', async () => {
    const op = new Cancelable({ parent: null }).start();
    expect(currentOperation()).toBeUndefined();
    expect(new Cancelable().parent).toBeUndefined();
    await op.wait(nextTask());
    expect(currentOperation()).toBeUndefined();
    await op[asyncDispose]();
  });

  it('makes a parent wait for the end', async () => {
    const parent = new Cancelable();
    let started: Cancelable | undefined;
    const run = parent.run((op) => {
      started = op.child().start();
    });
    expect(await isSettledSoon(run)).toBe(false);
    await started![asyncDispose]();
    await run;
    expect(parent.status).toBe('completed');
  });

  it('has no body that could be abandoned', async () => {
    const op = new Cancelable().start();
    op.cancel();
    await nextTask();
    await nextTask();
    expect(op.isAbandoned).toBe(false);
    await op[asyncDispose]();
    expect(op.isAbandoned).toBe(false);
  });
});

describe('await using', () => {
  it('completes the operation at the end of the block', async () => {
    let op: Cancelable | undefined;
    {
      await using started = new Cancelable({ timeout: 60_000 }).start();
      op = started;
      await started.wait(Promise.resolve());
      expect(op.status).toBe('running');
    }
    expect([op.status, op.context.endTime === undefined]).toEqual(['completed', false]);
  });

  it('cancels the children that still run and waits for them', async () => {
    const unwound: string[] = [];
    let child: Cancelable | undefined;
    {
      await using op = new Cancelable().start();
      child = op.child({ grace: Infinity });
      void child.run(async (self) => {
        await untilCanceled(self).catch(() => {});
        await nextTask();
        unwound.push('child');
      });
    }
    expect([child.status, child.reason, unwound]).toEqual(['canceled', 'parent', ['child']]);
  });

  it('keeps a cancelation', async () => {
    let op: Cancelable | undefined;
    {
      await using started = new Cancelable().start();
      op = started;
      started.cancel('enough');
      await expect(started.wait(forever())).rejects.toBe(started.error);
    }
    expect([op.status, op.message]).toEqual(['canceled', 'enough']);
  });

  it('keeps a failure that was told', async () => {
    const error = new Error('no');
    const onError = vi.fn<() => void>();
    let op: Cancelable | undefined;
    {
      await using started = new Cancelable().onError(onError).start();
      op = started;
      const child = started.child();
      const run = child.settle(untilCanceled);
      started.fail(error);
      expect([started.status, started.error, child.reason]).toEqual(['failed', error, 'parent']);
      expect(started.signal.reason).toBe(error);
      expect(() => started.throwIfCanceled()).toThrow(error);
      await run;
    }
    expect(op.status).toBe('failed');
    expect(onError).toHaveBeenCalledExactlyOnceWith(op.context, error);
  });

  it('cannot know that the block threw: the operation completes and the error goes on', async () => {
    const error = new Error('in the block');
    let op: Cancelable | undefined;
    const block = async (): Promise<void> => {
      await using started = new Cancelable().start();
      op = started;
      await started.wait(Promise.reject(error));
    };
    await expect(block()).rejects.toBe(error);
    expect(op?.status).toBe('completed');
  });

  it('waits for the callbacks of the end', async () => {
    const gate = createGate();
    const op = new Cancelable().onComplete(() => gate.promise).start();
    const disposal = op[asyncDispose]();
    expect(op.status).toBe('completed');
    expect(await isSettledSoon(disposal)).toBe(false);
    gate.open();
    await disposal;
  });

  it('stops timeout, token, signal and sources', async () => {
    vi.useFakeTimers();
    const stop = vi.fn<() => void>();
    const token = new CancelationToken();
    const { signal } = new AbortController();
    const [add, remove] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const op = new Cancelable({ timeout: 1000, token, signal, sources: [{ start: () => stop }] }).start();
    expect(vi.getTimerCount()).toBe(1);
    await op[asyncDispose]();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(stop).toHaveBeenCalledOnce();
    expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([1, 1]);
    token.cancel();
    expect(op.status).toBe('completed');
  });
});

describe('disposal', () => {
  it('may be asked for twice, and by two at once', async () => {
    const onComplete = vi.fn<() => void>();
    const op = new Cancelable().onComplete(onComplete).start();
    await Promise.all([op[asyncDispose](), op[asyncDispose]()]);
    await op[asyncDispose]();
    expect([op.status, onComplete.mock.calls.length]).toEqual(['completed', 1]);
  });

  it('never rejects, whatever callbacks and children do', async () => {
    const reported = collectReportedErrors();
    const op = new Cancelable()
      .onComplete(() => {
        throw new Error('callback');
      })
      .start();
    const child = op.child();
    const run = child.run(async (self) => {
      await untilCanceled(self).catch(() => {});
      throw new Error('cleanup');
    });
    await expect(op[asyncDispose]()).resolves.toBeUndefined();
    await expect(run).rejects.toMatchObject({ reason: 'parent', suppressed: [new Error('cleanup')] });
    expect(reported).toEqual([new Error('callback')]);
  });

  it('cancels an operation that has a body', async () => {
    const op = new Cancelable();
    const run = op.settle(untilCanceled);
    await op[asyncDispose]();
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'manual' });
  });

  it('of an operation that never started resolves', async () => {
    await expect(new Cancelable()[asyncDispose]()).resolves.toBeUndefined();
  });
});

describe('fail', () => {
  it('ends a run with the error, and the body is told by its waits', async () => {
    const error = new Error('from outside');
    const op = new Cancelable();
    let thrown: unknown;
    const run = op.run((self) =>
      untilCanceled(self).catch((reason: unknown) => {
        thrown = reason;
      }),
    );
    op.fail(error);
    await expect(run).rejects.toBe(error);
    expect([op.status, thrown]).toEqual(['failed', error]);
  });

  it('of a pending operation keeps it from starting', async () => {
    const error = new Error('too early');
    const op = new Cancelable();
    const body = vi.fn<() => void>();
    op.fail(error);
    expect(op.status).toBe('failed');
    await expect(op.run(body)).rejects.toBe(error);
    expect(body).not.toHaveBeenCalled();
  });

  it('with no error at all is a failure still', async () => {
    const op = new Cancelable();
    const run = op.settle(untilCanceled);
    op.fail(undefined);
    await expect(run).resolves.toEqual({ status: 'failed', error: undefined });
    expect([op.signal.aborted, op.context.logContext().hasError]).toEqual([true, true]);
  });

  it('reports what the body throws besides: it has no other place to go', async () => {
    const reported = collectReportedErrors();
    const [error, other] = [new Error('from outside'), new Error('in cleanup')];
    const op = new Cancelable();
    const run = op.settle(async (self) => {
      await untilCanceled(self).catch(() => {});
      throw other;
    });
    op.fail(error);
    await expect(run).resolves.toEqual({ status: 'failed', error });
    expect(reported).toEqual([other]);
  });
});
