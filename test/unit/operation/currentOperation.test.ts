import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, currentOperation, sleep, wait, yieldNow } from 'use-cancelable/core';

afterEach(() => {
  vi.useRealTimers();
});

describe('the stack', () => {
  it('has no current operation outside of any [case 21]', async () => {
    expect(currentOperation()).toBeUndefined();
    await Promise.resolve();
    expect(currentOperation()).toBeUndefined();
  });

  it('tells a function without parameters the very operation that it runs in [case 22]', async () => {
    const reports: string[] = [];
    const step = (): Cancelable | undefined => {
      currentOperation()?.report('from within');
      return currentOperation();
    };
    const op = new Cancelable().onProgress((id, message) => reports.push(`${id} ${message}`));

    expect(await op.run(() => step())).toBe(op);
    expect(reports).toEqual([`${op.id} from within`]);
  });

  it('is the inner one in the inner, the outer one after it, none after both [case 23]', async () => {
    const outer = new Cancelable();
    const inner = new Cancelable();
    const seen: Array<Cancelable | undefined> = [];

    await outer.run(async () => {
      seen.push(currentOperation());
      await inner.run(async () => {
        seen.push(currentOperation());
        await wait(Promise.resolve());
        seen.push(currentOperation());
      });
      seen.push(currentOperation());
    });

    expect(seen).toEqual([outer, inner, inner, outer]);
    expect(currentOperation()).toBeUndefined();
  });

  it('gives the caller its own operation back while the body still runs', async () => {
    const outer = new Cancelable();
    await outer.run(async () => {
      const running = new Cancelable().run(() => sleep(1));
      expect(currentOperation()).toBe(outer);
      await running;
      expect(currentOperation()).toBe(outer);
    });
  });

  it('is restored when the body throws, at once or later [case 25]', async () => {
    const outer = new Cancelable();
    const atOnce = (): never => {
      throw new Error('at once');
    };
    const later = async (): Promise<never> => {
      await wait(Promise.resolve());
      throw new Error('later');
    };

    await outer.run(async () => {
      await expect(outer.wait(new Cancelable().run(atOnce))).rejects.toThrow('at once');
    });
    expect(currentOperation()).toBeUndefined();

    const another = new Cancelable();
    const seen: unknown[] = [];
    await another.run(async () => {
      try {
        await new Cancelable().run(later);
      } catch {
        seen.push(currentOperation());
      }
      seen.push(currentOperation());
    });
    expect(seen).toEqual([another, another]);
    expect(currentOperation()).toBeUndefined();
  });

  it('passes the value through 100 nested operations within a second [case 32]', async () => {
    const started = performance.now();
    const nest = async (depth: number): Promise<string> => {
      if (depth === 0) return 'innermost';
      const op = new Cancelable();
      return await op.run(async () => {
        expect(currentOperation()).toBe(op);
        const value = await op.wait(nest(depth - 1));
        expect(currentOperation()).toBe(op);
        return value;
      });
    };

    expect(await nest(100)).toBe('innermost');
    expect(currentOperation()).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('the parent', () => {
  it('is the current operation unless told otherwise', async () => {
    const other = new Cancelable();
    const op = new Cancelable();
    await op.run(() => {
      expect(new Cancelable().parent).toBe(op);
      expect(new Cancelable({ parent: other }).parent).toBe(other);
      expect(new Cancelable({ parent: null }).parent).toBeUndefined();
    });
    expect(new Cancelable().parent).toBeUndefined();
  });

  it('is not an operation that has ended, though its code runs on', async () => {
    const op = new Cancelable();
    let parent: unknown = 'not yet';
    await op.settle(async () => {
      op.cancel();
      expect(currentOperation()).toBe(op);
      parent = new Cancelable().parent;
    });
    expect(parent).toBeUndefined();
  });

  it('may be a pending operation, through a bound function', () => {
    const op = new Cancelable();
    expect(op.bind(() => new Cancelable().parent)()).toBe(op);
  });

  it('of a spawned child and of child() is the operation itself, whatever is current', async () => {
    const op = new Cancelable();
    const other = new Cancelable();
    await op.run(async () => {
      await other.run(async () => {
        expect(op.child().parent).toBe(op);
        await op.spawn((child) => expect(child.parent).toBe(op));
        expect(currentOperation()).toBe(other);
      });
    });
  });
});

describe('callbacks', () => {
  it('see their operation at the start [case 27]', async () => {
    const seen: Array<Cancelable | undefined> = [];
    const op = new Cancelable().onStart(() => seen.push(currentOperation()));
    await new Cancelable().run(() => op.run(() => undefined));
    expect(seen).toEqual([op]);
  });

  it('see the operation that they were registered on when progress is reported', async () => {
    const seen: Array<Cancelable | undefined> = [];
    const note = (): unknown => seen.push(currentOperation());
    const parent = new Cancelable().onProgress(note);
    const child = parent.child().onProgress(note);
    await parent.run(() =>
      child.run(() => {
        child.report('on the way');
        expect(currentOperation()).toBe(child);
      }),
    );
    expect(seen).toEqual([child, parent]);
  });

  it('see no operation at the end of one', async () => {
    const seen: unknown[] = [];
    const note = (): unknown => seen.push(currentOperation());
    const bystander = new Cancelable();
    await bystander.run(async () => {
      await new Cancelable().onComplete(note).run(() => undefined);
      await new Cancelable().onError(note).settle(() => Promise.reject(new Error('failed')));
      const canceled = new Cancelable().onCancel(note);
      canceled.token.onCancel(note);
      canceled.cancel();
      const token = new CancelationToken();
      token.onCancel(note);
      token.cancel();
      token.onCancel(note);
      expect(currentOperation()).toBe(bystander);
    });
    expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it('of sources run outside of any operation', async () => {
    const seen: unknown[] = [];
    const source = {
      start() {
        seen.push(currentOperation());
        return () => seen.push(currentOperation());
      },
    };
    await new Cancelable().run(() => new Cancelable({ sources: [source] }).run(() => undefined));
    expect(seen).toEqual([undefined, undefined]);
  });

  it('of plain timers and listeners see no operation', async () => {
    const target = new EventTarget();
    const seen: unknown[] = [];
    target.addEventListener('ping', () => seen.push(currentOperation()));
    await new Cancelable().run(async () => {
      setTimeout(() => seen.push(currentOperation()), 1);
      await sleep(5);
    });
    target.dispatchEvent(new Event('ping'));
    expect(seen).toEqual([undefined, undefined]);
  });

  it('that are called synchronously see the operation of their caller', async () => {
    const seen: unknown[] = [];
    const target = new EventTarget();
    target.addEventListener('ping', () => seen.push(currentOperation()));
    const op = new Cancelable();
    await op.run(() => {
      target.dispatchEvent(new Event('ping'));
      [1].forEach(() => seen.push(currentOperation()));
    });
    expect(seen).toEqual([op, op]);
  });
});

describe('with faked timers', () => {
  it('follows a sleep and a yield', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    const seen: unknown[] = [];
    const running = op.run(async () => {
      await sleep(1000);
      seen.push(currentOperation());
      await wait(Promise.resolve());
      seen.push(currentOperation());
    });
    await vi.advanceTimersByTimeAsync(1000);
    await running;
    expect(seen).toEqual([op, op]);
  });

  it('follows a wait though queueMicrotask is faked', async () => {
    vi.useFakeTimers({ toFake: ['queueMicrotask'] });
    const op = new Cancelable();
    const seen: unknown[] = [];
    const running = op.settle(async () => {
      await wait(Promise.resolve());
      seen.push(currentOperation());
      const waiting = wait(new Promise(() => {}));
      op.cancel();
      try {
        await waiting;
      } finally {
        seen.push(currentOperation());
      }
    });
    expect((await running).status).toBe('canceled');
    expect(seen).toEqual([op, op]);
  });

  it('follows a yield, which is no timer', async () => {
    vi.useFakeTimers();
    const op = new Cancelable();
    await op.run(async () => {
      await yieldNow();
      expect(currentOperation()).toBe(op);
    });
  });
});
