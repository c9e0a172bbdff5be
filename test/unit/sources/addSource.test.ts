import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, condition, fromEvent, fromToken } from 'use-cancelable/core';
import type { CustomSource } from 'use-cancelable/core';
import { asyncDispose } from '../operation/asyncDispose.ts';
import { untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { countListeners } from './countListeners.ts';

const error = new Error('no such sensor');
const throwing: CustomSource = {
  start() {
    throw error;
  },
};

describe('a source that is added', () => {
  it('to a pending operation starts with it, beside those it has', async () => {
    const [first, second, third] = [createSource(), createSource(), createSource()];
    const op = new Cancelable({ sources: [first.source] }).addSource(second.source).addSource(third.source);
    expect([first.starts(), second.starts(), third.starts()]).toEqual([0, 0, 0]);
    const run = op.settle(untilCanceled);
    expect([first.starts(), second.starts(), third.starts()]).toEqual([1, 1, 1]);
    second.fire('second');
    await run;
    expect([op.message, first.stops(), second.stops(), third.stops()]).toEqual(['second', 1, 1, 1]);
  });

  it('to a running operation is effective at once [case 141]', async () => {
    const target = new EventTarget();
    const listeners = countListeners(target);
    const op = new Cancelable();
    const run = op.settle(untilCanceled);
    expect(op.addSource(fromEvent(target, 'logout'))).toBe(op);
    expect(listeners()).toBe(1);
    target.dispatchEvent(new Event('logout'));
    expect([op.status, op.reason]).toEqual(['canceled', 'signal']);
    await run;
    expect(listeners()).toBe(0);
  });

  it('to a running operation is stopped once on every way out [case 289]', async () => {
    const ends: Array<(op: Cancelable) => unknown> = [
      (op) => op.wait(1),
      (op) => op.cancel(),
      () => Promise.reject(new Error('no')),
    ];
    for (const end of ends) {
      const { source, stops, lifetime } = createSource();
      await new Cancelable().settle((op) => {
        op.addSource(source);
        expect(stops()).toBe(0);
        return end(op);
      });
      expect([stops(), lifetime().signal.aborted]).toEqual([1, true]);
    }
  });

  it('to a running operation may have fired already [case 141]', async () => {
    const stopped = vi.fn<() => void>();
    const early: CustomSource = {
      start(fire) {
        fire('already');
        return stopped;
      },
    };
    const op = new Cancelable();
    const run = op.settle(untilCanceled);
    op.addSource(early);
    expect([op.status, op.message, stopped.mock.calls.length]).toEqual(['canceled', 'already', 1]);
    await run;
  });

  it.each([
    ['pending', 'signal'],
    ['pending', 'manual'],
    ['running', 'signal'],
    ['running', 'manual'],
  ])('may be an AbortSignal, to an operation that is %s and ends by reason %s', async (when, reason) => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const op = new Cancelable({ signal: new AbortController().signal });
    if (when === 'pending') op.addSource(controller.signal);
    const run = op.settle(untilCanceled);
    if (when === 'running') op.addSource(controller.signal);
    expect(listeners()).toBe(when === 'running' ? 1 : 0); // several at the start are merged into one of the platform's
    if (reason === 'manual') op.cancel();
    else controller.abort('by the signal');
    await run;
    expect([op.reason, listeners()]).toEqual([reason, 0]);
    expect((op.error as Error).cause).toBe(reason === 'signal' ? 'by the signal' : undefined);
  });

  it('is forgotten by its signal when the operation ends', async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const ops = [1, 2, 3].map(() => new Cancelable({ parent: null }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    for (const op of ops) op.addSource(signal);
    expect(listeners()).toBe(1); // shared
    for (const op of ops) op.cancel();
    await Promise.all(runs);
    expect(listeners()).toBe(0);
  });

  it('may be a signal that is aborted already [case 141]', async () => {
    const op = new Cancelable();
    const run = op.settle(untilCanceled);
    op.addSource(AbortSignal.abort('before'));
    expect([op.status, op.reason]).toEqual(['canceled', 'signal']);
    await run;
  });

  it('in a callback of the start is effective at once', async () => {
    const token = new CancelationToken();
    const op = new Cancelable().onStart(() => op.addSource(fromToken(token)));
    op.start();
    token.cancel({ reason: 'stop' });
    expect(op.reason).toBe('stop');
    await op[asyncDispose]();
  });

  it('by another source while that starts is effective as well', async () => {
    const controller = new AbortController();
    for (const added of [controller.signal, condition(() => true), AbortSignal.abort()]) {
      const body = vi.fn<() => void>();
      const op = new Cancelable({
        parent: null,
        sources: [
          {
            start() {
              op.addSource(added);
              controller.abort();
            },
          },
        ],
      });
      await op.settle(body);
      expect([op.status, body.mock.calls.length]).toEqual(['canceled', 0]);
    }
  });

  it('that throws on start makes a running operation fail: its guard is not there', async () => {
    const reported = collectReportedErrors();
    const op = new Cancelable();
    const run = op.run(untilCanceled);
    expect(op.addSource(throwing)).toBe(op);
    expect([op.status, op.error]).toEqual(['failed', error]);
    await expect(run).rejects.toBe(error);
    expect(reported).toEqual([]);
  });

  it.each(['completed', 'canceled', 'failed', 'canceled before it started'])(
    'to an operation that has %s is not started',
    async (end) => {
      const op = new Cancelable();
      if (end === 'canceled before it started') op.cancel();
      await op.settle(() => {
        if (end === 'canceled') op.cancel();
        if (end === 'failed') throw error;
      });
      const { status } = op;
      const { source, starts } = createSource();
      const { signal } = new AbortController();
      const listeners = countListeners(signal);
      op.addSource(source).addSource(signal).addSource(AbortSignal.abort());
      expect([op.status, starts(), listeners()]).toEqual([status, 0, 0]);
    },
  );

  it('may be one that the operation has', async () => {
    const { source, starts, stops } = createSource();
    const op = new Cancelable({ sources: [source] });
    await op.run(() => {
      op.addSource(source);
    });
    expect([starts(), stops()]).toEqual([2, 2]);
  });

  it('must be a source, whatever the operation is doing [case 254]', async () => {
    const bad: unknown[] = [undefined, null, 5, 'pagehide', () => {}, {}, { start: 5 }, new AbortController()];
    const op = new Cancelable();
    const refuse = (): void => {
      for (const value of bad) {
        expect(() => op.addSource(value as never)).toThrow(TypeError);
        expect(() => op.addSource(value as never)).toThrow(
          'The source must be an AbortSignal or an object with a start',
        );
      }
    };
    refuse();
    await op.run(refuse);
    refuse();
    expect(op.status).toBe('completed');
  });

  it('does not change the options that others were made with', async () => {
    const sources = Object.freeze([createSource().source]);
    const ops = [new Cancelable({ sources }), new Cancelable({ sources })];
    const { source, starts } = createSource();
    ops[0]!.addSource(source);
    await ops[1]!.run(() => 1);
    expect(starts()).toBe(0);
  });
});
