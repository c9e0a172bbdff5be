import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, sleep } from 'use-cancelable/core';
import { expectConsoleError } from '../../consoleErrors.ts';

// Progress callbacks that take time, and those that fail.

let reported: unknown[];

beforeEach(() => {
  reported = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('reportProgress', () => {
  it('resolves only after an asynchronous callback has finished [case 67]', async () => {
    const order: string[] = [];
    const op = new Cancelable().onProgress(async () => {
      await sleep(20);
      order.push('callback');
    });
    await op.run(async () => {
      await op.reportProgress('here');
      order.push('reporter');
    });
    expect(order).toEqual(['callback', 'reporter']);
  });

  it('awaits any thenable, not only promises [case 68]', async () => {
    const order: string[] = [];
    const op = new Cancelable().onProgress(() => ({
      then(onFulfilled: () => void) {
        setTimeout(() => {
          order.push('thenable');
          onFulfilled();
        }, 5);
      },
    }));
    await op.run(async () => {
      await op.reportProgress('here');
      order.push('reporter');
    });
    expect(order).toEqual(['thenable', 'reporter']);
  });

  it('awaits the callbacks of all ancestors, which run at the same time', async () => {
    const order: string[] = [];
    const slow = (name: string, duration: number) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await sleep(duration);
      order.push(`${name} ends`);
    };
    const parent = new Cancelable().onProgress(slow('parent', 5));
    const child = parent.child().onProgress(slow('child', 20));
    await parent.run(() =>
      child.run(async () => {
        await child.reportProgress('here');
        order.push('reporter');
      }),
    );
    expect(order).toEqual(['child begins', 'parent begins', 'parent ends', 'child ends', 'reporter']);
  });

  it('has called the callbacks before it returns', async () => {
    let called = false;
    const op = new Cancelable().onProgress(() => {
      called = true;
    });
    await op.run(async () => {
      const reporting = op.reportProgress('here');
      expect(called).toBe(true);
      await reporting;
    });
  });

  it('never rejects, whatever its callbacks do', async () => {
    const op = new Cancelable()
      .onProgress(() => {
        throw new Error('thrown');
      })
      .onProgress(() => Promise.reject(new Error('rejected')));
    await op.run(() => expect(op.reportProgress('here')).resolves.toBeUndefined());
    expect(reported.map(String)).toEqual(['Error: thrown', 'Error: rejected']);
  });

  it('of a waiting callback ends though the operation is canceled meanwhile', async () => {
    const op = new Cancelable().onProgress(() => new Promise((resolve) => setTimeout(resolve, 10)));
    let resolved = false;
    await op.settle(async () => {
      const reporting = op.reportProgress('here');
      op.cancel();
      await reporting;
      resolved = true;
    });
    await op.closed;
    expect(resolved).toBe(true);
  });
});

describe('a callback that fails', () => {
  it('leaves the others and the report alone, and its error is reported [case 65]', async () => {
    const error = new Error('thrown');
    const second = vi.fn<() => void>();
    const op = new Cancelable()
      .onProgress(() => {
        throw error;
      })
      .onProgress(second);
    await op.run(async () => {
      op.report('here');
      await op.reportProgress('there');
    });
    expect(second).toHaveBeenCalledTimes(2);
    expect(reported).toEqual([error, error]);
    expect(op.isCompleted).toBe(true);
  });

  it('leaves the callbacks of the ancestors alone', async () => {
    const told = vi.fn<() => void>();
    const parent = new Cancelable().onProgress(told);
    await parent.run(() =>
      parent
        .child()
        .onProgress(() => {
          throw new Error('thrown');
        })
        .run((op) => op.report('here')),
    );
    expect(told).toHaveBeenCalledOnce();
    expect(reported).toHaveLength(1);
  });

  it('by a rejection leaves the operation alone and raises no unhandled rejection [case 66]', async () => {
    const error = new Error('rejected');
    const op = new Cancelable().onProgress(async () => {
      await sleep(1);
      throw error;
    });
    await op.run(async () => {
      op.report('not awaited');
      await op.reportProgress('awaited');
    });
    expect(reported).toEqual([error, error]);
    expect(op.isCompleted).toBe(true);
  });

  it('by a thenable that throws, or rejects, or has a then that can not be read, is reported', async () => {
    const op = new Cancelable()
      .onProgress(() => ({
        then() {
          throw new Error('then has thrown');
        },
      }))
      .onProgress(() => ({
        then(_onFulfilled: unknown, onRejected: (error: unknown) => void) {
          onRejected(new Error('thenable has rejected'));
        },
      }))
      .onProgress(() => ({
        get then() {
          throw new Error('then can not be read');
        },
      }));
    await op.run(() => op.reportProgress('here'));
    expect(reported.map((error) => (error as Error).message).toSorted()).toEqual([
      'then can not be read',
      'then has thrown',
      'thenable has rejected',
    ]);
    expect(op.isCompleted).toBe(true);
  });

  it('is written to the console where there is no reportError', async () => {
    vi.stubGlobal('reportError', undefined);
    expectConsoleError('Error: nowhere to go');
    const op = new Cancelable().onProgress(() => {
      throw new Error('nowhere to go');
    });
    await op.run(() => op.report('here'));
    expect(op.isCompleted).toBe(true);
  });

  it('may report that itself to another operation', async () => {
    const told: string[] = [];
    const log = new Cancelable().onProgress((_id, message) => told.push(message));
    const op = log.child().onProgress((_id, message) => log.report(`log: ${message}`));
    await log.run(() => op.run(() => op.report('here')));
    // Once from the callback, once because op is a child of log.
    expect(told).toEqual(['log: here', 'here']);
  });
});

describe('a slow callback', () => {
  it('does not hold a report, and not the end of the operation', async () => {
    let done = false;
    const op = new Cancelable().onProgress(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      done = true;
    });
    await op.run(() => op.report('here'));
    expect(done).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done).toBe(true);
  });
});
