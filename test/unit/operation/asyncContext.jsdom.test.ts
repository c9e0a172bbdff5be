import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// No browser has AsyncContext.Variable yet (TC39 stage 2). Node's AsyncLocalStorage behaves as it is specified to.
class Variable<T> {
  readonly #storage = new AsyncLocalStorage<T>();
  get(): T | undefined {
    return this.#storage.getStore();
  }
  run<Result>(value: T, callback: () => Result): Result {
    return this.#storage.run(value, callback);
  }
}

let core: typeof import('use-cancelable/core');

beforeAll(async () => {
  vi.stubGlobal('AsyncContext', { Variable });
  // It is looked for when the package is loaded.
  vi.resetModules();
  core = await import('use-cancelable/core');
});

afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function* numbers(): AsyncGenerator<number> {
  yield 1;
  yield 2;
}

describe('where the platform has AsyncContext', () => {
  it('the operation is still there after bare awaits', async () => {
    const { Cancelable, currentOperation, sleep, wait } = core;
    const op = new Cancelable();
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(currentOperation());
    await op.run(async () => {
      await Promise.resolve();
      note();
      await new Promise((resolve) => setTimeout(resolve, 1));
      note();
      await wait(Promise.resolve());
      note();
      await sleep(1);
      note();
      await Promise.all([wait(1), sleep(1)]);
      note();
      await wait(Promise.reject(new Error('failed'))).catch(note);
      note();
      for await (const number of numbers()) seen.push(number && currentOperation());
      note();
    });
    expect(seen).toHaveLength(10);
    expect(new Set(seen)).toEqual(new Set([op]));
    expect(currentOperation()).toBeUndefined();
  });

  it('free functions after a bare await are guarded by the operation', async () => {
    const { Cancelable, wait } = core;
    const op = new Cancelable();
    const running = op.settle(async () => {
      await Promise.resolve();
      await wait(new Promise(() => {}));
    });
    await Promise.resolve();
    op.cancel();
    expect((await running).status).toBe('canceled');
  });

  it('timers and microtasks see the operation of the code that made them', async () => {
    const { Cancelable, currentOperation } = core;
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.run(
      () =>
        new Promise<void>((resolve) => {
          queueMicrotask(() => seen.push(currentOperation()));
          setTimeout(() => {
            seen.push(currentOperation());
            resolve();
          }, 1);
        }),
    );
    expect(seen).toEqual([op, op]);
  });

  it('nested and interleaved operations keep apart', async () => {
    const { Cancelable, currentOperation, sleep } = core;
    const wrong: unknown[] = [];
    const body = async (op: InstanceType<typeof Cancelable>): Promise<void> => {
      for (let turn = 0; turn < 10; turn += 1) {
        await (turn % 3 === 0 ? undefined : sleep(0));
        if (currentOperation() !== op) wrong.push(turn);
        const child = new Cancelable();
        if (child.parent !== op) wrong.push('parent');
        await child.run(async () => {
          await Promise.resolve();
          if (currentOperation() !== child) wrong.push('child');
        });
        if (currentOperation() !== op) wrong.push('after the child');
      }
    };
    await Promise.all([new Cancelable().run(body), new Cancelable().run(body)]);
    expect(wrong).toEqual([]);
  });

  it('a function is bound to its operation, whoever calls it', async () => {
    const { Cancelable, currentOperation } = core;
    const op = new Cancelable();
    const other = new Cancelable();
    const bound = op.bind(async () => {
      await Promise.resolve();
      return currentOperation();
    });
    expect(await bound()).toBe(op);
    await other.run(async () => {
      expect(await bound()).toBe(op);
      expect(currentOperation()).toBe(other);
    });
  });

  it('generator bodies have their operation', async () => {
    const { Cancelable, currentOperation, wait } = core;
    const op = new Cancelable();
    const seen: unknown[] = [];
    const value = await op.run(function* () {
      yield Promise.resolve();
      seen.push(currentOperation());
      const one = yield* wait(Promise.resolve(1));
      seen.push(currentOperation());
      return one;
    });
    expect(value).toBe(1);
    expect(seen).toEqual([op, op]);
  });

  it('callbacks see their operation at the start and in progress, and none at the end', async () => {
    const { Cancelable, currentOperation, CancelationToken } = core;
    const seen: Record<string, unknown> = {};
    const note = (name: string) => (): void => {
      seen[name] = currentOperation();
    };
    const outer = new Cancelable();
    const op = new Cancelable().onStart(note('start')).onProgress(note('progress')).onComplete(note('complete'));
    const canceled = new Cancelable().onCancel(note('cancel'));
    const failed = new Cancelable().onError(note('error'));
    const token = new CancelationToken();
    await outer.run(async () => {
      await op.run(() => op.report('here'));
      canceled.cancel();
      await failed.settle(() => Promise.reject(new Error('failed')));
      token.onCancel(note('token'));
      token.cancel();
    });
    expect(seen).toEqual({
      start: op,
      progress: op,
      complete: undefined,
      cancel: undefined,
      error: undefined,
      token: undefined,
    });
  });

  it('a timeout cancels, and its callbacks see no operation', async () => {
    const { Cancelable, currentOperation } = core;
    const seen: unknown[] = [];
    const op = new Cancelable({ timeout: 5 }).onCancel(() => seen.push(currentOperation()));
    const outcome = await new Cancelable().run(() => op.settle(() => new Promise(() => {})));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(seen).toEqual([undefined]);
  });

  it('a new operation in code that runs on after its own has ended is a root', async () => {
    const { Cancelable, currentOperation } = core;
    const op = new Cancelable();
    let late!: Promise<unknown>;
    await op.run(() => {
      late = new Promise((resolve) => setTimeout(() => resolve([currentOperation(), new Cancelable().parent]), 1));
    });
    expect(await late).toEqual([op, undefined]);
  });
});
