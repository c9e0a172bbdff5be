import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  cancelableCombine,
  cancelableWithCondition,
  cancelableWithSignal,
  cancelableWithToken,
  CancelationToken,
  currentOperation,
  decorationOf,
  SignalCancelation,
  type CancelationError,
} from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';

/** How many listeners a target holds. */
function watchListeners(target: EventTarget): () => number {
  const [add, remove] = [vi.spyOn(target, 'addEventListener'), vi.spyOn(target, 'removeEventListener')];
  return () => add.mock.calls.length - remove.mock.calls.length;
}

describe('cancelableWithToken', () => {
  it('lets calls through until the token is canceled, then rejects without running the function [case 182]', async () => {
    const token = new CancelationToken();
    const body = vi.fn<(op: Cancelable, text: string) => string>((_, text) => text);
    const load = cancelableWithToken(token, { name: 'load' })(body);
    await expect(load('text')).resolves.toBe('text');
    token.cancel({ reason: 'logout', message: 'gone' });
    await expect(load('text')).rejects.toMatchObject({ reason: 'logout', message: 'gone' });
    expect(body).toHaveBeenCalledTimes(1);
    expect(decorationOf(load)?.parameters).toEqual({ name: 'load', token });
  });

  it('cancels all calls that run', async () => {
    const token = new CancelationToken();
    const load = cancelableWithToken(token)(untilCanceled);
    const calls = [load(), load()];
    token.cancel('stop');
    for (const call of calls) await expect(call).rejects.toMatchObject({ message: 'stop' });
  });
});

describe('cancelableWithSignal', () => {
  it('cancels with reason signal when the event happens during a call; listens only then [case 183]', async () => {
    const target = new EventTarget();
    const listeners = watchListeners(target);
    const load = cancelableWithSignal(target, 'offline', { name: 'load' })(async (op, milliseconds: number) => {
      expect(listeners()).toBe(1);
      await op.sleep(milliseconds);
      return op.name;
    });
    target.dispatchEvent(new Event('offline'));
    await expect(load(1)).resolves.toBe('load');
    expect(listeners()).toBe(0);
    const call = load(10_000);
    const event = new Event('offline');
    target.dispatchEvent(event);
    await expect(call).rejects.toMatchObject({ reason: 'signal', event: 'offline', cause: event });
    await expect(call).rejects.toBeInstanceOf(SignalCancelation);
    expect(listeners()).toBe(0);
  });

  it('takes a filter, and sources beside it', async () => {
    const target = new EventTarget();
    const { source, fire } = createSource();
    const load = cancelableWithSignal(target, 'key', {
      filter: (event) => (event as CustomEvent<string>).detail === 'Escape',
      sources: [source],
    })(untilCanceled);
    const first = load();
    target.dispatchEvent(new CustomEvent('key', { detail: 'Enter' }));
    target.dispatchEvent(new CustomEvent('key', { detail: 'Escape' }));
    await expect(first).rejects.toMatchObject({ reason: 'signal' });
    const second = load();
    fire('other');
    await expect(second).rejects.toMatchObject({ message: 'other' });
  });

  it('follows an AbortSignal; one that is aborted already keeps the function from running [case 183]', async () => {
    const controller = new AbortController();
    const listeners = watchListeners(controller.signal);
    const body = vi.fn<(op: Cancelable) => Promise<void>>((op) => op.sleep(1));
    const load = cancelableWithSignal(controller.signal, { timeout: 1000 })(body);
    await load();
    expect(listeners()).toBe(0);
    const call = load();
    const cause = new Error('closed');
    controller.abort(cause);
    await expect(call).rejects.toMatchObject({ reason: 'signal', cause });
    await expect(load()).rejects.toMatchObject({ reason: 'signal', cause });
    expect(body).toHaveBeenCalledTimes(2);
  });

  it('takes a signal as the target of an event, too', async () => {
    const controller = new AbortController();
    const call = cancelableWithSignal(controller.signal, 'abort')(untilCanceled)();
    controller.abort();
    await expect(call).rejects.toMatchObject({ reason: 'signal', event: 'abort' });
  });
});

describe('cancelableWithCondition', () => {
  it('lets a call complete while the condition is false, and cancels one when it is true [case 184]', async () => {
    vi.useFakeTimers();
    let full = false;
    const load = cancelableWithCondition(() => full, { interval: 10, conditionName: 'full', timeout: 5000 })(async (
      op,
    ) => {
      await op.sleep(100);
      return 'done';
    });
    const first = load();
    await vi.advanceTimersByTimeAsync(100);
    await expect(first).resolves.toBe('done');
    expect(vi.getTimerCount()).toBe(0);
    const second = load().catch((error: unknown) => error as CancelationError);
    await vi.advanceTimersByTimeAsync(50);
    full = true;
    await vi.advanceTimersByTimeAsync(10);
    expect(await second).toMatchObject({ reason: 'condition', conditionName: 'full' });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('keeps the function from running when the condition is true at once', async () => {
    const body = vi.fn<() => void>();
    await expect(cancelableWithCondition(() => true)(body)()).rejects.toMatchObject({ reason: 'condition' });
    expect(body).not.toHaveBeenCalled();
  });
});

describe('cancelableCombine', () => {
  it('makes its members anew for each call, so that no call is born canceled [case 186]', async () => {
    const made: Cancelable[] = [];
    const load = cancelableCombine(
      () => {
        made.push(Cancelable.withTimeout(20));
        return made.at(-1)!;
      },
      () => Cancelable.withToken(new CancelationToken()),
    )(async function load(op, milliseconds: number) {
      await op.sleep(milliseconds);
      return op.name;
    });
    await expect(load(10_000)).rejects.toMatchObject({ reason: 'timeout', timeout: 20 });
    await expect(load(1)).resolves.toBe('load');
    expect(new Set(made).size).toBe(2);
  });

  it('takes options, injects and names as the others do [case 179]', async () => {
    const token = new CancelationToken();
    const load = cancelableCombine(() => Cancelable.withToken(token), { name: 'given', inject: 1, metadata: { a: 1 } })(
      async (text: string, op?: Cancelable) => [text, op?.name, op?.context.metadata['a']],
    );
    await expect(load('text')).resolves.toEqual(['text', 'given', 1]);
    token.cancel('stop');
    await expect(load('text')).rejects.toMatchObject({ message: 'stop' });
    expect(load.name).toBe('');
    expect(decorationOf(load)).toMatchObject({ decorator: 'cancelableCombine', parameters: { name: 'given' } });
  });

  it('runs under the operation of its caller; its members do not stand there', async () => {
    const outer = new Cancelable();
    const seen: unknown[] = [];
    const load = cancelableCombine(() => {
      seen.push(currentOperation());
      return Cancelable.withTimeout(1000);
    })((op) => seen.push(op.parent, outer.children.length));
    await outer.run(() => load());
    expect(seen).toEqual([undefined, outer, 1]);
    const parent = new Cancelable();
    await load(parent);
    expect(seen.slice(3)).toEqual([undefined, parent, 0]);
  });

  it('rejects with what a factory throws, and when it makes no operation', async () => {
    const error = new Error('no factory');
    const body = vi.fn<() => void>();
    const failing = cancelableCombine(() => {
      throw error;
    })(body);
    await expect(failing()).rejects.toBe(error);
    const wrong = cancelableCombine((() => 5) as never)(body);
    await expect(wrong()).rejects.toThrow('What a factory of cancelableCombine makes must be an operation; got 5');
    expect(body).not.toHaveBeenCalled();
  });
});
