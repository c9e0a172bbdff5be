import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, sleep, wait, type Awaitable } from 'use-cancelable/core';

// Where the operation can't be followed: it is undefined there, never another one.

describe('no operation is current', () => {
  it('after a bare await, for the rest of the function, and wait does not regain it', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.run(async () => {
      await Promise.resolve();
      seen.push(currentOperation());
      await wait(Promise.resolve());
      seen.push(currentOperation());
      await op.wait(Promise.resolve());
      seen.push(currentOperation());
      await op.sleep(0);
      seen.push(currentOperation());
    });
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('after a bare await of a promise that has been resolved long ago', async () => {
    const resolved = Promise.resolve();
    await sleep(1);
    await new Cancelable().run(async () => {
      await resolved;
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('in a body entered through a bare await, and the one who waits for it keeps its own', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const load = async (): Promise<void> => {
        await Promise.resolve();
        expect(currentOperation()).toBeUndefined();
      };
      await op.wait(load());
      expect(currentOperation()).toBe(op);
    });
  });

  it('for the caller of a function that returns a wait', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const load = async (): Promise<number> => wait(Promise.resolve(1));
      expect(await load()).toBe(1);
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('unless the caller waits for that function', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const load = async (): Promise<number> => wait(Promise.resolve(1));
      expect(await wait(load())).toBe(1);
      expect(currentOperation()).toBe(op);
    });
  });

  it('after a bare await of Promise.all, unless that is waited for', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      await wait(Promise.all([wait(1), sleep(1), op.wait(2)]));
      expect(currentOperation()).toBe(op);
      await Promise.all([wait(1), wait(2)]);
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('after a stored wait that has settled before it is awaited', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const stored = wait(Promise.resolve());
      await sleep(1);
      expect(currentOperation()).toBe(op);
      await stored;
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('after the second await of one wait; the first one restores', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      const stored = wait(sleep(1));
      await stored;
      expect(currentOperation()).toBe(op);
      await stored;
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('after for await over a bare async generator', async () => {
    const numbers = async function* (): AsyncGenerator<number> {
      yield 1;
      yield 2;
    };
    await new Cancelable().run(async () => {
      for await (const number of numbers()) {
        expect(number).toBeGreaterThan(0);
        expect(currentOperation()).toBeUndefined();
      }
      expect(currentOperation()).toBeUndefined();
    });
  });

  it('in microtasks that code of an operation has queued', async () => {
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(currentOperation());
    const op = new Cancelable();
    await op.run(async () => {
      queueMicrotask(note);
      void Promise.resolve().then(note);
      await wait(Promise.resolve());
      queueMicrotask(note);
      void Promise.resolve().then(note);
      await sleep(1);
    });
    expect(seen).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a wait that was handed to somebody else', () => {
  const stranger = async (given: Awaitable<unknown>, seen: unknown[]): Promise<void> => {
    await given;
    seen.push(currentOperation());
  };

  it('gives its operation to no code outside of operations', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    let given!: Awaitable<unknown>;
    const running = op.run(async () => {
      given = sleep(2);
      await given;
      expect(currentOperation()).toBe(op);
    });
    await Promise.all([stranger(given, seen), given.then(() => seen.push(currentOperation())), running]);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('gives its operation to no code of another one', async () => {
    const op = new Cancelable();
    const other = new Cancelable();
    const seen: unknown[] = [];
    let given!: Awaitable<unknown>;
    const running = op.run(async () => {
      given = wait(sleep(2));
      await given;
      expect(currentOperation()).toBe(op);
    });
    await Promise.all([other.run(() => stranger(given, seen)), running]);
    expect(seen).toEqual([undefined]);
  });

  it('brings the operation back to the code of the other one that waits for it', async () => {
    const op = new Cancelable();
    const other = new Cancelable();
    let given!: Awaitable<unknown>;
    const running = op.run(async () => {
      given = sleep(2);
      await given;
      expect(currentOperation()).toBe(op);
    });
    await other.run(async () => {
      await wait(given);
      expect(currentOperation()).toBe(other);
    });
    await running;
  });

  it('made outside of operations, brings nothing into one', async () => {
    const given = sleep(2);
    const seen: unknown[] = [];
    await new Cancelable().run(() => stranger(given, seen));
    expect(seen).toEqual([undefined]);
  });
});

describe('an awaitable', () => {
  it('is a native promise in every way', async () => {
    const awaitable = wait(Promise.resolve(1));
    expect(awaitable).toBeInstanceOf(Promise);
    expect(Object.prototype.toString.call(awaitable)).toBe('[object Promise]');
    expect(await Promise.all([wait(1), wait(2)])).toEqual([1, 2]);
    expect(await Promise.race([sleep(50), wait('first')])).toBe('first');
    expect(await Promise.any([wait(Promise.reject(new Error('no'))), wait('any')])).toBe('any');
    expect(await Promise.allSettled([wait(1)])).toEqual([{ status: 'fulfilled', value: 1 }]);
    expect(await awaitable.then((value) => value + 1)).toBe(2);
    expect(await awaitable.finally(() => 5)).toBe(1);
  });

  it('works the same within an operation', async () => {
    await new Cancelable().run(async () => {
      const awaitable = wait(1);
      expect(awaitable).toBeInstanceOf(Promise);
      expect(await wait(Promise.all([awaitable, wait(2)]))).toEqual([1, 2]);
      expect(await wait(Promise.race([sleep(50), wait('first')]))).toBe('first');
      expect(await wait(awaitable.finally(() => 5))).toBe(1);
    });
  });

  it('follows a thenable that is no promise', async () => {
    const thenable: PromiseLike<string> = {
      then: (onFulfilled) => Promise.resolve('from afar').then(onFulfilled),
    };
    const op = new Cancelable();
    await op.run(async () => {
      expect(await wait(thenable)).toBe('from afar');
      expect(currentOperation()).toBe(op);
    });
  });
});
