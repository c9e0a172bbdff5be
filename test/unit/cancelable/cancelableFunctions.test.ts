import { describe, expect, it, vi } from 'vitest';
import { cancelable, Cancelable, currentOperation, decorationOf, wait } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

describe('a function made cancelable', () => {
  it('runs each call in a new operation with a timeout of its own [case 171]', async () => {
    vi.useFakeTimers();
    const seen: Cancelable[] = [];
    const step = cancelable({ timeout: 5000 })(async (op) => {
      seen.push(op);
      await op.sleep(3000);
      return 'done';
    });
    for (let call = 0; call < 3; call += 1) {
      const promise = step();
      await vi.advanceTimersByTimeAsync(3000);
      await expect(promise).resolves.toBe('done');
    }
    vi.useRealTimers();
    expect(new Set(seen.map((op) => op.id)).size).toBe(3);
    expect(seen.map((op) => op.status)).toEqual(['completed', 'completed', 'completed']);
  });

  it('gets a live operation as its first argument, and its result comes back [case 173]', async () => {
    const load = cancelable()(async (op, data: string, times: number) => {
      expect([op.isRunning, op === currentOperation()]).toEqual([true, true]);
      await op.sleep(1);
      expect(currentOperation()).toBe(op);
      return data.repeat(times);
    });
    await expect(load('ab', 2)).resolves.toBe('abab');
  });

  it('gets no argument with inject: false; the current operation is there [case 174]', async () => {
    const load = cancelable({ inject: false, name: 'load' })((...args: unknown[]) => [args, currentOperation()?.name]);
    await expect(load('data', 5)).resolves.toEqual([['data', 5], 'load']);
  });

  it('gets it at the index that inject says, before what the caller gave from there on [case 175]', async () => {
    const load = cancelable({ inject: 2 })((first: string, second = 'default', op?: Cancelable, ...rest: unknown[]) => [
      first,
      second,
      op?.isRunning,
      rest,
    ]);
    await expect(load('a')).resolves.toEqual(['a', 'default', true, []]);
    await expect(load('a', 'b')).resolves.toEqual(['a', 'b', true, []]);
    await expect(load('a', 'b', undefined)).resolves.toEqual(['a', 'b', true, []]);
    await expect(load('a', 'b', undefined, 'c')).resolves.toEqual(['a', 'b', true, ['c']]);
    await expect(load('a', 'b', 'no operation' as never)).resolves.toEqual(['a', 'b', true, ['no operation']]);
    const parent = new Cancelable();
    const child = cancelable({ inject: 1 })((_: string, op?: Cancelable) => op?.parent);
    await expect(parent.run(() => child('a', parent))).resolves.toBe(parent);
  });

  it('that takes no operation works, its arguments unchanged [case 176]', async () => {
    await expect(cancelable()(() => 5)()).resolves.toBe(5);
    const other = new Cancelable();
    const same = cancelable({ inject: false })((op: Cancelable, text: string) => [op, text] as const);
    await expect(same(other, 'text')).resolves.toEqual([other, 'text']);
    expect(other.status).toBe('pending');
  });

  it('gets all arguments, defaults and rest, not shifted by its operation [case 177]', async () => {
    const collect = cancelable()((_op, a: number, { b }: { b: number }, c = 3, ...rest: number[]) => [
      a,
      b,
      c,
      ...rest,
    ]);
    await expect(collect(1, { b: 2 })).resolves.toEqual([1, 2, 3]);
    await expect(collect(1, { b: 2 }, 4, 5, 6)).resolves.toEqual([1, 2, 4, 5, 6]);
    const nothing = cancelable()((_op, value: null | undefined, last: number) => [value, last]);
    await expect(nothing(null, 1)).resolves.toEqual([null, 1]);
    await expect(nothing(undefined, 1)).resolves.toEqual([undefined, 1]);
  });

  it('names its operation: the given name, else its own, else the timeout [case 179]', async () => {
    async function load(op: Cancelable) {
      return op.name;
    }
    await expect(cancelable({ name: 'given' })(load)()).resolves.toBe('given');
    await expect(cancelable({ timeout: 5000 })(load)()).resolves.toBe('load');
    await expect(cancelable({ timeout: 5000 })((op) => op.name)()).resolves.toBe('timeout 5s');
  });

  it('keeps name and length; what it was decorated with can be read [case 180]', () => {
    const options = { timeout: 5000, name: 'given' };
    function load(_op: Cancelable, first: string, second: string) {
      return first + second;
    }
    const decorated = cancelable(options)(load);
    options.timeout = 1;
    expect([decorated.name, decorated.length]).toEqual(['load', 3]);
    expect(decorationOf(decorated)).toEqual({
      decorator: 'cancelable',
      parameters: { timeout: 5000, name: 'given' },
      original: load,
    });
    expect(decorationOf(load)).toBeUndefined();
  });

  it('rejects with the error that it throws, at once or later [case 181]', async () => {
    const error = new Error('no');
    await expect(
      cancelable()(() => {
        throw error;
      })(),
    ).rejects.toBe(error);
    await expect(cancelable()(() => Promise.reject(error))()).rejects.toBe(error);
  });

  it('keeps its receiver', async () => {
    const counter = {
      start: 5,
      add: cancelable()(function (this: { start: number }, _op, more: number) {
        return this.start + more;
      }),
    };
    await expect(counter.add(2)).resolves.toBe(7);
  });

  it('may be synchronous or a generator function', async () => {
    await expect(cancelable()((op) => op.isRunning)()).resolves.toBe(true);
    const sum = cancelable()(function* (op, first: number) {
      const second = yield* op.wait(Promise.resolve(2));
      expect(currentOperation()).toBe(op);
      return first + second;
    });
    await expect(sum(1)).resolves.toBe(3);
  });

  it('is canceled by its options, by its operation, and by its parent', async () => {
    await expect(cancelable({ timeout: 5 })(untilCanceled)()).rejects.toMatchObject({ reason: 'timeout' });
    const own = cancelable()((op) => {
      op.cancel('enough');
      return untilCanceled(op);
    });
    await expect(own()).rejects.toMatchObject({ reason: 'manual', message: 'enough' });
    const parent = new Cancelable();
    const call = parent.run(() => cancelable()(untilCanceled)());
    parent.cancel();
    await expect(call).rejects.toMatchObject({ reason: 'manual' });
  });
});

describe('the parent of a call', () => {
  const parentOf = cancelable()((op) => op.parent);

  it('is the current operation of the caller, which is current again after the call', async () => {
    await expect(parentOf()).resolves.toBeUndefined();
    const outer = new Cancelable();
    await outer.run(async () => {
      expect(await parentOf()).toBe(outer);
      expect(currentOperation()).toBe(outer);
    });
  });

  it('is an operation that the caller gives in the place of the injected one', async () => {
    const parent = new Cancelable();
    await new Cancelable().run(async () => {
      const load = cancelable()((op, text: string) => [op.parent, op === parent, text]);
      expect(await load(parent, 'text')).toEqual([parent, false, 'text']);
    });
    await expect(parent.run(parentOf)).resolves.toBe(parent);
  });

  it('or the one of the options, null for none, unless the caller gives one', async () => {
    const [parent, given] = [new Cancelable(), new Cancelable()];
    await new Cancelable().run(async () => {
      await expect(cancelable({ parent })((op) => op.parent)()).resolves.toBe(parent);
      await expect(cancelable({ parent: null })((op) => op.parent)()).resolves.toBeUndefined();
      await expect(cancelable({ parent: null })((op) => op.parent)(given)).resolves.toBe(given);
    });
  });

  it('that has ended keeps the function from running', async () => {
    const parent = new Cancelable();
    await parent.run(() => 1);
    const body = vi.fn<(op: Cancelable) => void>();
    await expect(cancelable()(body)(parent)).rejects.toMatchObject({ reason: 'parent' });
    expect(body).not.toHaveBeenCalled();
  });

  it('is the outer operation when decorators are nested; the two are distinct [case 194]', async () => {
    const seen: Array<[string | undefined, string | undefined]> = [];
    const inner = cancelable({ name: 'inner' })(async (op, text: string) => {
      seen.push([op.name, op.parent?.name]);
      return text;
    });
    await expect(cancelable({ name: 'outer' })(inner)('text')).resolves.toBe('text');
    await expect(cancelable({ name: 'outer', inject: false })((text: string) => inner(text))('text')).resolves.toBe(
      'text',
    );
    expect(seen).toEqual([
      ['inner', 'outer'],
      ['inner', 'outer'],
    ]);
    expect(decorationOf(inner)?.parameters).toEqual({ name: 'inner' });
  });
});

describe('running with a timeout', () => {
  it('gives the value of a quick task, and rejects with reason timeout for a slow one [case 195]', async () => {
    await expect(Cancelable.withTimeout(1000).run(async () => 'quick')).resolves.toBe('quick');
    await expect(Cancelable.withTimeout(5).run(untilCanceled)).rejects.toMatchObject({ reason: 'timeout' });
  });
});

describe('two calls at once', () => {
  it('are canceled each for itself', async () => {
    const ops: Cancelable[] = [];
    const load = cancelable()(async (op, text: string) => {
      ops.push(op);
      await op.sleep(5);
      return text;
    });
    const [one, two] = [load('one'), load('two')];
    ops[0]!.cancel('first only');
    await expect(one).rejects.toMatchObject({ message: 'first only' });
    await expect(wait(two)).resolves.toBe('two');
  });
});
