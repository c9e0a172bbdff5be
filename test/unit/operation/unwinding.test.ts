import { describe, expect, it, vi } from 'vitest';
import { Cancelable, type CancelationError } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

describe('an operation that was asked to cancel', () => {
  it('is canceled although the body swallows the error and returns a value [case 16]', async () => {
    const op = new Cancelable();
    const run = op.settle(async (self) => {
      await untilCanceled(self).catch(() => {});
      return 'a value';
    });
    op.cancel('enough');
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'manual', message: 'enough' });
    expect([op.status, op.reason, op.isCompleted]).toEqual(['canceled', 'manual', false]);
  });

  it('is canceled although its synchronous body returns a value', async () => {
    const op = new Cancelable();
    const run = op.run((self) => {
      self.cancel('from inside');
      return 'a value';
    });
    await expect(run).rejects.toBe(op.error);
    expect([op.status, op.message]).toEqual(['canceled', 'from inside']);
  });

  it('never starts its body when it was canceled while pending', async () => {
    const body = vi.fn<() => number>(() => 1);
    const op = new Cancelable();
    op.cancel('not needed');
    await expect(op.run(body)).rejects.toBe(op.error);
    expect(body).not.toHaveBeenCalled();
    expect(op.context).toMatchObject({ startTime: undefined, elapsedTime: undefined, cancelMessage: 'not needed' });
    expect(op.context.endTime).toBeTypeOf('number');
  });

  it('keeps its reason when cleanup throws, and the thrown error is to be found [case 18]', async () => {
    const op = new Cancelable();
    const cleanupError = new Error('cleanup failed');
    const run = op.run(async (self) => {
      try {
        await untilCanceled(self);
      } finally {
        // oxlint-disable-next-line no-unsafe-finally -- what a finally block throws is the case
        throw cleanupError;
      }
    });
    op.cancel('enough');
    await expect(run).rejects.toMatchObject({ name: 'AbortError', message: 'enough', suppressed: [cleanupError] });
    expect([op.status, op.reason]).toEqual(['canceled', 'manual']);
  });

  it('keeps what cleanup throws even if that is the cancelation of another operation', async () => {
    const op = new Cancelable({ grace: 60_000 });
    const save = new Cancelable({ parent: null, timeout: 5 });
    const run = op.run(async (self) => {
      await untilCanceled(self).catch(() => {});
      await save.run(untilCanceled);
    });
    op.cancel('enough');
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: 'enough' });
    expect(op.error).toBe(error);
    expect((error as CancelationError).suppressed[0]).toBe(save.error);
    expect((error as CancelationError).suppressed).toHaveLength(1);
  });

  it('counts its own cancelation, and those that come from it, not among what was thrown besides', async () => {
    const op = new Cancelable();
    const run = op.run(async (self) => {
      // What the child rejects with is a ParentCancelation of its own, caused by ours.
      await self.child().run(untilCanceled);
    });
    op.cancel('enough');
    await expect(run).rejects.toMatchObject({ message: 'enough', suppressed: [] });
  });
});
