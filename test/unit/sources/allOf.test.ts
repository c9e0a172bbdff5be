import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  allOf,
  anyOf,
  Cancelable,
  CancelationToken,
  condition,
  ConditionCancelation,
  fromEvent,
  fromToken,
  timeout,
  TimeoutCancelation,
} from 'use-cancelable/core';
import type { CustomSource, Source } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { countListeners } from './countListeners.ts';

describe('all-of', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const start = (...sources: Source[]): { op: Cancelable; run: Promise<unknown> } => {
    const op = new Cancelable({ sources, parent: null });
    return { op, run: op.settle(untilCanceled) };
  };

  it('refuses an empty list [case 142]', () => {
    expect(() => allOf()).toThrow('At least one source is required');
  });

  it('waits for all, and tells which have fired [case 143]', async () => {
    const tokens = [new CancelationToken(), new CancelationToken()];
    const members = tokens.map(fromToken);
    const source = allOf(...members);
    const { op, run } = start(source);
    tokens[1]!.cancel();
    expect([op.status, source.triggered, source.sources.length]).toEqual(['running', [members[1]], 2]);
    op.cancel();
    await run;
  });

  it.each([[[0, 1]], [[1, 0]]])('cancels once when both have fired: %s [case 144]', async (order) => {
    const tokens = [new CancelationToken(), new CancelationToken()];
    const onCancel = vi.fn<() => void>();
    const { op, run } = start(allOf(...tokens.map(fromToken)));
    op.onCancel(onCancel);
    for (const index of order) tokens[index]!.cancel(`token ${index}`);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'manual', 'All 2 sources have triggered']);
    await run;
    expect(onCancel).toHaveBeenCalledOnce();
    const cause = (op.error as Error).cause as AggregateError;
    expect(cause).toBeInstanceOf(AggregateError);
    expect(cause.errors.map(({ message }: Error) => message)).toEqual(order.map((index) => `token ${index}`));
  });

  it('of a minimum time and a condition cancels with the later of them [case 146]', async () => {
    const begun = performance.now();
    const { op, run } = start(
      allOf(
        timeout(50),
        condition(() => performance.now() - begun >= 150, { interval: 10 }),
      ),
    );
    vi.advanceTimersByTime(149);
    expect(op.status).toBe('running');
    vi.advanceTimersByTime(1);
    expect([op.status, op.reason]).toEqual(['canceled', 'condition']);
    await run;
  });

  it('of three stages cancels at the third [case 147]', async () => {
    let stage = 0;
    const { op, run } = start(allOf(...[1, 2, 3].map((each) => condition(() => stage === each))));
    for (stage of [1, 2]) {
      vi.advanceTimersByTime(100);
      expect(op.status).toBe('running');
    }
    stage = 3;
    vi.advanceTimersByTime(100);
    expect(op.status).toBe('canceled');
    await run;
  });

  it('counts a source that is given twice once [case 149]', async () => {
    const { source, fire, starts } = createSource();
    const { op, run } = start(allOf(source, source));
    fire();
    expect([op.status, starts()]).toEqual(['canceled', 1]);
    await run;
  });

  it('counts a source that fires several times once [case 150]', async () => {
    const [first, second] = [createSource(), createSource()];
    const source = allOf(first.source, second.source);
    const { op, run } = start(source);
    for (const message of ['one', 'two', 'three']) first.fire(message);
    expect([op.status, source.triggered]).toEqual(['running', [first.source]]);
    second.fire('last');
    await run;
    const { errors } = (op.error as Error).cause as AggregateError;
    expect(errors.map(({ message }: Error) => message)).toEqual(['one', 'last']);
  });

  it('that fires twice while it starts counts once as well', async () => {
    const twice: CustomSource = {
      start(fire) {
        fire('one');
        fire('two');
      },
    };
    const other = createSource();
    const source = allOf(twice, other.source);
    const { op, run } = start(source);
    expect([op.status, source.triggered]).toEqual(['running', [twice]]);
    other.fire();
    expect(op.status).toBe('canceled');
    await run;
  });

  it('stops a member as soon as it has fired, once [case 150]', async () => {
    const [first, second] = [createSource(), createSource()];
    const stopEarly = vi.fn<() => void>();
    const early: CustomSource = {
      start(fire) {
        fire();
        return stopEarly;
      },
    };
    const { op, run } = start(allOf(first.source, early, second.source));
    expect(stopEarly).toHaveBeenCalledOnce();
    first.fire();
    expect([first.stops(), second.stops()]).toEqual([1, 0]);
    second.fire();
    await run;
    expect([op.status, first.stops(), second.stops(), stopEarly.mock.calls.length]).toEqual(['canceled', 1, 1, 1]);
  });

  it('nests: hard limits or all requirements [case 151]', async () => {
    const target = new EventTarget();
    let isReached = false;
    const source = anyOf(
      anyOf(timeout(1000), fromEvent(target, 'stop')),
      allOf(
        timeout(100),
        condition(() => isReached, { interval: 10 }),
      ),
    );
    const rows: Array<[() => void, string | undefined]> = [
      [() => vi.advanceTimersByTime(1000), 'timeout'],
      [() => target.dispatchEvent(new Event('stop')), 'signal'],
      [() => vi.advanceTimersByTime(500), undefined], // the minimum time alone
      [
        () => {
          isReached = true;
          vi.advanceTimersByTime(90); // the target alone
        },
        undefined,
      ],
      [
        () => {
          isReached = true;
          vi.advanceTimersByTime(100);
        },
        'timeout',
      ],
    ];
    for (const [happen, reason] of rows) {
      isReached = false;
      const { op, run } = start(source);
      happen();
      expect(op.reason).toBe(reason);
      op.cancel();
      await run;
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  it('of conditions has reason condition and the list of causes [case 152]', async () => {
    const { op, run } = start(
      allOf(
        condition(() => true, { name: 'one' }),
        condition(() => performance.now() >= 0, { name: 'two' }),
      ),
    );
    await run;
    expect(op.reason).toBe('condition');
    expect(op.error).toBeInstanceOf(ConditionCancelation);
    const { errors } = (op.error as Error).cause as AggregateError;
    expect(errors.map(({ reason, conditionName }: ConditionCancelation) => [reason, conditionName])).toEqual([
      ['condition', 'one'],
      ['condition', 'two'],
    ]);
  });

  it('of different reasons has the last one, and the causes in order [case 152]', async () => {
    const target = new EventTarget();
    const { op, run } = start(allOf(timeout(50), fromEvent(target, 'go'), AbortSignal.abort('already')));
    target.dispatchEvent(new Event('go'));
    vi.advanceTimersByTime(50);
    await run;
    expect([op.reason, op.error]).toEqual(['timeout', expect.any(TimeoutCancelation)]);
    expect(op.error).toMatchObject({ timeout: 50, message: 'All 3 sources have triggered' });
    const { errors } = (op.error as Error).cause as AggregateError;
    expect(errors).toMatchObject([
      { reason: 'signal', cause: 'already' },
      { reason: 'signal', event: 'go' },
      { reason: 'timeout', timeout: 50 },
    ]);
  });

  it('lets work that ends before complete, and stops its members [case 153]', async () => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    const predicate = vi.fn<() => boolean>(() => false);
    const op = new Cancelable({ sources: [allOf(timeout(1000), condition(predicate), signal)] });
    await expect(op.run(() => 'value')).resolves.toBe('value');
    expect([op.status, vi.getTimerCount(), listeners()]).toEqual(['completed', 0, 0]);
    vi.advanceTimersByTime(5000);
    expect(predicate).toHaveBeenCalledOnce();
  });

  it('is over when the operation is canceled by another source: what fires later does not count [case 154]', async () => {
    const target = new EventTarget();
    const listeners = countListeners(target);
    const [one, other] = [fromEvent(target, 'one'), fromEvent(target, 'other')];
    const source = allOf(one, other);
    const { op, run } = start(source, timeout(100));
    target.dispatchEvent(new Event('one'));
    vi.advanceTimersByTime(100);
    target.dispatchEvent(new Event('other'));
    await run;
    expect([op.reason, source.triggered, listeners()]).toEqual(['timeout', [one], 0]);
  });

  it('fails the operation when a member throws on start, the others stopped [case 155]', async () => {
    const reported = collectReportedErrors();
    const error = new Error('no such sensor');
    const [before, after] = [createSource(), createSource()];
    const throwing: CustomSource = {
      start() {
        throw error;
      },
    };
    const body = vi.fn<() => void>();
    const op = new Cancelable({ sources: [allOf(before.source, timeout(100), throwing, after.source)] });
    await expect(op.run(body)).rejects.toBe(error);
    expect([op.status, body.mock.calls.length, reported]).toEqual(['failed', 0, []]);
    expect([before.starts(), before.stops(), after.starts(), vi.getTimerCount()]).toEqual([1, 1, 0, 0]);
  });

  it('has latches for each operation that it serves [case 140]', async () => {
    const target = new EventTarget();
    const source = allOf(fromEvent(target, 'one'), fromEvent(target, 'other'));
    const first = start(source);
    target.dispatchEvent(new Event('one'));
    const second = start(source);
    target.dispatchEvent(new Event('other'));
    expect([first.op.status, second.op.status]).toEqual(['canceled', 'running']);
    target.dispatchEvent(new Event('one'));
    expect(second.op.status).toBe('canceled');
    await Promise.all([first.run, second.run]);
  });

  it('hands out what has fired as a list of its own', async () => {
    const { source: member, fire } = createSource();
    const source = allOf(member, timeout(100));
    const { op, run } = start(source);
    const before = source.triggered;
    fire();
    expect([before, source.triggered]).toEqual([[], [member]]);
    op.cancel();
    await run;
  });

  it('says what it is [case 286]', () => {
    const source = allOf(
      timeout(5),
      condition(() => true, { name: 'ready' }),
    );
    expect([source.name, source.reason]).toEqual(['allOf', 'timeout, condition']);
    expect(String(source)).toBe('allOf(timeout, ready) (timeout, condition)');
  });
});
