import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation, sleep, wait } from 'use-cancelable/core';

describe('a bound function', () => {
  it('sees its operation when an event or a timer calls it later [case 29]', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const target = new EventTarget();
    await op.run(async () => {
      const note = op.bind(() => seen.push(currentOperation()));
      target.addEventListener('click', note);
      setTimeout(note, 1);
      await sleep(10);
      await Promise.resolve();
      queueMicrotask(note);
      await Promise.resolve();
    });
    target.dispatchEvent(new Event('click'));
    expect(seen).toEqual([op, op, op]);
    expect(currentOperation()).toBeUndefined();
  });

  it('sees its operation though another one is current where it is called', async () => {
    const op = new Cancelable();
    const caller = new Cancelable();
    await caller.run(async () => {
      expect(op.bind(() => currentOperation())()).toBe(op);
      expect(currentOperation()).toBe(caller);
    });
  });

  it('changes nothing for its caller, whatever it starts [case 30]', async () => {
    const op = new Cancelable();
    const caller = new Cancelable();
    const bound = op.bind(() => {
      const inner = new Cancelable();
      inner.bind(() => expect(currentOperation()).toBe(inner))();
      void inner.run(() => sleep(1));
      return inner;
    });
    await caller.run(async () => {
      const inner = bound();
      expect(inner.parent).toBe(op);
      expect(currentOperation()).toBe(caller);
      await sleep(5);
      expect(currentOperation()).toBe(caller);
    });
    expect(bound().parent).toBe(op);
    expect(currentOperation()).toBeUndefined();
  });

  it('changes nothing for its caller when it throws', () => {
    const caller = new Cancelable();
    const throwing = new Cancelable().bind(() => {
      throw new Error('thrown');
    });
    caller.bind(() => {
      expect(throwing).toThrow('thrown');
      expect(currentOperation()).toBe(caller);
    })();
    expect(currentOperation()).toBeUndefined();
  });

  it('finds all the values of its operation, and undefined for those that are not set [case 31]', async () => {
    const op = new Cancelable({ name: 'import', metadata: { user: 'ann', tenant: 7 } });
    const found = vi.fn<(...values: unknown[]) => void>();
    const handOver = op.bind(() => {
      const { name, metadata } = currentOperation()!.context;
      found(name, metadata['user'], metadata['tenant'], metadata['locale']);
    });
    await op.run(async () => {
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          handOver();
          port1.close();
          resolve();
        };
        port2.postMessage('go');
      });
    });
    expect(found.mock.calls).toEqual([['import', 'ann', 7, undefined]]);
  });

  it('hands on this, the arguments and the result', () => {
    const counter = {
      start: 10,
      add: new Cancelable().bind(function add(this: { start: number }, first: number, second: number) {
        return this.start + first + second;
      }),
    };
    expect(counter.add(1, 2)).toBe(13);
  });

  it('keeps the operation after each wait when it is asynchronous', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const bound = op.bind(async () => {
      await wait(Promise.resolve());
      seen.push(currentOperation());
      await sleep(1);
      seen.push(currentOperation());
    });
    await bound();
    await new Cancelable().run(() => bound());
    expect(seen).toEqual([op, op, op, op]);
  });

  it('still runs, with its operation, when that has ended', async () => {
    const op = new Cancelable();
    const bound = op.bind(() => currentOperation());
    op.cancel();
    expect(bound()).toBe(op);
    await op.settle(() => undefined);
    expect(bound()).toBe(op);
  });

  it('makes its waits end with the operation', async () => {
    const op = new Cancelable();
    const bound = op.bind(() => wait(new Promise(() => {})));
    const running = op.settle(() => sleep(1000));
    const waiting = bound();
    op.cancel('enough');
    await expect(waiting).rejects.toBe(op.error);
    await running;
  });

  it('must be a function', () => {
    expect(() => new Cancelable().bind('later' as never)).toThrow(TypeError);
    expect(() => new Cancelable().bind('later' as never)).toThrow(/bind.*function.*"later"/);
  });
});
