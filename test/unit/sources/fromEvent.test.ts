import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, fromEvent, SignalCancelation } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { countListeners } from './countListeners.ts';

describe('an event as a source', () => {
  it('cancels with reason signal; the error has its type and the event itself', async () => {
    const target = new EventTarget();
    const op = new Cancelable({ sources: [fromEvent(target, 'logout')] });
    const run = op.settle(untilCanceled);
    const event = new Event('logout');
    target.dispatchEvent(event);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'signal', 'Operation canceled by signal logout']);
    expect(op.error).toBeInstanceOf(SignalCancelation);
    expect(op.error).toMatchObject({ event: 'logout', cause: event });
    await run;
  });

  it('that happens twice cancels once [case 284]', async () => {
    const target = new EventTarget();
    const onCancel = vi.fn<() => void>();
    const op = new Cancelable({ sources: [fromEvent(target, 'logout')] }).onCancel(onCancel);
    const run = op.settle(untilCanceled);
    const first = new Event('logout');
    target.dispatchEvent(first);
    target.dispatchEvent(new Event('logout'));
    await run;
    expect([onCancel.mock.calls.length, (op.error as Error).cause]).toEqual([1, first]);
  });

  it('does not count before the start, and is not listened to', async () => {
    const target = new EventTarget();
    const listeners = countListeners(target);
    const op = new Cancelable({ sources: [fromEvent(target, 'logout')] });
    target.dispatchEvent(new Event('logout'));
    expect(listeners()).toBe(0);
    await expect(op.run(() => listeners())).resolves.toBe(1);
  });

  it.each([
    ['completion', (op: Cancelable) => op.wait(1)],
    ['a cancel', (op: Cancelable) => op.cancel()],
    ['a failure', () => Promise.reject(new Error('no'))],
    ['the event itself', (_: Cancelable, target: EventTarget) => target.dispatchEvent(new Event('logout'))],
  ])('is not listened to after the end by %s', async (_, end) => {
    const target = new EventTarget();
    const listeners = countListeners(target);
    const source = fromEvent(target, 'logout');
    const [one, other] = [new Cancelable({ sources: [source] }), new Cancelable({ sources: [source], parent: null })];
    const otherRun = other.settle(untilCanceled);
    await one.settle<unknown>((op) => end(op, target));
    expect(listeners()).toBe(other.isRunning ? 1 : 0);
    other.cancel();
    await otherRun;
    expect(listeners()).toBe(0);
  });

  it('counts only when the filter says so', async () => {
    const target = new EventTarget();
    const source = fromEvent<CustomEvent<number>>(target, 'count', { filter: ({ detail }) => detail > 2 });
    const op = new Cancelable({ sources: [source] });
    const run = op.settle(untilCanceled);
    for (const detail of [1, 2]) target.dispatchEvent(new CustomEvent('count', { detail }));
    expect(op.status).toBe('running');
    target.dispatchEvent(new CustomEvent('count', { detail: 3 }));
    expect(op.status).toBe('canceled');
    await run;
  });

  it('does not count when the filter throws; the error is reported', async () => {
    const reported = collectReportedErrors();
    const target = new EventTarget();
    const error = new Error('filter');
    const filter = vi
      .fn<() => boolean>(() => true)
      .mockImplementationOnce(() => {
        throw error;
      });
    const op = new Cancelable({ sources: [fromEvent(target, 'x', { filter })] });
    const run = op.settle(untilCanceled);
    target.dispatchEvent(new Event('x'));
    expect([op.status, reported]).toEqual(['running', [error]]);
    target.dispatchEvent(new Event('x'));
    expect(op.status).toBe('canceled');
    await run;
  });

  it('is filtered with no operation current, also when a body dispatches it', async () => {
    const target = new EventTarget();
    const seen: unknown[] = [];
    const source = fromEvent(target, 'x', {
      filter: () => {
        seen.push(currentOperation());
        return false;
      },
    });
    const op = new Cancelable({ sources: [source] });
    const after = await op.run(() => {
      target.dispatchEvent(new Event('x'));
      return currentOperation();
    });
    expect([seen, after]).toEqual([[undefined], op]);
  });

  it('serves several operations at once [case 140]', async () => {
    const target = new EventTarget();
    const source = fromEvent(target, 'logout');
    const ops = [1, 2, 3].map(() => new Cancelable({ sources: [source], parent: null }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    ops[0]!.cancel('other');
    target.dispatchEvent(new Event('logout'));
    await Promise.all(runs);
    expect(ops.map(({ reason }) => reason)).toEqual(['manual', 'signal', 'signal']);
  });

  it('may be an event of anything that has listeners, an AbortSignal too', async () => {
    const controller = new AbortController();
    const op = new Cancelable({ sources: [fromEvent(controller.signal, 'abort')] });
    const run = op.settle(untilCanceled);
    controller.abort();
    expect(op.error).toMatchObject({ event: 'abort' });
    await run;
  });

  it('says what it is [case 286]', () => {
    const source = fromEvent(new EventTarget(), 'logout');
    expect([source.name, source.reason, String(source)]).toEqual(['logout', 'signal', 'logout (signal)']);
  });
});

describe('a source that fires into an operation', () => {
  it('cancels it although a cancel callback throws [case 287]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('callback');
    const target = new EventTarget();
    const op = new Cancelable({ sources: [fromEvent(target, 'x')] }).onCancel(() => {
      throw error;
    });
    const run = op.settle(untilCanceled);
    target.dispatchEvent(new Event('x'));
    await expect(run).resolves.toMatchObject({ status: 'canceled', reason: 'signal' });
    expect(reported).toEqual([error]);
  });

  it('that is canceled already changes nothing [case 288]', async () => {
    const target = new EventTarget();
    const onCancel = vi.fn<() => void>();
    const op = new Cancelable({ sources: [fromEvent(target, 'x')] }).onCancel(onCancel);
    const run = op.settle(untilCanceled);
    op.cancel('before');
    target.dispatchEvent(new Event('x'));
    await run;
    expect([op.reason, op.message, onCancel.mock.calls.length]).toEqual(['manual', 'before', 1]);
  });
});
