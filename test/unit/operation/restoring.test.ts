import { describe, expect, it } from 'vitest';
import {
  Cancelable,
  CancelationToken,
  currentOperation,
  sleep,
  wait,
  yieldNow,
  type Awaitable,
} from 'use-cancelable/core';
import { asyncDispose } from './asyncDispose.ts';

// What every awaitable of the package brings back, and what cannot be brought back.

const failed = (): Promise<never> => Promise.reject(new Error('failed'));

const awaitables: Record<string, (op: Cancelable) => Awaitable<unknown>> = {
  'wait(promise)': () => wait(Promise.resolve(1)),
  'wait(value)': () => wait(1),
  'op.wait(promise)': (op) => op.wait(Promise.resolve(1)),
  'op.wait of another operation': () => new Cancelable({ parent: null }).wait(Promise.resolve(1)),
  'sleep(0)': () => sleep(0),
  'op.sleep(1)': (op) => op.sleep(1),
  'yieldNow()': () => yieldNow(),
  'op.yield()': (op) => op.yield(),
  'op.reportProgress()': (op) => op.reportProgress('here'),
  'run() of a synchronous body': () => new Cancelable().run(() => 1),
  'run() of an asynchronous body': () => new Cancelable().run(() => sleep(0)),
  'run() of a generator body': () =>
    new Cancelable().run(function* () {
      yield* wait(Promise.resolve());
    }),
  'run() of a body that awaits bare promises': () => new Cancelable().run(async () => await Promise.resolve()),
  'run() of an operation without parent': () => new Cancelable({ parent: null }).run(() => 1),
  'settle()': () => new Cancelable().settle(failed),
  'spawn()': (op) => op.spawn(() => sleep(0)),
  'closed of a child': (op) => {
    const child = op.child();
    void child.run(() => sleep(0));
    return child.closed;
  },
  'closed of an operation that has ended': () => {
    const child = new Cancelable();
    child.cancel();
    return child.closed;
  },
  'token.checkAsync()': () => new CancelationToken().checkAsync(),
  'token.whenCanceled() of a canceled token': () => {
    const token = new CancelationToken();
    token.cancel();
    return token.whenCanceled();
  },
  'token.whenCanceled() of a live token': () => {
    const token = new CancelationToken();
    setTimeout(() => token.cancel());
    return token.whenCanceled();
  },
};

const rejecting: Record<string, (op: Cancelable) => Awaitable<unknown>> = {
  'wait(promise)': () => wait(failed()),
  'op.wait(promise)': (op) => op.wait(failed()),
  'run() whose body throws': () =>
    new Cancelable().run(() => {
      throw new Error('failed');
    }),
  'run() whose body rejects': () => new Cancelable().run(failed),
  'run() of a canceled operation': () => {
    const child = new Cancelable();
    child.cancel();
    return child.run(() => 1);
  },
  'run() of an operation that has run': () => {
    const child = new Cancelable();
    void child.run(() => 1);
    return child.run(() => 2);
  },
  'run() that times out': () => new Cancelable({ timeout: 1 }).run(() => sleep(1000)),
  'run() of an operation under an aborted signal': () => new Cancelable({ signal: AbortSignal.abort() }).run(() => 1),
  'run() of what is no function': () => new Cancelable().run('body' as never),
  'checkAsync() of a canceled token': () => {
    const token = new CancelationToken();
    token.cancel();
    return token.checkAsync();
  },
  'wait of a canceled operation': () => {
    const other = new Cancelable();
    other.cancel();
    return other.wait(Promise.resolve());
  },
  'wait of an operation that is canceled before the await': () => {
    const other = new Cancelable();
    const waiting = other.wait(new Promise(() => {}));
    other.cancel();
    return waiting;
  },
};

describe('the operation is back', () => {
  for (const [name, make] of Object.entries(awaitables)) {
    it(`after await ${name}`, async () => {
      const op = new Cancelable();
      const seen: unknown[] = [];
      await op.run(async () => {
        await make(op);
        seen.push(currentOperation());
        await make(op);
        seen.push(currentOperation());
      });
      expect(seen).toEqual([op, op]);
      expect(currentOperation()).toBeUndefined();
    });
  }

  for (const [name, make] of Object.entries(rejecting)) {
    it(`after a rejection of ${name}`, async () => {
      const op = new Cancelable();
      const seen: unknown[] = [];
      await op.run(async () => {
        try {
          await make(op);
        } catch {
          seen.push(currentOperation());
        }
        seen.push(currentOperation());
      });
      expect(seen).toEqual([op, op]);
    });
  }

  it('in the catch of a wait that its own cancelation has ended', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.settle(async () => {
      const waiting = wait(new Promise(() => {}));
      op.cancel();
      try {
        await waiting;
      } catch {
        seen.push(currentOperation());
      }
      try {
        await wait(Promise.resolve());
      } finally {
        seen.push(currentOperation());
      }
    });
    expect(seen).toEqual([op, op]);
  });

  it('after a run that settles before it is awaited, in the same job', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    await op.run(async () => {
      let child!: Cancelable;
      const running = new Cancelable().run((inner) => {
        child = inner.child().start();
        return 'value';
      });
      // The last that the run has waited for.
      const disposing = child[asyncDispose]();
      expect(await running).toBe('value');
      seen.push(currentOperation());
      await op.wait(disposing);
      seen.push(currentOperation());
    });
    expect(seen).toEqual([op, op]);
  });

  it('in callbacks of then, catch and finally', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(currentOperation());
    await op.run(async () => {
      await Promise.all([wait(1).then(note), wait(failed()).catch(note), wait(1).finally(note)]);
    });
    expect(seen).toEqual([op, op, op]);
  });

  it('in one of two bodies that take turns, never the one of the other', async () => {
    const seen: string[] = [];
    const body = async (op: Cancelable): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) {
        await wait(Promise.resolve());
        seen.push(currentOperation() === op ? 'right' : 'wrong');
      }
    };
    await Promise.all([new Cancelable().run(body), new Cancelable().run(body)]);
    expect(new Set(seen)).toEqual(new Set(['right']));
    expect(seen).toHaveLength(40);
  });
});
