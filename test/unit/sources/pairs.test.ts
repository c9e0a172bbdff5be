import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  allOf,
  anyOf,
  Cancelable,
  CancelationToken,
  condition,
  fromEvent,
  fromSignal,
  fromToken,
  offline,
  pageHidden,
  pageHide,
  resources,
  timeout,
} from 'use-cancelable/core';
import type { Source } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { countListeners } from './countListeners.ts';
import { hidePage, leavePage, setOnline } from './page.ts';

interface Case {
  readonly source: Source;
  /** What makes it fire. */
  readonly fire: () => unknown;
  /** What it has left on whatever it listens to. */
  readonly left: () => number;
}

const none = (): number => 0;
const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(100);

/** Every kind of source, real; `turn` is 1 or 2: when it will fire. Timers are seen by the fake clock. */
const kinds: Record<string, { readonly reason: string; create(turn: number): Case }> = {
  timeout: {
    reason: 'timeout',
    create: (turn) => ({
      source: timeout(turn * 10_000),
      fire: () => vi.advanceTimersByTimeAsync(turn * 10_000),
      left: none,
    }),
  },
  condition: {
    reason: 'condition',
    create() {
      let isMet = false;
      const fire = (): unknown => {
        isMet = true;
        return soon();
      };
      return { source: condition(() => isMet), fire, left: none };
    },
  },
  'asynchronous condition': {
    reason: 'condition',
    create() {
      let isMet = false;
      const fire = (): unknown => {
        isMet = true;
        return soon();
      };
      return { source: condition(() => Promise.resolve(isMet)), fire, left: none };
    },
  },
  event: {
    reason: 'signal',
    create() {
      const target = new EventTarget();
      const fire = (): unknown => target.dispatchEvent(new Event('stop'));
      return { source: fromEvent(target, 'stop'), fire, left: countListeners(target) };
    },
  },
  'named signal': {
    reason: 'signal',
    create() {
      const controller = new AbortController();
      const left = countListeners(controller.signal);
      return { source: fromSignal(controller.signal), fire: () => controller.abort(), left };
    },
  },
  signal: {
    reason: 'signal',
    create() {
      const controller = new AbortController();
      const left = countListeners(controller.signal);
      return { source: controller.signal, fire: () => controller.abort(), left };
    },
  },
  token: {
    reason: 'manual',
    create() {
      const token = new CancelationToken();
      const left = (): number => token.state.callbacks?.length ?? 0;
      return { source: fromToken(token), fire: () => token.cancel('stop'), left };
    },
  },
  "operation's token": {
    reason: 'logout',
    create() {
      const { token } = new Cancelable({ parent: null });
      const left = (): number => token.state.callbacks?.length ?? 0;
      return { source: fromToken(token), fire: () => token.cancel({ reason: 'logout' }), left };
    },
  },
  offline: {
    reason: 'signal',
    create: () => ({ source: offline(), fire: () => setOnline(false), left: none }),
  },
  pageHidden: {
    reason: 'hidden',
    create: () => ({ source: pageHidden(), fire: () => hidePage(true), left: none }),
  },
  pageHide: {
    reason: 'signal',
    create: () => ({ source: pageHide(), fire: () => leavePage(false), left: none }),
  },
  resources: {
    reason: 'condition',
    create() {
      const memory = { usedJSHeapSize: 10, jsHeapSizeLimit: 100 };
      Object.defineProperty(performance, 'memory', { value: memory, configurable: true });
      const fire = (): unknown => {
        memory.usedJSHeapSize = 90;
        return soon();
      };
      return { source: resources({ memory: 80, interval: 100 }), fire, left: none };
    },
  },
};

// The page has one state: two sources of it fire together, and are one kind of pair that can't be told apart.
const ofPage = new Set(['offline', 'pageHidden', 'pageHide', 'resources']);
const names = Object.keys(kinds);
const pairs = names.flatMap((one) =>
  names.filter((other) => one !== other || !ofPage.has(one)).map((other) => [one, other] as const),
);

type Shape = (one: Source, other: Source) => Source;
const anyShapes: Record<string, Shape> = {
  'in this order': (one, other) => anyOf(one, other),
  'in the other order': (one, other) => anyOf(other, one),
  nested: (one, other) => allOf(anyOf(anyOf(other), allOf(one))),
};
const allShapes: Record<string, Shape> = {
  'in this order': (one, other) => allOf(one, other),
  'in the other order': (one, other) => allOf(other, one),
  nested: (one, other) => anyOf(allOf(allOf(other), anyOf(one))),
};

const watchPage = (): (() => number) => {
  const counts = [countListeners(document), countListeners(window)];
  return () => counts.reduce((sum, count) => sum + count(), 0);
};

describe.each(pairs)('%s, then %s', (one, other) => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(false);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    Reflect.deleteProperty(performance, 'memory');
  });

  it.each(Object.entries(anyShapes))('under any-of, %s: the first cancels', async (_, shape) => {
    const page = watchPage();
    const [first, second] = [kinds[one]!.create(1), kinds[other]!.create(2)];
    const op = new Cancelable({ sources: [shape(first.source, second.source)] });
    const onCancel = vi.fn<() => void>();
    const run = op.onCancel(onCancel).settle(untilCanceled);
    expect(op.status).toBe('running');
    await first.fire();
    expect([op.status, op.reason]).toEqual(['canceled', kinds[one]!.reason]);
    expect([first.left(), second.left(), page(), vi.getTimerCount()]).toEqual([0, 0, 0, 0]);
    await second.fire();
    await run;
    expect([op.reason, onCancel.mock.calls.length]).toEqual([kinds[one]!.reason, 1]);
  });

  it.each(Object.entries(allShapes))('under all-of, %s: the second cancels', async (_, shape) => {
    const page = watchPage();
    const [first, second] = [kinds[one]!.create(1), kinds[other]!.create(2)];
    const source = shape(first.source, second.source);
    const op = new Cancelable({ sources: [source] });
    const onCancel = vi.fn<() => void>();
    const run = op.onCancel(onCancel).settle(untilCanceled);
    await first.fire();
    expect(op.status).toBe('running');
    expect(first.left()).toBe(0);
    await second.fire();
    expect([op.status, op.reason, op.message]).toEqual([
      'canceled',
      kinds[other]!.reason,
      'All 2 sources have triggered',
    ]);
    expect([first.left(), second.left(), page(), vi.getTimerCount()]).toEqual([0, 0, 0, 0]);
    await run;
    expect(onCancel).toHaveBeenCalledOnce();
  });
});
