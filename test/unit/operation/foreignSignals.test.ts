import { describe, expect, it, vi } from 'vitest';
import { Cancelable, SignalCancelation } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

/** A signal that counts its abort listeners. */
function createCounted(): {
  controller: AbortController;
  signal: AbortSignal;
  count: () => number;
  added: () => number;
} {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, 'addEventListener');
  const remove = vi.spyOn(signal, 'removeEventListener');
  return {
    controller,
    signal,
    count: () => add.mock.calls.length - remove.mock.calls.length,
    added: () => add.mock.calls.length,
  };
}

describe('a foreign signal', () => {
  it('cancels with reason signal; its own reason is the cause [case 115]', async () => {
    const controller = new AbortController();
    const op = new Cancelable({ signal: controller.signal });
    const run = op.settle(untilCanceled);
    const reason = new Error('socket closed');
    controller.abort(reason);
    expect([op.status, op.reason]).toEqual(['canceled', 'signal']);
    expect(op.message).toContain('socket closed');
    await run;
    expect(op.error).toBeInstanceOf(SignalCancelation);
    expect((op.error as Error).cause).toBe(reason);
    expect(op.signal.reason).toBe(op.error);
  });

  it.each([
    ['text', 'the user left', 'the user left'],
    ['a number', 42, '42'],
    ['null', null, 'null'],
    ['an object', { code: 7 }, ''],
    ['an object with a message', { message: 'seven' }, 'seven'],
    ['a symbol', Symbol('left'), 'left'],
    ['an object without a prototype', Object.create(null), ''],
    [
      'an object that has no text',
      {
        toString() {
          throw new Error('no text');
        },
      },
      '',
    ],
    [
      'an error whose message cannot be read',
      Object.defineProperty(new Error(''), 'message', {
        get() {
          throw new Error('no message');
        },
      }),
      '',
    ],
    ['another cancelation', new SignalCancelation('pagehide'), 'pagehide'],
  ])('cancels whatever its reason is: %s [case 115]', async (_, reason: unknown, words) => {
    const controller = new AbortController();
    const running = Cancelable.withSignal(controller.signal);
    const run = running.settle(untilCanceled);
    controller.abort(reason);
    expect([running.status, running.reason]).toEqual(['canceled', 'signal']);
    expect(running.message).toContain(words);
    expect((running.error as Error).cause).toBe(reason);
    await run;
    const late = new Cancelable({ signal: controller.signal });
    await late.settle(() => 1);
    expect([late.status, late.reason, (late.error as Error).cause]).toEqual(['canceled', 'signal', reason]);
  });

  it('that is aborted without a reason gives the AbortError of the platform as cause', async () => {
    const controller = new AbortController();
    const op = new Cancelable({ signal: controller.signal });
    const run = op.settle(untilCanceled);
    controller.abort();
    await run;
    expect((op.error as Error).cause).toBe(controller.signal.reason);
    expect((op.error as Error).cause).toMatchObject({ name: 'AbortError' });
  });

  it('that is aborted already keeps the body from starting', async () => {
    const body = vi.fn<() => void>();
    const op = new Cancelable({ signal: AbortSignal.abort('before') });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'signal', cause: 'before' });
    expect(body).not.toHaveBeenCalled();
  });

  it('that is aborted while the operation is pending keeps the body from starting', async () => {
    const controller = new AbortController();
    const body = vi.fn<() => void>();
    const op = new Cancelable({ signal: controller.signal });
    controller.abort('meanwhile');
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'signal', cause: 'meanwhile' });
    expect(body).not.toHaveBeenCalled();
  });

  it('of a timeout of the platform is a signal like any other', async () => {
    const op = new Cancelable({ signal: AbortSignal.timeout(5) });
    await expect(op.run(untilCanceled)).rejects.toMatchObject({ reason: 'signal', cause: { name: 'TimeoutError' } });
  });

  it('comes too late for an operation that has ended', async () => {
    const controller = new AbortController();
    const op = new Cancelable({ signal: controller.signal });
    await op.run(() => 1);
    controller.abort();
    expect([op.status, op.signal.aborted]).toEqual(['completed', false]);
  });

  it('leaves the operation alone that was canceled before by something else', async () => {
    const controller = new AbortController();
    const op = new Cancelable({ signal: controller.signal });
    const run = op.settle(untilCanceled);
    op.cancel('first');
    controller.abort();
    await run;
    expect([op.reason, op.message]).toEqual(['manual', 'first']);
  });

  it('is never aborted by the operation', async () => {
    const { signal } = new AbortController();
    const op = new Cancelable({ signal });
    const run = op.settle(untilCanceled);
    op.cancel();
    await run;
    expect(signal.aborted).toBe(false);
    expect(op.signal).not.toBe(signal);
  });

  it('may be the signal of another operation', async () => {
    const other = new Cancelable({ parent: null });
    const op = new Cancelable({ signal: other.signal, parent: null });
    const runs = [other, op].map((each) => each.settle(untilCanceled));
    other.cancel({ reason: 'hidden', message: 'away' });
    await Promise.all(runs);
    expect([op.reason, (op.error as Error).cause]).toEqual(['signal', other.error]);
    expect(op.message).toContain('away');
  });

  it('of the parent loses to the parent itself: the child says parent', async () => {
    const parent = new Cancelable();
    const child = parent.child({ signal: parent.signal });
    const run = parent.settle(() => child.run(untilCanceled));
    parent.cancel();
    await run;
    expect(child.reason).toBe('parent');
  });
});

describe('a signal of another maker', () => {
  // What a polyfill or another realm makes: it looks like an AbortSignal, and is none of this realm.
  class OtherSignal extends EventTarget {
    aborted = false;
    reason: unknown = undefined;
    abort(reason: unknown): void {
      this.aborted = true;
      this.reason = reason;
      this.dispatchEvent(new Event('abort'));
    }
  }

  it('is followed like one of the platform', async () => {
    const signal = new OtherSignal();
    const op = new Cancelable({ signal: signal as unknown as AbortSignal });
    const run = op.settle(untilCanceled);
    signal.abort('by the other');
    await run;
    expect([op.reason, (op.error as Error).cause]).toEqual(['signal', 'by the other']);
    const late = new Cancelable({ sources: [signal as unknown as AbortSignal] });
    await expect(late.run(() => 1)).rejects.toMatchObject({ reason: 'signal', cause: 'by the other' });
  });
});

describe('the listener on a foreign signal', () => {
  it('is not there before the start and gone after the end, however that comes', async () => {
    const { signal, count } = createCounted();
    const ends: Array<(op: Cancelable) => unknown> = [
      () => 1,
      (op) => op.cancel(),
      (op) => op.fail('no'),
      () => Promise.reject(new Error('no')),
    ];
    for (const end of ends) {
      const op = new Cancelable({ signal });
      expect(count()).toBe(0);
      const run = op.settle(async (self) => {
        await self.wait(1);
        expect(count()).toBe(1);
        return end(self);
      });
      await run;
      expect(count()).toBe(0);
    }
  });

  it('is one for all operations under the signal, removed with the last of them', async () => {
    const { controller, signal, count, added } = createCounted();
    const ops = Array.from({ length: 100 }, () => new Cancelable({ signal, parent: null }));
    const runs = ops.map((op) => op.settle(untilCanceled));
    expect([count(), added()]).toEqual([1, 1]);
    for (const op of ops.slice(1)) op.cancel();
    expect(count()).toBe(1);
    ops[0]!.cancel();
    expect(count()).toBe(0);
    await Promise.all(runs);

    const second = new Cancelable({ signal });
    const run = second.settle(untilCanceled);
    expect(count()).toBe(1);
    controller.abort();
    await run;
    expect(second.reason).toBe('signal');
  });

  it('cancels all of them in one step', async () => {
    const controller = new AbortController();
    const ops = Array.from({ length: 3 }, () => new Cancelable({ signal: controller.signal, parent: null }));
    const seen: unknown[] = [];
    for (const op of ops) op.onCancel(() => seen.push(ops.map((each) => each.status)));
    const runs = ops.map((op) => op.settle(untilCanceled));
    controller.abort();
    await Promise.all(runs);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ['canceled', 'canceled', 'canceled']));
  });

  it('is gone after the signal was aborted, and while it tells, new operations see it aborted', async () => {
    const { controller, signal } = createCounted();
    const op = new Cancelable({ signal });
    let late: Promise<unknown> | undefined;
    op.onCancel(() => {
      late = new Cancelable({ signal, parent: null }).settle(() => 1);
    });
    const run = op.settle(untilCanceled);
    controller.abort('once');
    await run;
    await expect(late).resolves.toMatchObject({ status: 'canceled', reason: 'signal' });
  });
});

describe('several foreign signals', () => {
  it('cancel with the first that is aborted; its reason is the cause', async () => {
    for (const index of [0, 1, 2]) {
      const controllers = Array.from({ length: 3 }, () => new AbortController());
      const [first, ...others] = controllers.map(({ signal }) => signal);
      const op = new Cancelable({ signal: first!, sources: others });
      const run = op.settle(untilCanceled);
      controllers[index]!.abort(`signal ${index}`);
      expect([op.status, op.reason]).toEqual(['canceled', 'signal']);
      for (const controller of controllers) controller.abort('later');
      await run;
      expect((op.error as Error).cause).toBe(`signal ${index}`);
    }
  });

  it('keep the body from starting when one of them is aborted already', async () => {
    const body = vi.fn<() => void>();
    const op = new Cancelable({ signal: new AbortController().signal, sources: [AbortSignal.abort('before')] });
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'signal', cause: 'before' });
    expect(body).not.toHaveBeenCalled();
  });

  it('may be one and the same', async () => {
    const controller = new AbortController();
    const onCancel = vi.fn<() => void>();
    const op = new Cancelable({ signal: controller.signal, sources: [controller.signal] }).onCancel(onCancel);
    const run = op.settle(untilCanceled);
    controller.abort('once');
    await run;
    expect([op.reason, onCancel.mock.calls.length]).toEqual(['signal', 1]);
  });
});
