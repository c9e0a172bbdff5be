import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationToken,
  ConditionCancelation,
  type CancelRequest,
  type CustomSource,
} from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { createSource } from './countedSource.ts';
import { collectReportedErrors } from './reportedErrors.ts';

describe('a source', () => {
  it('starts with the operation, and not before', async () => {
    const { source, starts } = createSource();
    const op = new Cancelable({ sources: [source] });
    expect(starts()).toBe(0);
    await op.run(() => expect(starts()).toBe(1));
  });

  it('cancels when it fires, with reason condition and its words [case 289]', async () => {
    const { source, fire } = createSource();
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    fire('You are logged out');
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'condition', 'You are logged out']);
    await run;
    expect(op.error).toBeInstanceOf(ConditionCancelation);
  });

  it('may give reason, message and cause, or nothing [case 289]', async () => {
    const cause = new Error('the cause');
    const given: CancelRequest[] = [
      { reason: 'logout', message: 'gone', cause },
      { message: 'gone' },
      { reason: 'hidden' },
    ];
    const seen: unknown[] = [];
    for (const request of [...given, undefined]) {
      const { source, fire } = createSource();
      const op = new Cancelable({ sources: [source] });
      const run = op.settle(untilCanceled);
      fire(request);
      await run;
      seen.push([op.reason, op.message, (op.error as Error).cause]);
    }
    expect(seen).toEqual([
      ['logout', 'gone', cause],
      ['condition', 'gone', undefined],
      ['hidden', 'Operation canceled: hidden', undefined],
      ['condition', 'Operation canceled: condition met', undefined],
    ]);
  });

  it.each([
    ['completion', (op: Cancelable) => op.wait(1)],
    ['a cancel', (op: Cancelable) => op.cancel()],
    ['a failure', () => Promise.reject(new Error('no'))],
    ['fail', (op: Cancelable) => op.fail('no')],
    ['a timeout', untilCanceled],
  ])('stops once on the way out by %s, and its lifetime ends [case 289]', async (_, end) => {
    const { source, stops, lifetime } = createSource();
    const op = new Cancelable({ sources: [source], timeout: 20 });
    await op.settle(async (self) => {
      const { signal } = lifetime();
      expect([stops(), signal.aborted]).toEqual([0, false]);
      return end(self);
    });
    expect([stops(), lifetime().signal.aborted]).toEqual([1, true]);
    op.cancel();
    expect(stops()).toBe(1);
  });

  it('stops once when it has fired, and firing again does nothing', async () => {
    const { source, fire, stops } = createSource();
    const onCancel = vi.fn<() => void>();
    const op = new Cancelable({ sources: [source] }).onCancel(onCancel);
    const run = op.settle(untilCanceled);
    fire('first');
    fire('second');
    await run;
    fire('third');
    expect([op.message, stops(), onCancel.mock.calls.length]).toEqual(['first', 1, 1]);
  });

  it('that fires after the end does nothing', async () => {
    const { source, fire } = createSource();
    const op = new Cancelable({ sources: [source] });
    await op.run(() => 1);
    fire('late');
    expect(op.status).toBe('completed');
  });

  it('of an operation that never starts never starts', async () => {
    const { source, starts } = createSource();
    const canceled = new Cancelable({ sources: [source] });
    canceled.cancel();
    await canceled.settle(() => 1);
    const token = new CancelationToken();
    token.cancel();
    await new Cancelable({ sources: [source], token }).settle(() => 1);
    await new Cancelable({ sources: [source, AbortSignal.abort()] }).settle(() => 1);
    expect(starts()).toBe(0);
  });

  it('may serve two operations at once', async () => {
    const target = new EventTarget();
    const source: CustomSource = {
      start(fire, { signal }) {
        target.addEventListener('logout', () => fire('gone'), { signal });
      },
    };
    const ops = [new Cancelable({ sources: [source] }), new Cancelable({ sources: [source] })];
    const runs = ops.map((op) => op.settle(untilCanceled));
    ops[0]!.cancel('other');
    target.dispatchEvent(new Event('logout'));
    await Promise.all(runs);
    expect(ops.map((op) => op.message)).toEqual(['other', 'gone']);
  });

  it('stops with the lifetime alone when it returns nothing', async () => {
    const target = new EventTarget();
    const heard = vi.fn<() => void>();
    const source: CustomSource = {
      start(_, { signal }) {
        target.addEventListener('x', heard, { signal });
      },
    };
    await new Cancelable({ sources: [source] }).run(() => {
      target.dispatchEvent(new Event('x'));
    });
    target.dispatchEvent(new Event('x'));
    expect(heard).toHaveBeenCalledOnce();
  });

  it('has a lifetime that is aborted when its signal is first read after the end', async () => {
    const { source, lifetime } = createSource();
    await new Cancelable({ sources: [source] }).run(() => 1);
    expect(lifetime().signal.aborted).toBe(true);
    expect(lifetime().signal).toBe(lifetime().signal);
  });

  it('that throws on stop changes nothing, and the others are stopped', async () => {
    const reported = collectReportedErrors();
    const error = new Error('stop');
    const { source, stops } = createSource();
    const throwing: CustomSource = {
      start: () => () => {
        throw error;
      },
    };
    const op = new Cancelable({ sources: [throwing, source] });
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect([op.status, stops(), reported]).toEqual(['completed', 1, [error]]);
  });
});
