import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  allOf,
  anyOf,
  Cancelable,
  condition,
  fromEvent,
  fromSignal,
  fromToken,
  pageHidden,
  resources,
  timeout,
  waitFor,
  type Awaitable,
  type Combination,
  type NamedSource,
  type Reason,
  type Source,
  type SourceLifetime,
} from 'use-cancelable/core';

// The checks are the compiler's; what stands in these functions is not run.
function unused(..._checks: Array<() => unknown>): void {}

describe('the types of sources', () => {
  it('are sources with a name and a reason', () => {
    unused(() => {
      expectTypeOf(timeout({ seconds: 5 })).toEqualTypeOf<NamedSource>();
      expectTypeOf<NamedSource>().toExtend<Source>();
      expectTypeOf(timeout(5).reason).toEqualTypeOf<Reason>();
      // @ts-expect-error a source does not change
      timeout(5).name = 'other';
      // @ts-expect-error a duration is a number or its parts
      timeout('5s');
    });
    expect(timeout).toBeTypeOf('function');
  });

  it('of a condition take what says yes or no', () => {
    unused(() => {
      condition(() => true, { interval: { seconds: 1 }, name: 'ready' });
      condition(async ({ signal }) => (await fetch('/ready', { signal })).ok);
      condition((lifetime) => {
        expectTypeOf(lifetime).toEqualTypeOf<SourceLifetime>();
        return false;
      });
      // @ts-expect-error a predicate says true or false
      condition(() => 'yes');
      // @ts-expect-error no such option
      condition(() => true, { every: 5 });
      expectTypeOf(
        Cancelable.withCondition(() => true, { conditionName: 'x', timeout: 5 }),
      ).toEqualTypeOf<Cancelable>();
      // @ts-expect-error its name is conditionName
      Cancelable.withCondition(() => true, { condition: 'x' });
    });
    expect(condition).toBeTypeOf('function');
  });

  it('of an event know the events of their target', () => {
    unused(() => {
      fromEvent(window, 'pagehide', { filter: (event) => !event.persisted });
      fromEvent(document, 'visibilitychange', { filter: (event) => event.bubbles });
      fromEvent(document.body, 'click', { filter: (event) => event.button === 0 });
      fromEvent(new WebSocket('/'), 'close', { filter: (event) => event.code !== 1000 });
      fromEvent<CustomEvent<number>>(new EventTarget(), 'count', { filter: ({ detail }) => detail > 2 });
      fromEvent(new EventTarget(), 'count', { filter: (event) => event.type === 'count' });
      // @ts-expect-error a click has no code
      fromEvent(document.body, 'click', { filter: (event) => event.code === 1000 });
      // @ts-expect-error a filter says true or false
      fromEvent(window, 'click', { filter: () => 'yes' });
      // @ts-expect-error no target
      fromEvent('#id', 'click');
    });
    expect(fromEvent).toBeTypeOf('function');
  });

  it('of combinations tell their members', () => {
    unused(() => {
      const source = anyOf(timeout(5), new AbortController().signal, { start: (fire) => fire('x') });
      expectTypeOf(source).toEqualTypeOf<Combination>();
      expectTypeOf(allOf(source, source).triggered).toEqualTypeOf<readonly Source[]>();
      // @ts-expect-error sources are given one by one
      anyOf([timeout(5)]);
      // @ts-expect-error a token is made a source
      allOf(new Cancelable().token);
      // @ts-expect-error the list is read, not written
      source.triggered.push(timeout(5));
    });
    expect(anyOf).toBeTypeOf('function');
  });

  it('of the rest refuse what is refused', () => {
    unused(() => {
      // @ts-expect-error a controller is no signal
      fromSignal(new AbortController());
      // @ts-expect-error a signal is no token
      fromToken(new AbortController().signal);
      // @ts-expect-error a duration
      pageHidden({ for: 'ever' });
      // @ts-expect-error no such resource
      resources({ cpu: 80 });
      expectTypeOf(waitFor(timeout(5))).toEqualTypeOf<Awaitable<void>>();
      // @ts-expect-error a promise is for wait
      void waitFor(Promise.resolve());
      expectTypeOf(new Cancelable().addSource(timeout(5))).toEqualTypeOf<Cancelable>();
      // @ts-expect-error one at a time
      new Cancelable().addSource(timeout(5), timeout(6));
    });
    expect(waitFor).toBeTypeOf('function');
  });
});
