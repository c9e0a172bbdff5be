import { describe, expect, it, vi } from 'vitest';
import { Cancelable, fromSignal, SignalCancelation } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { countListeners } from './countListeners.ts';

describe('a signal as a named source', () => {
  it('cancels as the signal itself does [case 115]', async () => {
    const controller = new AbortController();
    const ops = [fromSignal(controller.signal), controller.signal].map(
      (source) => new Cancelable({ sources: [source], parent: null }),
    );
    const runs = ops.map((op) => op.settle(untilCanceled));
    const cause = new Error('socket closed');
    controller.abort(cause);
    await Promise.all(runs);
    const [named, bare] = ops.map(({ status, reason, message, error }) => ({
      status,
      reason,
      message,
      type: (error as Error).constructor,
      cause: (error as Error).cause,
    }));
    expect(named).toEqual({
      status: 'canceled',
      reason: 'signal',
      message: 'Operation canceled by a signal: socket closed',
      type: SignalCancelation,
      cause,
    });
    expect(bare).toEqual(named);
  });

  it('that is aborted already keeps the body from starting', async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [fromSignal(AbortSignal.abort('before'))] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'signal', cause: 'before' });
    expect([body.mock.calls.length, listeners()]).toEqual([0, 0]);
  });

  it('has no listener before the start and none after the end', async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const op = new Cancelable({ sources: [fromSignal(signal)] });
    expect(listeners()).toBe(0);
    await op.run(() => expect(listeners()).toBe(1));
    expect(listeners()).toBe(0);
  });

  it('says what it is [case 286]', () => {
    const source = fromSignal(new AbortController().signal);
    expect([source.name, source.reason, String(source)]).toEqual(['signal', 'signal', 'signal (signal)']);
  });
});
