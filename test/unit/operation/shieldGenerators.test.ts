import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, wait } from 'use-cancelable/core';
import { forever } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon, nextTask } from './nextTask.ts';

describe('a shield in a generator body', () => {
  it('is waited for to its end, and delivers there the cancelation that came meanwhile [case 239]', async () => {
    const gate = createGate();
    const order: unknown[] = [];
    const op = new Cancelable();
    const running = op.settle(function* (op) {
      try {
        yield* op.shield(function* () {
          yield* wait(gate.promise);
          order.push('section');
        });
        order.push('went on');
      } catch (error) {
        order.push(error === op.error, currentOperation() === op);
        throw error;
      }
    });
    op.cancel();
    expect(await isSettledSoon(running)).toBe(false);
    expect(order).toEqual([]);
    gate.open();
    expect(await running).toMatchObject({ status: 'canceled', reason: 'manual' });
    expect(order).toEqual(['section', true, true]);
  });

  it('gives its value in a finally of a canceled body, where several run in order [case 245]', async () => {
    const order: unknown[] = [];
    const op = new Cancelable();
    const running = op.settle(function* (op) {
      try {
        yield forever();
      } finally {
        const first = yield* op.shield(async () => {
          await wait(nextTask());
          order.push('first');
          return 1;
        });
        order.push(first, currentOperation() === op);
        yield* op.shield(() => order.push('second'));
        yield wait(nextTask()).catch(() => order.push('outside of a shield nothing goes on'));
      }
    });
    op.cancel();
    expect(await running).toMatchObject({ status: 'canceled', error: { suppressed: [] } });
    expect(order).toEqual(['first', 1, true, 'second', 'outside of a shield nothing goes on']);
  });

  it('lets the cleanup of a child end before the body goes on', async () => {
    const gate = createGate();
    const order: string[] = [];
    const op = new Cancelable();
    const running = op.settle(function* (op) {
      try {
        yield* op.child().run(function* (child) {
          try {
            yield forever();
          } finally {
            yield* child.shield(() => gate.promise);
            order.push('child');
          }
        });
      } finally {
        order.push('parent');
      }
    });
    op.cancel();
    expect(await isSettledSoon(running)).toBe(false);
    gate.open();
    await running;
    expect(order).toEqual(['child', 'parent']);
  });
});
