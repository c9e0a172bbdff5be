import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationError,
  CancelationToken,
  ConditionCancelation,
  ignoreCancelation,
  isCancelation,
  ManualCancelation,
  ParentCancelation,
  SignalCancelation,
  TimeoutCancelation,
} from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';

describe('the messages', () => {
  it.each([
    [new TimeoutCancelation(250), 'Operation timed out after 250ms'],
    [new TimeoutCancelation(1500), 'Operation timed out after 1.5s'],
    [new ManualCancelation(), 'Operation canceled manually'],
    [new SignalCancelation('pagehide'), 'Operation canceled by signal pagehide'],
    [new SignalCancelation(), 'Operation canceled by signal'],
    [new ConditionCancelation(), 'Operation canceled: condition met'],
    [new ConditionCancelation('low battery'), 'Operation canceled: low battery condition met'],
    [new ParentCancelation('page-1', 'timeout'), 'parent page-1 was canceled (timeout)'],
    [new ParentCancelation('page-1'), 'parent page-1'],
  ])('have a default: %s [case 246]', (error, message) => {
    expect(error.message).toContain(message);
  });

  it.each(['timeout', 'manual', 'signal', 'condition', 'parent', 'unmount', 'a reason of mine'])(
    'name the reason in the base error: %s [case 247]',
    (reason) => {
      expect(new CancelationError(reason).message).toBe(`Operation canceled: ${reason}`);
    },
  );

  it.each([
    new CancelationError('hidden', 'in my words'),
    new TimeoutCancelation(10, 'in my words'),
    new ManualCancelation('in my words'),
    new SignalCancelation('pagehide', { message: 'in my words' }),
    new ConditionCancelation('full', { message: 'in my words' }),
    new ParentCancelation('id', 'manual', 'in my words'),
  ])('are the given ones else: %s', (error) => {
    expect(error.message).toBe('in my words');
  });
});

describe('the errors', () => {
  it('are all cancelations and errors, with fields of their own [case 248]', () => {
    const errors = [
      new TimeoutCancelation(250),
      new ManualCancelation(),
      new SignalCancelation('pagehide'),
      new ConditionCancelation('full'),
      new ParentCancelation('page-1', 'timeout'),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(CancelationError);
      expect(error).toBeInstanceOf(Error);
      expect(isCancelation(error)).toBe(true);
    }
    expect(errors).toMatchObject([
      { reason: 'timeout', timeout: 250 },
      { reason: 'manual' },
      { reason: 'signal', event: 'pagehide' },
      { reason: 'condition', conditionName: 'full' },
      { reason: 'parent', parentId: 'page-1', parentReason: 'timeout' },
    ]);
  });

  it('have the names that every library asks for', () => {
    expect(new TimeoutCancelation(1).name).toBe('TimeoutError');
    const others = [
      new CancelationError('hidden'),
      new ManualCancelation(),
      new SignalCancelation(),
      new ConditionCancelation(),
      new ParentCancelation('id'),
    ];
    expect(others.map(({ name }) => name)).toEqual(Array(5).fill('AbortError'));
    expect(String(new ManualCancelation('stop'))).toBe('AbortError: stop');
  });

  it.each([
    ['timeout', TimeoutCancelation, 'TimeoutError'],
    ['manual', ManualCancelation, 'AbortError'],
    ['signal', SignalCancelation, 'AbortError'],
    ['condition', ConditionCancelation, 'AbortError'],
    ['hidden', CancelationError, 'AbortError'],
  ] as const)('of a cancel with reason %s are of its class', (reason, type, name) => {
    const op = new Cancelable({ timeout: 1000 });
    op.cancel({ reason });
    expect(op.error).toBeInstanceOf(type);
    expect(op.error).toMatchObject({ name, reason });
    const untimed = new Cancelable();
    untimed.cancel({ reason });
    expect(untimed.error).toMatchObject({ name, reason });
  });

  it('know their operation and its context [case 249]', async () => {
    const op = new Cancelable();
    const run = op.run(untilCanceled);
    op.context.partialResult = 'half';
    op.cancel();
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    expect(isCancelation(error) && error.operation).toBe(op);
    expect(isCancelation(error) && error.context).toBe(op.context);
    expect(isCancelation(error) && error.context?.partialResult).toBe('half');
    expect(new ManualCancelation().context).toBeUndefined();
  });

  it('are one per operation: of run, signal, waits and the operation itself', async () => {
    const op = new Cancelable();
    const seen: unknown[] = [];
    const run = op.run((self) => untilCanceled(self).catch((error: unknown) => seen.push(error)));
    op.cancel();
    seen.push(await run.catch((error: unknown) => error), op.signal.reason, op.error, op.error);
    expect(new Set(seen).size).toBe(1);
    expect(() => op.throwIfCanceled()).toThrow(op.error);
  });

  it('carry the cause that was given', () => {
    const cause = { status: 401 };
    const op = new Cancelable();
    op.cancel({ message: 'Logged out', cause });
    expect((op.error as Error).cause).toBe(cause);
  });

  it('can be written to a log as JSON, without the tree behind them', async () => {
    const parent = new Cancelable({ id: 'parent' });
    const child = parent.child({ id: 'child' });
    const run = parent.settle(() => child.run(untilCanceled));
    parent.cancel('enough');
    await run;
    const written = JSON.stringify({ error: child.error, suppressed: [parent.error] });
    expect(written).toContain('"reason":"parent"');
    expect(written).not.toContain('firstChild');
    expect(JSON.stringify(parent)).toContain('"status":"canceled"');
  });
});

describe('a cancelation thrown by the body', () => {
  it('made by hand ends the operation canceled, with its reason, message and cause [case 251]', async () => {
    const onCancel = vi.fn<() => void>();
    const onError = vi.fn<() => void>();
    const op = new Cancelable().onCancel(onCancel).onError(onError);
    const cause = new Error('the cause');
    const error = new CancelationError('signal', { message: 'my words', cause });
    await expect(op.run(() => Promise.reject(error))).rejects.toBe(error);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'signal', 'my words']);
    expect(op.context).toMatchObject({ status: 'canceled', cancelReason: 'signal', cancelMessage: 'my words' });
    expect([op.error, op.signal.reason, error.operation, error.cause]).toEqual([error, error, op, cause]);
    expect(onCancel).toHaveBeenCalledOnce();
    expect(onError).not.toHaveBeenCalled();
  });

  it('by token.check() ends it canceled', async () => {
    const token = new CancelationToken();
    token.cancel({ reason: 'hidden', message: 'away' });
    const op = new Cancelable();
    const child = op.child();
    await expect(op.run(() => token.check())).rejects.toMatchObject({ name: 'ManualCancelation', operation: op });
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'hidden', 'away']);
    expect(child.reason).toBe('parent');
  });

  it('by checkAsync of a token ends it canceled', async () => {
    const token = new CancelationToken();
    token.cancel('stop');
    const op = new Cancelable();
    await expect(op.run(() => token.checkAsync())).rejects.toMatchObject({ message: 'stop' });
    expect([op.status, op.reason]).toEqual(['canceled', 'manual']);
  });

  it('twice ends the second operation failed: by then it is that of the first', async () => {
    const error = new CancelationError('hidden');
    const [first, second] = [new Cancelable({ parent: null }), new Cancelable({ parent: null })];
    await first.settle(() => Promise.reject(error));
    await second.settle(() => Promise.reject(error));
    expect([first.status, second.status]).toEqual(['canceled', 'failed']);
  });

  it('of another operation is a failure: a save that timed out must not vanish', async () => {
    const onError = vi.fn<() => void>();
    const op = new Cancelable().onError(onError);
    const save = op.child({ timeout: 1 });
    const error: unknown = await op.run(() => save.run(untilCanceled)).catch((thrown: unknown) => thrown);
    expect(error).toBe(save.error);
    expect([op.status, op.reason, op.error]).toEqual(['failed', undefined, save.error]);
    expect(isCancelation(op.error)).toBe(true);
    expect(isCancelation(op.error, op)).toBe(false);
    expect(isCancelation(op.error, save)).toBe(true);
    expect(onError).toHaveBeenCalledExactlyOnceWith(op.context, save.error);
  });

  it('by the platform, an AbortError of nobody known, is a failure', async () => {
    const error = new DOMException('aborted', 'AbortError');
    const op = new Cancelable();
    await expect(op.run(() => Promise.reject(error))).rejects.toBe(error);
    expect(op.status).toBe('failed');
  });

  it('by the platform because the operation was canceled changes nothing', async () => {
    const op = new Cancelable();
    const run = op.settle(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    );
    op.cancel('enough');
    await expect(run).resolves.toMatchObject({ status: 'canceled', message: 'enough' });
  });
});

describe('isCancelation', () => {
  it('asks for the cancelation of one operation when it is given one', () => {
    const [mine, other] = [new Cancelable(), new Cancelable()];
    mine.cancel();
    expect([isCancelation(mine.error), isCancelation(mine.error, mine), isCancelation(mine.error, other)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    undefined,
    null,
    0,
    'AbortError',
    {},
    { name: 'AbortError' },
    new Error('no'),
    new DOMException('', 'AbortError'),
  ])('says no to %s', (value) => {
    expect(isCancelation(value)).toBe(false);
  });

  it('in catch: ignoreCancelation swallows cancelations and rethrows the rest', async () => {
    const op = new Cancelable();
    op.cancel();
    await expect(op.run(() => 1).catch(ignoreCancelation)).resolves.toBeUndefined();
    const error = new Error('no');
    await expect(Promise.reject(error).catch(ignoreCancelation)).rejects.toBe(error);
  });
});

describe('the root cause', () => {
  it('is the error at the end of the chain of causes', async () => {
    const cause = new Error('socket closed');
    const [root, middle, leaf] = [new Cancelable({ parent: null })].flatMap((op) => {
      const below = op.child();
      return [op, below, below.child()];
    }) as [Cancelable, Cancelable, Cancelable];
    const run = root.settle(() => middle.run(() => leaf.run(untilCanceled)));
    root.cancel({ cause });
    await run;
    expect((leaf.error as ParentCancelation).cause).toBe(middle.error);
    expect((leaf.error as ParentCancelation).rootCause).toBe(cause);
  });

  it('is the error of a parent that failed', async () => {
    const error = new Error('no');
    const parent = new Cancelable();
    const child = parent.child();
    await parent.settle(() => {
      void child.run(untilCanceled);
      throw error;
    });
    expect(child.error).toMatchObject({ reason: 'parent', parentReason: undefined, cause: error, rootCause: error });
    expect(child.message).toContain('failed');
  });

  it('is found in a chain of causes that runs in a circle', () => {
    const first = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    const error = new ParentCancelation('id', 'manual', { cause: first });
    expect([first, second]).toContain(error.rootCause);
  });
});
