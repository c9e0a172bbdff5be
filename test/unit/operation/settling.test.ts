import { describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { forever, untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon, nextTask } from './nextTask.ts';
import { collectReportedErrors } from './reportedErrors.ts';

describe('run', () => {
  it('waits for the children that were started, and is running meanwhile', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const run = op.run((self) => {
      void self.child().run(() => gate.promise);
      return 'value';
    });
    expect(await isSettledSoon(run)).toBe(false);
    expect(op.status).toBe('running');
    gate.open();
    await expect(run).resolves.toBe('value');
    expect(op.status).toBe('completed');
  });

  it('waits for children of children, and for those that are started while it waits', async () => {
    const [first, second] = [createGate(), createGate()];
    const op = new Cancelable();
    const run = op.run((self) => {
      void self.child().run((child) => {
        void child.child().run(async () => {
          await first.promise;
          void op.child().run(() => second.promise);
        });
      });
    });
    first.open();
    expect(await isSettledSoon(run)).toBe(false);
    expect(op.children).toHaveLength(1);
    second.open();
    await run;
    expect(op.status).toBe('completed');
  });

  it('does not wait for a child that never starts', async () => {
    const op = new Cancelable();
    let child: Cancelable | undefined;
    await op.run((self) => {
      child = self.child();
    });
    expect([op.status, child?.status]).toEqual(['completed', 'pending']);
    await expect(child!.run(() => 1)).rejects.toMatchObject({ reason: 'parent' });
  });

  it('of a parent goes on when a child was canceled before its start', async () => {
    const op = new Cancelable();
    await op.run((self) => {
      const child = self.child({ signal: AbortSignal.abort() });
      void child.run(() => 1);
      expect(child.status).toBe('canceled');
    });
    await op.closed;
    expect(op.status).toBe('completed');
  });

  it('rejects after a failure only when the children have ended, but the status flips at once', async () => {
    const unwound = createGate();
    const op = new Cancelable();
    const child = op.child({ grace: 60_000 });
    const error = new Error('no');
    const run = op.settle((self) => {
      void self;
      void child.run(async (each) => {
        await untilCanceled(each).catch(() => {});
        await unwound.promise;
      });
      throw error;
    });
    expect([op.status, op.error, child.status, child.reason]).toEqual(['failed', error, 'canceled', 'parent']);
    expect((child.error as Error).cause).toBe(error);
    expect(await isSettledSoon(run)).toBe(false);
    unwound.open();
    await expect(run).resolves.toEqual({ status: 'failed', error });
  });

  it('settles with the same outcome for all who await it', async () => {
    const op = new Cancelable();
    const run = op.run(untilCanceled);
    op.cancel('enough');
    const errors = await Promise.all([run, run, run].map((promise) => promise.catch((error: unknown) => error)));
    expect(new Set([...errors, op.error]).size).toBe(1);
  });

  it('has settled for nobody in the job in which it was called', async () => {
    const order: string[] = [];
    const run = new Cancelable().run(() => order.push('body'));
    order.push('after the call');
    await run;
    order.push('after the await');
    expect(order).toEqual(['body', 'after the call', 'after the await']);
  });
});

describe('the promises of status callbacks', () => {
  it.each(['onComplete', 'onCancel', 'onError'] as const)('hold up run: %s', async (event) => {
    const gate = createGate();
    const op = new Cancelable();
    op[event](() => gate.promise);
    const run = op.settle(async (self) => {
      if (event === 'onCancel') await untilCanceled(self);
      if (event === 'onError') throw new Error('no');
    });
    if (event === 'onCancel') op.cancel();
    expect(await isSettledSoon(run)).toBe(false);
    expect(op.isSettled).toBe(true);
    gate.open();
    expect((await run).status).toBe(op.status);
  });

  it('hold up the parent too', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const run = op.run((self) => {
      void self
        .child()
        .onComplete(() => gate.promise)
        .run(() => 1);
    });
    expect(await isSettledSoon(run)).toBe(false);
    gate.open();
    await run;
  });

  it('hold up the body when they are those of the start', async () => {
    const gate = createGate();
    const order: string[] = [];
    const op = new Cancelable().onStart(async () => {
      await gate.promise;
      order.push('start');
    });
    const run = op.run(() => order.push('body'));
    await nextTask();
    expect([op.status, order]).toEqual(['running', []]);
    gate.open();
    await run;
    expect(order).toEqual(['start', 'body']);
  });

  it('of the start that end after a cancel leave the body unstarted, and all is closed', async () => {
    const [start, cancel] = [createGate(), createGate()];
    const body = vi.fn<() => void>();
    const op = new Cancelable().onStart(() => start.promise).onCancel(() => cancel.promise);
    const run = op.settle(body);
    op.cancel();
    start.open();
    await nextTask();
    cancel.open();
    await expect(run).resolves.toMatchObject({ status: 'canceled' });
    await op.closed;
    expect(body).not.toHaveBeenCalled();
    expect(op.isAbandoned).toBe(false);
  });

  it('of the start that end last after a cancel leave nothing open either', async () => {
    const [start, cancel] = [createGate(), createGate()];
    const op = new Cancelable().onStart(() => start.promise).onCancel(() => cancel.promise);
    const run = op.settle(() => 1);
    op.cancel();
    cancel.open();
    expect(await isSettledSoon(run)).toBe(false);
    start.open();
    await run;
    await op.closed;
    expect(op.isAbandoned).toBe(false);
  });

  it.each(['cancel', 'fail'] as const)('leave nothing open when a start callback ends it: %s', async (method) => {
    const gate = createGate();
    const body = vi.fn<() => void>();
    const op = new Cancelable().onCancel(() => gate.promise).onError(() => gate.promise);
    op.onStart(() => void op[method]('in the start'));
    const parent = new Cancelable();
    void parent;
    const run = op.settle(body);
    await nextTask();
    gate.open();
    expect((await run).status).toBe(method === 'cancel' ? 'canceled' : 'failed');
    await op.closed;
    expect(body).not.toHaveBeenCalled();
    expect(op.isAbandoned).toBe(false);
  });

  it('may reject: the outcome stays, the error is reported', async () => {
    const reported = collectReportedErrors();
    const errors = [new Error('start'), new Error('complete')];
    const op = new Cancelable().onStart(() => Promise.reject(errors[0])).onComplete(() => Promise.reject(errors[1]));
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect(op.status).toBe('completed');
    expect(reported).toEqual(errors);
  });
});

describe('closed', () => {
  it('resolves after run, when nothing runs any more', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const order: string[] = [];
    const run = op.run(() => gate.promise).then(() => order.push('run'));
    const closed = op.closed.then(() => order.push('closed'));
    expect(await isSettledSoon(closed)).toBe(false);
    gate.open();
    await Promise.all([run, closed]);
    expect(order.toSorted()).toEqual(['closed', 'run']);
    await op.closed;
  });

  it('waits for the body that was abandoned, also below', async () => {
    const [outer, inner] = [createGate(), createGate()];
    const op = new Cancelable();
    const child = op.child();
    const run = op.settle(() => {
      void child.run(() => inner.promise);
      return outer.promise;
    });
    op.cancel();
    await run;
    expect([op.isAbandoned, child.isAbandoned]).toEqual([true, true]);
    outer.open();
    expect(await isSettledSoon(op.closed)).toBe(false);
    inner.open();
    await op.closed;
    await child.closed;
  });

  it('stays open while a body below that was abandoned still runs', async () => {
    const outer = createGate();
    const op = new Cancelable();
    const run = op.settle(async (self) => {
      void self.child().run(forever);
      await outer.promise;
    });
    op.cancel();
    await run;
    outer.open();
    expect(await isSettledSoon(op.closed)).toBe(false);
  });

  it('of a pending operation waits for its end', async () => {
    const op = new Cancelable();
    expect(await isSettledSoon(op.closed)).toBe(false);
    op.cancel();
    await op.closed;
  });

  it('of operations that never ran waits for what runs below them', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const between = op.child();
    const run = between.child().settle(() => gate.promise);
    const closed = Promise.all([op.closed, between.closed]);
    op.cancel();
    expect(await isSettledSoon(Promise.race([op.closed, between.closed]))).toBe(false);
    gate.open();
    await run;
    await closed;
    await op.closed;
  });

  it('resolves although an operation below was too late to start, while others ran below that', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const late = op.child();
    const below = late.child();
    const run = op.settle(() => {
      void below.run(() => gate.promise);
    });
    op.cancel({ propagate: false });
    expect(await isSettledSoon(run)).toBe(false);
    await expect(late.settle(() => 1)).resolves.toMatchObject({ status: 'canceled', reason: 'parent' });
    expect(below.status).toBe('canceled');
    gate.open();
    await run;
    await op.closed;
  });
});
