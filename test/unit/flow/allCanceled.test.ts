import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, isCancelation } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon } from '../operation/nextTask.ts';

// What ends it from above, and a child that ends by itself.

describe('all that is canceled', () => {
  it('rejects with the cancelation of a child that ended by itself, which is no cancelation of the operation', async () => {
    const op = new Cancelable();
    let error: unknown;
    const outcome = await op.settle((op) =>
      op
        .all([
          untilCanceled,
          (child) => {
            child.cancel({ reason: 'not needed' });
            return untilCanceled(child);
          },
        ])
        .catch((reason: unknown) => {
          error = reason;
          throw reason;
        }),
    );
    expect([isCancelation(error), isCancelation(error, op)]).toEqual([true, false]);
    expect(error).toMatchObject({ reason: 'not needed' });
    expect(outcome).toEqual({ status: 'failed', error });
  });

  it('is canceled with its operation and rejects with the error of that', async () => {
    const op = new Cancelable();
    const children: Cancelable[] = [];
    let seen: unknown[] = [];
    const run = op.settle(async (op) => {
      const body = (child: Cancelable): Promise<never> => {
        children.push(child);
        return untilCanceled(child);
      };
      try {
        await op.all([body, body]);
      } catch (error) {
        seen = [error, currentOperation()];
      }
    });
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(children.map(({ reason }) => reason)).toEqual(['parent', 'parent']);
    expect(seen[0]).toBe(op.error);
    expect(seen[1]).toBe(op);
  });

  it('starts nothing in an operation that was canceled, whose time is over, or that has ended', async () => {
    const started = vi.fn<() => void>();
    const canceled = new Cancelable();
    canceled.cancel();
    await expect(canceled.all([started])).rejects.toBe(canceled.error);
    await expect(canceled.all([])).rejects.toBe(canceled.error);
    const late = await new Cancelable({ timeout: 5 }).settle((op) => {
      const until = performance.now() + 10;
      while (performance.now() < until);
      return op.all([started]);
    });
    expect(late).toMatchObject({ status: 'canceled', reason: 'timeout' });
    const completed = new Cancelable();
    await completed.run(() => {});
    await expect(completed.all([started])).rejects.toMatchObject({ reason: 'parent' });
    expect(started).not.toHaveBeenCalled();
  });

  it('starts no more of them when the time is over, though no timer has fired yet', async () => {
    let count = 0;
    const block = (): void => {
      const until = performance.now() + 1;
      while (performance.now() < until);
      count += 1;
    };
    const bodies = Array.from({ length: 1000 }, () => block);
    const outcome = await new Cancelable({ timeout: 20 }).settle((op) => op.all(bodies));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(count).toBeLessThan(30);
  });

  it('rejects with the error of its operation when one of the functions cancels that', async () => {
    const op = new Cancelable();
    let result: unknown;
    const started = vi.fn<() => void>();
    await op.settle((op) => {
      result = op.all([() => void op.cancel('enough'), started]);
    });
    await expect(result).rejects.toBe(op.error);
    expect(started).not.toHaveBeenCalled();
  });

  it('leaves the children alone when its operation is canceled without them', async () => {
    const gate = createGate();
    const op = new Cancelable();
    let child!: Cancelable;
    const run = op.settle((op) => op.all([(each) => ((child = each), each.wait(gate.promise))]));
    op.cancel({ propagate: false });
    expect(await isSettledSoon(run)).toBe(false);
    expect(child.status).toBe('running');
    gate.open();
    expect(await run).toMatchObject({ status: 'canceled' });
    expect(child.status).toBe('completed');
  });

  it('gives no values when it is canceled at the very end', async () => {
    const op = new Cancelable();
    let result: unknown;
    await op.settle((op) => {
      result = op.all([() => 1]);
      op.cancel();
    });
    await expect(result).rejects.toBe(op.error);
  });
});
