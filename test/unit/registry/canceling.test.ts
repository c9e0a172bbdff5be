import { describe, expect, it, vi } from 'vitest';
import { Cancelable, createRegistry } from 'use-cancelable/core';
import { asyncDispose } from '../operation/asyncDispose.ts';
import { createGate } from '../operation/gate.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { cancel, startRunning } from './operations.ts';

describe('cancel by id', () => {
  it('cancels with reason and message; an unknown id gives false [case 258]', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    expect(own.cancel('unknown', 'nobody')).toBe(false);
    expect(own.cancel(op.id, { reason: 'hidden', message: 'by the registry' })).toBe(true);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'hidden', 'by the registry']);
    expect(own.cancel(op.id)).toBe(false);
    await op.closed;
    expect(own.cancel(op.id)).toBe(false);
  });

  it('cancels all that share the id, pending ones too', () => {
    const own = createRegistry();
    const running = startRunning({ id: 'same', register: own });
    const pending = new Cancelable({ id: 'same', register: own });
    expect(own.cancel('same', 'both')).toBe(true);
    expect([running.message, pending.message]).toEqual(['both', 'both']);
  });

  it('leaves children alone with propagate: false', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    const child = startRunning({ parent: op });
    own.cancel(op.id, { propagate: false });
    expect([op.status, child.status]).toEqual(['canceled', 'running']);
    child.cancel();
    await op.closed;
  });
});

describe('cancelAll', () => {
  it('cancels what matches and counts it, with a default message [case 259]', () => {
    const own = createRegistry();
    const running = [1, 2, 3].map(() => startRunning({ register: own }));
    const pending = new Cancelable({ register: own });
    expect(own.cancelAll({ status: 'running' })).toBe(3);
    expect(running.map((op) => [op.status, op.reason, op.message])).toEqual(
      running.map(() => ['canceled', 'manual', 'Bulk cancelation']),
    );
    expect(pending.isPending).toBe(true);
    expect(own.cancelAll()).toBe(1);
    expect([pending.isCanceled, own.cancelAll()]).toEqual([true, 0]);
  });

  it('says what it is told to say', () => {
    const own = createRegistry();
    const [first, second] = [startRunning({ register: own }), startRunning({ register: own })];
    own.cancelAll({ limit: 1 }, { reason: 'unmount', cause: 'the route' });
    expect([first.status, second.reason, second.message]).toEqual(['running', 'unmount', 'Bulk cancelation']);
    expect((second.error as Error).cause).toBe('the route');
    own.cancelAll(undefined, 'enough');
    expect(first.message).toBe('enough');
  });

  it('goes on when one of them throws, and does not count that one [case 260]', () => {
    const reported = collectReportedErrors();
    const own = createRegistry();
    const [first, broken, last] = [1, 2, 3].map(() => startRunning({ register: own }));
    const error = new Error('broken');
    vi.spyOn(broken!, 'cancel').mockImplementation(() => {
      throw error;
    });
    expect(own.cancelAll()).toBe(2);
    expect([first!.status, broken!.status, last!.status]).toEqual(['canceled', 'running', 'canceled']);
    expect(reported).toEqual([error]);
    vi.restoreAllMocks();
    broken!.cancel();
  });

  it('counts those that go with an operation above them, and none that had ended before', async () => {
    const own = createRegistry();
    const page = startRunning({ register: own });
    const child = startRunning({ register: own, parent: page });
    own.register(await cancel());
    expect(own.cancelAll({ status: ['running', 'canceled'] }, 'all')).toBe(2);
    expect([page.reason, child.reason]).toEqual(['manual', 'parent']);
  });

  it('does not count one that has completed meanwhile', () => {
    const own = createRegistry();
    const first = startRunning({ register: own });
    const second = new Cancelable({ parent: null, register: own }).start();
    first.onCancel(() => {
      void second[asyncDispose]();
    });
    expect(own.cancelAll()).toBe(1);
    expect([first.status, second.status]).toEqual(['canceled', 'completed']);
  });

  it('leaves shields alone unless it is asked for them', async () => {
    const own = createRegistry();
    const stop = own.observe();
    const op = new Cancelable({ parent: null });
    const gate = createGate();
    const run = op.settle(() => op.shield((handle) => handle.wait(gate.promise)));
    stop();
    expect(own.list().map(({ status }) => status)).toEqual(['running', 'shielded']);
    expect(own.cancelAll()).toBe(1);
    expect(own.list({ status: 'shielded' })).toHaveLength(1);
    expect(own.cancelAll({ status: 'shielded' })).toBe(1);
    await run;
    expect(own.list()).toEqual([]);
  });

  it.each([
    [5, 'The argument of cancel'],
    [{ reasons: 'manual' }, 'unknown option "reasons"'],
    [{ message: 5 }, '"message"'],
    [{ propagate: 'no' }, '"propagate"'],
  ])('refuses the request %j, and cancels nothing', (request, words) => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    expect(() => own.cancelAll({}, request as never)).toThrow(TypeError);
    expect(() => own.cancelAll({}, request as never)).toThrow(words);
    expect(() => own.cancel(op.id, request as never)).toThrow(words);
    expect(op.isRunning).toBe(true);
    op.cancel();
  });
});
