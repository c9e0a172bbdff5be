import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  currentOperation,
  decorationOf,
  sleep,
  wait,
  withCancelable,
  withCurrentOperation,
} from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

describe('functions bound to one operation', () => {
  it('share its time: the third of three calls is canceled [case 172]', async () => {
    vi.useFakeTimers();
    const shared = new Cancelable({ timeout: 5000 });
    const step = withCancelable(shared)(async (op, name: string) => {
      await op.sleep(2000);
      return name;
    });
    const done: string[] = [];
    const run = shared.settle(async () => {
      for (const name of ['one', 'two', 'three']) done.push(await wait(step(name)));
    });
    await vi.advanceTimersByTimeAsync(6000);
    expect(await run).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect([done, vi.getTimerCount()]).toEqual([['one', 'two'], 0]);
    vi.useRealTimers();
  });

  it('are refused before it has started and after it has completed, and do not run [case 192]', async () => {
    const shared = new Cancelable();
    const body = vi.fn<() => void>();
    const step = withCancelable(shared)(body);
    await expect(step()).rejects.toThrow('This operation is pending.');
    await shared.run(() => 1);
    await expect(step()).rejects.toThrow('This operation is completed.');
    expect(body).not.toHaveBeenCalled();
  });

  it('reject with its error when it was canceled or has failed, and do not run', async () => {
    const [canceled, failed] = [new Cancelable(), new Cancelable()];
    const body = vi.fn<() => void>();
    canceled.cancel('gone');
    await expect(withCancelable(canceled)(body)()).rejects.toBe(canceled.error);
    const error = new Error('no');
    await failed.settle(() => Promise.reject(error));
    await expect(withCancelable(failed)(body)()).rejects.toBe(error);
    expect(body).not.toHaveBeenCalled();
  });

  it('run with it from outside of its body, too; current is never empty [case 192]', async () => {
    const shared = new Cancelable();
    const run = shared.settle(untilCanceled);
    const step = withCancelable(shared)(async (op) => {
      const before = currentOperation();
      await sleep(1);
      return [op, before, currentOperation()];
    });
    await expect(step()).resolves.toEqual([shared, shared, shared]);
    expect(currentOperation()).toBeUndefined();
    shared.cancel();
    await run;
  });

  it('have it as the current operation inside of another one, which is current again after the call [case 193]', async () => {
    const shared = new Cancelable();
    await shared.run(async () => {
      const step = withCancelable(shared)(async (op) => {
        await op.sleep(1);
        return currentOperation();
      });
      await new Cancelable({ name: 'nested' }).run(async (nested) => {
        expect(nested.parent).toBe(shared);
        expect(await step()).toBe(shared);
        expect(currentOperation()).toBe(nested);
      });
    });
  });

  it('reject as soon as it is canceled, though the function goes on', async () => {
    const shared = new Cancelable();
    const run = shared.settle(untilCanceled);
    const call = withCancelable(shared)(() => new Promise<never>(() => {}))();
    shared.cancel('stop');
    await expect(call).rejects.toBe(shared.error);
    await run;
  });

  it('have the handle in its place inside of a shield', async () => {
    const shared = new Cancelable();
    const clean = withCancelable(shared)(async (op) => {
      await op.sleep(1);
      return [op === shared, op.parent, currentOperation() === op];
    });
    const seen: unknown[] = [];
    await shared.settle(async (op) => {
      op.cancel();
      await op.shield(async () => seen.push(...(await wait(clean()))));
    });
    expect(seen).toEqual([false, shared, true]);
  });

  it('may be generator functions, synchronous, without an operation or with it elsewhere, and may fail', async () => {
    const shared = new Cancelable();
    const error = new Error('no');
    await shared.run(async () => {
      const generator = withCancelable(shared)(function* (op, one: number) {
        return one + (yield* op.wait(Promise.resolve(2)));
      });
      expect(await generator(1)).toBe(3);
      const bare = withCancelable(shared, { inject: false })((...args: unknown[]) => args);
      expect(await bare(1, 2)).toEqual([1, 2]);
      const last = withCancelable(shared, { inject: 1 })((text: string, op?: Cancelable) => [text, op === shared]);
      expect(await last('a')).toEqual(['a', true]);
      expect(await last('a', new Cancelable())).toEqual(['a', true]);
      expect(await last('a', undefined)).toEqual(['a', true]);
      const given = withCancelable(shared)((op, text: string) => [text, op === shared]);
      expect(await given(new Cancelable(), 'a')).toEqual(['a', true]);
      const failing = withCancelable(shared)(() => {
        throw error;
      });
      await expect(failing()).rejects.toBe(error);
      const receiver = {
        text: 'its own',
        read: withCancelable(shared)(function (this: { text: string }) {
          return this.text;
        }),
      };
      expect(await receiver.read()).toBe('its own');
    });
    expect(shared.status).toBe('completed');
  });

  it('keep name and length; the operation can be read [case 180]', () => {
    const shared = new Cancelable();
    function step(_op: Cancelable, text: string) {
      return text;
    }
    const decorated = withCancelable(shared)(step);
    expect([decorated.name, decorated.length]).toEqual(['step', 2]);
    expect(decorationOf(decorated)).toEqual({
      decorator: 'withCancelable',
      parameters: { operation: shared },
      original: step,
    });
  });
});

describe('withCurrentOperation', () => {
  const read = withCurrentOperation()((op, text: string) => [op, text] as const);

  it('gives the current operation, and outside of one the absent value of currentOperation() [case 191]', async () => {
    const op = new Cancelable();
    await op.run(() => expect(read('a')).toEqual([op, 'a']));
    expect(read('a')).toEqual([undefined, 'a']);
  });

  it('keeps an operation that the caller gives', async () => {
    const [op, given] = [new Cancelable(), new Cancelable()];
    await op.run(() => expect(read(given, 'a')).toEqual([given, 'a']));
  });

  it('starts nothing and returns what the function returns, with its receiver', async () => {
    const op = new Cancelable();
    const object = {
      text: 'its own',
      read: withCurrentOperation()(function (this: { text: string }, op) {
        return [this.text, op, op?.children.length];
      }),
    };
    await op.run(() => expect(object.read()).toEqual(['its own', op, 0]));
    const promise = Promise.resolve(1);
    expect(withCurrentOperation()(() => promise)()).toBe(promise);
  });

  it('puts it at another index [case 175]', async () => {
    const last = withCurrentOperation({ inject: 1 })((text: string, op?: Cancelable) => [text, op?.name]);
    await new Cancelable({ name: 'outer' }).run(() => expect(last('a')).toEqual(['a', 'outer']));
    expect(last('a')).toEqual(['a', undefined]);
    const middle = withCurrentOperation({ inject: 0 })((op: Cancelable | undefined, text: string) => [op?.name, text]);
    await new Cancelable({ name: 'outer' }).run(() => expect(middle(undefined, 'a')).toEqual(['outer', 'a']));
    expect(middle(undefined, 'a')).toEqual([undefined, 'a']);
    expect(decorationOf(last)?.parameters).toEqual({ inject: 1 });
  });
});
