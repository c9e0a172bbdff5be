import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, type OperationContext, type Status } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

afterEach(() => {
  vi.useRealTimers();
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('a new operation', () => {
  it('is pending, and its context tells when it was made and nothing more [case 1]', () => {
    const before = Date.now();
    const { context } = new Cancelable();
    const { id, createdAt, ...rest } = context.toJSON();
    expect(id).toMatch(uuid);
    expect(createdAt).toBeGreaterThanOrEqual(before);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
    expect(rest).toEqual({
      name: undefined,
      status: 'pending',
      parentId: undefined,
      startTime: undefined,
      endTime: undefined,
      elapsedTime: undefined,
      cancelReason: undefined,
      cancelMessage: undefined,
      error: undefined,
      partialResult: undefined,
      metadata: {},
    });
  });

  it('has an id of its own, a UUID of 36 characters that stays the same [case 2]', () => {
    const [first, second] = [new Cancelable(), new Cancelable()];
    expect(first.id).toMatch(uuid);
    expect(first.id).toHaveLength(36);
    expect(second.id).toMatch(uuid);
    expect(first.id).not.toBe(second.id);
    expect(first.id).toBe(first.id);
    expect(first.context.id).toBe(first.id);
  });

  it('makes its id without crypto.randomUUID, as on a page that is not secure [case 2]', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    try {
      const ids = new Set(Array.from({ length: 50 }, () => new Cancelable().id));
      expect(ids.size).toBe(50);
      for (const id of ids) expect(id).toMatch(uuid);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('reports a given id and name everywhere [case 3]', async () => {
    const op = new Cancelable({ id: 'load-1', name: 'load' });
    const seen: unknown[] = [];
    const see = ({ id, name }: OperationContext): unknown => seen.push([id, name]);
    op.onStart(see)
      .onCancel(see)
      .onProgress((id) => seen.push(id));
    const run = op.run((self) => {
      self.report('half');
      return untilCanceled(self);
    });
    op.cancel();
    await expect(run).rejects.toMatchObject({ context: { id: 'load-1', name: 'load' } });
    expect(seen).toEqual([['load-1', 'load'], 'load-1', ['load-1', 'load']]);
    expect([op.id, op.name]).toEqual(['load-1', 'load']);
    expect(op.context.toJSON()).toMatchObject({ id: 'load-1', name: 'load' });
    expect(op.context.logContext()).toMatchObject({ operationId: 'load-1', operationName: 'load' });
  });

  it('may share its id with another one', () => {
    const [first, second] = [new Cancelable({ id: 'same' }), new Cancelable({ id: 'same' })];
    first.cancel();
    expect([first.status, second.status]).toEqual(['canceled', 'pending']);
  });

  it('has one context, which is live', async () => {
    const op = new Cancelable();
    const { context } = op;
    const statuses: Status[] = [context.status];
    await op.run(() => statuses.push(context.status));
    statuses.push(context.status);
    expect(op.context).toBe(context);
    expect(statuses).toEqual(['pending', 'running', 'completed']);
  });
});

describe('the status', () => {
  it('is running while the body runs, not before and not after [case 4]', async () => {
    const op = new Cancelable();
    expect([op.status, op.isPending, op.isRunning]).toEqual(['pending', true, false]);
    const inside = await op.run(async (self) => {
      const first = [self.status, self.isPending, self.isRunning];
      await Promise.resolve();
      return [...first, self.isRunning];
    });
    expect(inside).toEqual(['running', false, true, true]);
    expect(op.isRunning).toBe(false);
  });

  it('is completed when the body has returned, and run resolves with its value [case 5]', async () => {
    const op = new Cancelable();
    await expect(op.run(() => Promise.resolve(42))).resolves.toBe(42);
    expect([op.status, op.isCompleted, op.isCanceled, op.isFailed]).toEqual(['completed', true, false, false]);
    expect(op.context.endTime).toBeTypeOf('number');
    expect(op.context.elapsedTime).toBeGreaterThanOrEqual(0);
    expect([op.reason, op.message, op.error]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a synchronous body', () => 'value'],
    ['an asynchronous body', () => Promise.resolve('value')],
    // A thenable of another library.
    ['a body that returns a thenable', () => ({ then: (resolve: (value: string) => void) => resolve('value') })],
  ])('is completed after %s', async (_, body) => {
    const op = new Cancelable();
    await expect(op.run(body as () => Promise<string>)).resolves.toBe('value');
    expect(op.status).toBe('completed');
  });

  it.each([
    [
      'throws',
      (error: Error) => () => {
        throw error;
      },
    ],
    ['rejects', (thrown: Error) => () => Promise.reject(thrown)],
  ])('is failed when the body %s, and run rejects with the very same error [case 6]', async (_, bodyOf) => {
    const error = new Error('out of paper');
    const op = new Cancelable();
    await expect(op.run(bodyOf(error))).rejects.toBe(error);
    expect([op.status, op.isFailed, op.isCompleted, op.isCanceled]).toEqual(['failed', true, false, false]);
    expect(op.error).toBe(error);
    expect(op.context.error).toBe('out of paper');
    expect([op.reason, op.message]).toEqual([undefined, undefined]);
  });

  it('is failed when the body throws what is no error', async () => {
    const op = new Cancelable();
    await expect(op.run(() => Promise.reject('just text'))).rejects.toBe('just text');
    expect([op.status, op.error, op.context.error]).toEqual(['failed', 'just text', 'just text']);
  });

  it('is failed when reading what the body returned throws', async () => {
    const error = new Error('thrown by a getter');
    const op = new Cancelable();
    const run = op.run(() => ({
      get then() {
        throw error;
      },
    }));
    await expect(run).rejects.toBe(error);
    expect(op.status).toBe('failed');
  });

  it('is canceled when the timeout fires in the body, with a message that says so [case 7]', async () => {
    const op = new Cancelable({ timeout: 10 });
    const error: unknown = await op.run(untilCanceled).catch((thrown: unknown) => thrown);
    expect(error).toBe(op.error);
    expect([op.status, op.isCanceled, op.reason]).toEqual(['canceled', true, 'timeout']);
    expect(op.message).toContain('timed out');
    expect(op.context).toMatchObject({ cancelReason: 'timeout', cancelMessage: op.message, error: undefined });
  });

  it('is terminal when it is completed, canceled or failed [case 12]', async () => {
    const settled: Record<string, boolean> = {};
    const note = (op: Cancelable): void => {
      settled[op.status] = op.isSettled;
    };
    const [completed, canceled, failed] = [new Cancelable(), new Cancelable(), new Cancelable()];
    note(completed);
    await completed.run(note);
    note(completed);
    canceled.cancel();
    note(canceled);
    failed.fail(new Error('no'));
    note(failed);
    expect(settled).toEqual({ pending: false, running: false, completed: true, canceled: true, failed: true });
  });

  it('stays completed when cancel is called afterwards, which says that it did nothing [case 14]', async () => {
    const onCancel = vi.fn<() => void>();
    const op = new Cancelable().onCancel(onCancel);
    await op.run(() => 1);
    expect(op.cancel('too late')).toBe(false);
    expect([op.status, op.reason, op.message, op.signal.aborted]).toEqual(['completed', undefined, undefined, false]);
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('stays failed when cancel is called afterwards', async () => {
    const op = new Cancelable();
    await op.settle(() => Promise.reject(new Error('first')));
    expect(op.cancel('too late')).toBe(false);
    op.fail(new Error('second'));
    expect([op.status, op.reason, op.context.error]).toEqual(['failed', undefined, 'first']);
  });

  it('stays canceled, with the first reason, whatever comes afterwards', async () => {
    const op = new Cancelable();
    expect(op.cancel({ reason: 'unmount', message: 'first' })).toBe(true);
    expect(op.cancel({ reason: 'hidden', message: 'second' })).toBe(false);
    op.fail(new Error('third'));
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'unmount', 'first']);
  });

  it('changes with reason, message and token in one step', async () => {
    const op = new Cancelable();
    const { signal, token } = op;
    const seen: unknown[] = [];
    const see = (): unknown =>
      seen.push([op.status, op.reason, op.message, token.isCanceled, token.reason, token.message, signal.aborted]);
    signal.addEventListener('abort', see);
    token.onCancel(see);
    op.onCancel(see);
    const run = op.run(untilCanceled);
    op.cancel('enough');
    see();
    await expect(run).rejects.toBe(signal.reason);
    expect(seen).toEqual(
      Array.from({ length: 4 }, () => ['canceled', 'manual', 'enough', true, 'manual', 'enough', true]),
    );
  });
});
