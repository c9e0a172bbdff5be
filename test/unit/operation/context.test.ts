import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

describe('the times', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are fixed by the end [case 9]', async () => {
    const op = new Cancelable();
    await op.run((self) => {
      vi.advanceTimersByTime(120);
      expect(self.context.elapsedTime).toBe(120);
      vi.advanceTimersByTime(30);
    });
    const { elapsedTime, startTime, endTime } = op.context;
    vi.advanceTimersByTime(5000);
    expect(op.context.elapsedTime).toBe(elapsedTime);
    expect(op.context.endTime).toBe(endTime);
    expect(elapsedTime).toBe(150);
    expect(endTime! - startTime!).toBeCloseTo(elapsedTime!, 3);
  });

  it('measure the run, not the time before it [case 10]', async () => {
    const op = new Cancelable();
    vi.advanceTimersByTime(200);
    await op.run(() => {});
    const { createdAt, startTime, elapsedTime } = op.context;
    expect(elapsedTime).toBe(0);
    expect(startTime! - createdAt).toBeCloseTo(200, 3);
  });

  it('are absent while it is pending [case 11]', () => {
    const op = new Cancelable();
    vi.advanceTimersByTime(10);
    const { startTime, endTime, elapsedTime } = op.context;
    expect({ startTime, endTime, elapsedTime }).toEqual({
      startTime: undefined,
      endTime: undefined,
      elapsedTime: undefined,
    });
  });

  it('are epoch milliseconds', async () => {
    const start = Date.now();
    const op = new Cancelable();
    vi.advanceTimersByTime(40);
    await op.run(() => {
      vi.advanceTimersByTime(2);
    });
    const { createdAt, startTime, endTime } = op.context;
    expect(createdAt - start).toBeCloseTo(0, 3);
    expect(startTime! - start).toBeCloseTo(40, 3);
    expect(endTime! - start).toBeCloseTo(42, 3);
  });

  it('do not follow a wall clock that is set back', async () => {
    const op = new Cancelable();
    await op.run(() => {
      vi.advanceTimersByTime(10);
      vi.setSystemTime(Date.now() - 3_600_000);
      vi.advanceTimersByTime(10);
    });
    expect(op.context.elapsedTime).toBe(20);
    expect(op.context.endTime! - op.context.startTime!).toBeCloseTo(20, 3);
  });
});

describe('metadata', () => {
  it('has what was given and what was added [case 13]', () => {
    const op = new Cancelable({ metadata: { given: 1 } });
    op.context.metadata['added'] = 2;
    expect(op.context.metadata).toEqual({ given: 1, added: 2 });
    expect(op.context.toJSON().metadata).toEqual({ given: 1, added: 2 });
  });

  it('is copied: the object of the caller does not change', () => {
    const given = { given: 1 };
    const op = new Cancelable({ metadata: given });
    op.context.metadata['added'] = 2;
    expect(given).toEqual({ given: 1 });
  });

  it('is not shared between operations', () => {
    const [first, second] = [new Cancelable(), new Cancelable()];
    first.context.metadata['mine'] = true;
    expect(second.context.metadata).toEqual({});
  });
});

describe('the partial result', () => {
  it('is written through the context and is there after a cancel', async () => {
    const op = new Cancelable();
    const run = op.settle(async (self) => {
      self.context.partialResult = ['first row'];
      await untilCanceled(self);
    });
    op.cancel();
    await expect(run).resolves.toMatchObject({ status: 'canceled', partialResult: ['first row'] });
    expect(op.context.partialResult).toEqual(['first row']);
  });
});

describe('the snapshot', () => {
  it('survives JSON, with the words of status and reason in lower case [case 19]', async () => {
    const parent = new Cancelable({ id: 'parent', parent: null });
    const op = parent.child({ id: 'child', name: 'load', metadata: { rows: 3 } });
    const run = op.run(untilCanceled);
    op.cancel({ reason: 'superseded', message: 'A newer one has started' });
    await run.catch(() => {});
    const parsed: unknown = JSON.parse(JSON.stringify(op.context));
    expect(parsed).toEqual({
      id: 'child',
      name: 'load',
      status: 'canceled',
      parentId: 'parent',
      createdAt: op.context.createdAt,
      startTime: op.context.startTime,
      endTime: op.context.endTime,
      elapsedTime: op.context.elapsedTime,
      cancelReason: 'superseded',
      cancelMessage: 'A newer one has started',
      metadata: { rows: 3 },
    });
  });

  it('does not change with the operation', async () => {
    const op = new Cancelable();
    const before = op.context.toJSON();
    op.context.metadata['later'] = true;
    op.cancel();
    expect(before).toMatchObject({ status: 'pending', metadata: {} });
  });
});

describe('the log record', () => {
  it('has ids, name, status, duration, parent and outcome [case 20]', async () => {
    const parent = new Cancelable({ id: 'parent', parent: null });
    const failed = parent.child({ id: 'child', name: 'load' });
    await failed.settle(() => Promise.reject(new Error('no')));
    expect(failed.context.logContext()).toEqual({
      operationId: 'child',
      operationName: 'load',
      status: 'failed',
      durationMs: failed.context.elapsedTime,
      parentId: 'parent',
      hasError: true,
      cancelReason: undefined,
    });
    const canceled = new Cancelable();
    canceled.cancel({ reason: 'hidden' });
    expect(canceled.context.logContext()).toMatchObject({
      status: 'canceled',
      hasError: false,
      cancelReason: 'hidden',
      durationMs: undefined,
    });
  });

  it('can be had when the body threw what has no text', async () => {
    const op = new Cancelable();
    await op.settle(() => Promise.reject(Object.create(null)));
    expect(op.context.logContext()).toMatchObject({ status: 'failed', hasError: true });
    expect(op.context.error).toBeTypeOf('string');
  });
});
