import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationToken,
  condition,
  createRegistry,
  currentOperation,
  TimeoutCancelation,
} from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';

describe('a combined operation', () => {
  it('is canceled with the token of a member, with its reason and message [case 125]', async () => {
    const token = new CancelationToken();
    const combined = Cancelable.withTimeout(1000).combine(Cancelable.withToken(token));
    const run = combined.settle(untilCanceled);
    token.cancel({ reason: 'logout', message: 'You are logged out' });
    expect([combined.status, combined.reason, combined.message]).toEqual(['canceled', 'logout', 'You are logged out']);
    await run;
  });

  it('is canceled by the second of two tokens in a chain [case 126]', async () => {
    const [one, two] = [new CancelationToken(), new CancelationToken()];
    const combined = Cancelable.withTimeout(1000).combine(Cancelable.withToken(one)).combine(Cancelable.withToken(two));
    const run = combined.settle(untilCanceled);
    two.cancel('second');
    expect([combined.reason, combined.message, one.isCanceled]).toEqual(['manual', 'second', false]);
    await run;
  });

  it('has the reason of the innermost token when combinations are nested [case 127]', async () => {
    const token = new CancelationToken();
    const inner = new Cancelable().combine(new Cancelable().combine(Cancelable.withToken(token)));
    const outer = Cancelable.withTimeout(1000).combine(inner);
    const run = outer.settle(untilCanceled);
    token.cancel({ reason: 'logout', message: 'inner' });
    expect([outer.reason, outer.message]).toEqual(['logout', 'inner']);
    expect([inner.status, inner.isSettled]).toEqual(['pending', false]);
    await run;
  });

  it('is canceled by the timeout of one member before the condition of another is met [case 128]', async () => {
    vi.useFakeTimers();
    const start = Date.now();
    const check = vi.fn<() => boolean>(() => Date.now() - start >= 500);
    const combined = Cancelable.withTimeout(200).combine(
      new Cancelable({ sources: [condition(check, { name: 'done', interval: 50 })] }),
    );
    const run = combined.settle(untilCanceled);
    await vi.advanceTimersByTimeAsync(1000);
    await run;
    expect([combined.reason, combined.message]).toEqual(['timeout', 'Operation timed out after 200ms']);
    expect(check.mock.calls.length).toBeGreaterThan(1);
    expect(check.mock.calls.length).toBeLessThan(10);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('has the name of the condition of a member, whether that runs or not', async () => {
    const source = condition(() => true, { name: 'queue is full' });
    await expect(new Cancelable({ sources: [source] }).combine().run(untilCanceled)).rejects.toMatchObject({
      reason: 'condition',
      conditionName: 'queue is full',
    });
    const full = createSource();
    const running = new Cancelable({ sources: [full.source] });
    const body = running.settle(untilCanceled);
    const run = running.combine().run(untilCanceled);
    full.fire({ reason: 'condition', message: 'full' });
    await expect(run).rejects.toMatchObject({ name: 'AbortError', reason: 'condition', message: 'full' });
    await body;
  });

  it('counts a member once that is in it twice, and calls back once [case 129]', async () => {
    const { source, fire, starts, stops } = createSource();
    const token = new CancelationToken();
    const member = new Cancelable({ sources: [source], token });
    const onCancel = vi.fn<() => void>();
    const combined = member
      .combine(member, Cancelable.withToken(token))
      .combine(member, member.combine(new Cancelable({ sources: [source] })))
      .onCancel(onCancel);
    const run = combined.settle(untilCanceled);
    expect(starts()).toBe(1);
    fire('once');
    await run;
    expect([onCancel.mock.calls.length, stops(), combined.message]).toEqual([1, 1, 'once']);
  });

  it('has its own id and name and the ids of what it combines [case 137]', () => {
    const [one, two] = [new Cancelable({ name: 'one' }), Cancelable.withTimeout(5000)];
    const combined = one.combine(two, one);
    expect(combined.id).not.toBe(one.id);
    expect([combined.name, combined.context.metadata]).toEqual([
      'combined: one, timeout 5s',
      { combined: [one.id, two.id] },
    ]);
    expect(one.combine(two, { name: 'mine' }).name).toBe('mine');
    expect(new Cancelable().combine().name).toBe('combined: unnamed');
    const withOptions = one.combine({ id: 'mine', timeout: 5, metadata: { user: 1 } });
    expect([withOptions.id, withOptions.context.metadata]).toEqual(['mine', { user: 1, combined: [one.id] }]);
  });

  it('is shown with name and ids to whoever is told that it was made', () => {
    const own = createRegistry();
    own.subscribe(() => own.getSnapshot());
    const [one, two] = [new Cancelable({ name: 'one' }), new Cancelable()];
    one.combine(two, { register: own });
    expect(own.getSnapshot()).toMatchObject([
      { name: 'combined: one, unnamed', metadata: { combined: [one.id, two.id] } },
    ]);
  });

  it('leaves its members and their tokens alone when it is canceled itself [case 138]', async () => {
    const token = new CancelationToken();
    const running = new Cancelable();
    const pending = Cancelable.withToken(token);
    const body = running.settle((op) => op.sleep(1));
    const combined = running.combine(pending);
    const run = combined.settle(untilCanceled);
    combined.cancel('enough');
    expect([running.status, pending.status, running.token.isCanceled, token.isCanceled]).toEqual([
      'running',
      'pending',
      false,
      false,
    ]);
    await run;
    await expect(body).resolves.toMatchObject({ status: 'completed' });
  });

  it('has the current operation as its parent, or the one that it is given', async () => {
    const [one, two] = [new Cancelable(), new Cancelable()];
    const outer = new Cancelable();
    await outer.run(async () => {
      expect(one.combine(two).parent).toBe(outer);
      expect(one.combine(two, { parent: null }).parent).toBeUndefined();
    });
    expect(one.combine(two).parent).toBeUndefined();
    expect(one.combine(two, { parent: one }).parent).toBe(one);
  });

  it('is current in its body, after each await', async () => {
    const combined = new Cancelable().combine(new Cancelable());
    await combined.run(async (op) => {
      await op.sleep(1);
      expect(currentOperation()).toBe(combined);
    });
    expect(combined.status).toBe('completed');
  });
});

describe('a timeout of a member that has not started', () => {
  it('counts from the start of the combined operation, and the member is not changed', async () => {
    const member = Cancelable.withTimeout(20);
    const combined = member.combine(Cancelable.withTimeout(1000));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const outcome = await combined.settle(async (op) => {
      expect(op.remaining).toBeGreaterThan(0);
      expect(op.remaining).toBeLessThanOrEqual(20);
      await untilCanceled(op);
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout', message: 'Operation timed out after 20ms' });
    expect(combined.error).toBeInstanceOf(TimeoutCancelation);
    expect([(combined.error as TimeoutCancelation).timeout, combined.context.elapsedTime! >= 20]).toEqual([20, true]);
    expect([member.status, member.deadline]).toEqual(['pending', undefined]);
    await expect(member.run(() => 'still runs')).resolves.toBe('still runs');
  });

  it('works with faked timers, and none is left', async () => {
    vi.useFakeTimers();
    const combined = Cancelable.withTimeout(10_000).combine(new Cancelable().combine(Cancelable.withTimeout(5000)));
    const run = combined.settle(untilCanceled);
    vi.advanceTimersByTime(4999);
    expect(combined.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([combined.reason, vi.getTimerCount()]).toEqual(['timeout', 0]);
    await run;
    vi.useRealTimers();
  });

  it('does not lengthen its own', async () => {
    const combined = Cancelable.withTimeout(1000).combine({ timeout: 5 });
    await expect(combined.run(untilCanceled)).rejects.toMatchObject({ timeout: 5 });
  });
});

describe('bad input of combine', () => {
  it.each([
    ['text', 'text', 'A member of combine must be an operation; got "text" (string).'],
    ['null', null, 'A member of combine must be an operation; got null.'],
    ['a function', () => {}, 'A member of combine must be an operation; got a function.'],
    ['an unknown option', { timeOut: 5 }, /unknown option "timeOut"/],
    ['metadata that are none', { metadata: 'text' }, 'Option "metadata" must be an object; got "text" (string).'],
    ['a list', [new Cancelable()], 'A member of combine must be an operation; got an array.'],
    [
      'a token',
      new CancelationToken(),
      'A member of combine must be an operation; got an instance of CancelationToken.',
    ],
    ['a signal', new AbortController().signal, 'must be an operation; got an instance of AbortSignal.'],
  ])('is refused: %s', (_, given, message) => {
    const op = new Cancelable();
    expect(() => op.combine(given as never)).toThrow(message);
    expect(() => op.combine(new Cancelable(), given as never)).toThrow(message);
  });

  it('is refused: a timeout of zero, options that do not come last', () => {
    expect(() => new Cancelable().combine({ timeout: 0 })).toThrow(RangeError);
    expect(() => new Cancelable().combine({ name: 'first' } as never, new Cancelable())).toThrow(
      'A member of combine must be an operation; got an object.',
    );
  });
});
