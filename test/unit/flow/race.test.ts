import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, race, wait } from 'use-cancelable/core';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { isSettledSoon } from '../operation/nextTask.ts';

describe('race', () => {
  it('gives the value of the first; the others are canceled and have ended by then', async () => {
    const gate = createGate();
    const op = new Cancelable();
    let loser!: Cancelable;
    const winner = await op.run(async (op) => {
      const result = op.race([
        async (child) => {
          loser = child;
          await child.wait(forever()).catch(() => {});
          await child.shield(() => gate.promise);
        },
        async () => {
          await wait(Promise.resolve());
          return 'second';
        },
      ]);
      expect(await isSettledSoon(result)).toBe(false);
      expect([loser.status, loser.reason, loser.message]).toEqual(['canceled', 'sibling', 'A sibling was first']);
      gate.open();
      return op.wait(result);
    });
    expect([winner, op.status]).toEqual(['second', 'completed']);
  });

  it('rejects when the first has failed, and leaves the operation running', async () => {
    const error = new Error('no');
    const op = new Cancelable();
    const value = await op.run(async (op) => {
      try {
        await op.race([untilCanceled, () => Promise.reject(error)]);
        return 'not here';
      } catch (thrown) {
        return [thrown, currentOperation() === op, op.status];
      }
    });
    expect(value).toEqual([error, true, 'running']);
  });

  it('gives an empty value of the first as it is', async () => {
    expect(await race([() => undefined, untilCanceled])).toBeUndefined();
  });

  it('starts nobody else when one has ended at once', async () => {
    const second = vi.fn<() => void>();
    expect(await race([() => 'at once', second])).toBe('at once');
    expect(second).not.toHaveBeenCalled();
  });

  it('rejects with the cancelation of its operation, also while it waits for the losers', async () => {
    const gate = createGate();
    const op = new Cancelable();
    let result: unknown;
    const run = op.settle((op) => {
      result = op.race([() => Promise.resolve('first'), (child) => child.shield(() => gate.promise)]);
      return untilCanceled(op);
    });
    expect(await isSettledSoon(run)).toBe(false);
    op.cancel('enough');
    gate.open();
    await expect(result).rejects.toBe(op.error);
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
  });

  it('is canceled with its operation', async () => {
    const op = new Cancelable();
    const run = op.settle((op) => op.race([untilCanceled, untilCanceled]));
    op.cancel('enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'enough' });
    expect(op.children).toEqual([]);
  });

  it('of nothing would never end, so it is refused', () => {
    expect(() => race([])).toThrow(RangeError);
    expect(() => new Cancelable().race([])).toThrow('The functions of race must be one or more; got an array.');
  });

  it.each([[undefined], [5], [[() => 1, 5]], [[Promise.resolve()]]])('refuses %s', (fns) => {
    expect(() => race(fns as never)).toThrow(TypeError);
    expect(() => new Cancelable().race(fns as never)).toThrow(/of race must be/);
  });
});
