import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { Cancelable, CancelationToken, currentOperation } from 'use-cancelable/core';

// Nothing outlives its operation: no platform timer, no object on the heap. Chromium is started with what it takes to look.

const many = 100_000;
let armed = 0;
let pending = 0;
const { timeout } = AbortSignal;

beforeEach(() => {
  armed = 0;
  pending = 0;
  AbortSignal.timeout = (milliseconds) => {
    armed += 1;
    pending += 1;
    const signal = timeout.call(AbortSignal, milliseconds);
    signal.addEventListener('abort', () => (pending -= 1), { once: true });
    return signal;
  };
});

afterEach(() => {
  AbortSignal.timeout = timeout;
});

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

interface Protocol {
  send(method: 'HeapProfiler.collectGarbage'): Promise<void>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ readonly usedSize: number; readonly embedderHeapUsedSize: number }>;
}

/** Bytes in use, by the page's objects and by the browser's own, without what could be collected. */
async function heap(): Promise<number> {
  // The protocol's methods are typed by a package that is not installed.
  const protocol = cdp() as unknown as Protocol;
  // A WeakRef that was read keeps its target for the rest of the task.
  await nextTask();
  await protocol.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize } = await protocol.send('Runtime.getHeapUsage');
  return usedSize + embedderHeapUsedSize;
}

/** Bytes that each of so many calls in a round leaves behind: the median of several rounds. */
async function growth(calls: number, round: () => Promise<unknown>): Promise<number> {
  // The first rounds pay for compiled code and grown tables.
  await round();
  await round();
  const grown: number[] = [];
  let before = await heap();
  for (let done = 0; done < 3; done += 1) {
    await round();
    const after = await heap();
    grown.push((after - before) / calls);
    before = after;
  }
  return grown.toSorted((one, other) => one - other)[1]!;
}

describe('100,000 operations with a timeout, all settled', { timeout: 60_000 }, () => {
  // First, while no timer is armed that comes soon enough for all.
  it('leave at most a few dozen platform timers when each has less time than all before it', async () => {
    const ends: Array<() => void> = [];
    const outcomes = Array.from({ length: many }, (_, index) => {
      const op = new Cancelable({ parent: null, timeout: 3_600_000 - index * 30 });
      return op.settle(() => new Promise<void>((resolve) => ends.push(resolve)));
    });
    expect(pending).toBeLessThan(32);
    for (const end of ends) end();
    await Promise.all(outcomes);
    expect(armed).toBeLessThan(32);
  });

  it('of 10 s leave at most a few dozen, and no growth of the heap', async () => {
    const parent = new Cancelable({ parent: null });
    const running = parent.settle((op) => op.wait(new Promise(() => {})));
    const bytes = await growth(many, async () => {
      const outcomes: Array<Promise<unknown>> = [];
      for (let index = 0; index < many; index += 1) {
        const op = parent.child({ timeout: 10_000 });
        outcomes.push(op.settle((op) => (index % 3 === 0 ? op.wait(Promise.resolve(index)) : index)));
      }
      await Promise.all(outcomes);
    });
    console.info(`timeouts: ${bytes.toFixed(2)} bytes per operation, ${armed} timers armed, ${pending} pending`);
    expect(parent.children).toHaveLength(0);
    expect(pending).toBeLessThan(32);
    expect(bytes).toBeLessThan(5);
    parent.cancel();
    await running;
  });

  it('leave as few timers when timeouts are of all lengths and come in any order', async () => {
    // A fixed sequence that looks like none (Park and Miller).
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const open: Array<() => void> = [];
    const outcomes: Array<Promise<unknown>> = [];
    for (let index = 0; index < many / 4; index += 1) {
      const op = new Cancelable({ parent: null, timeout: Math.exp(random() * 15) + 10_000 });
      outcomes.push(op.settle(() => new Promise<void>((resolve) => open.push(resolve))));
      if (random() < 0.5) open.splice(Math.floor(random() * Math.min(open.length, 100)), 1)[0]!();
      if (index % 1000 === 0) await nextTask();
    }
    expect(pending).toBeLessThan(32);
    for (const end of open) end();
    await Promise.all(outcomes);
    expect(pending).toBeLessThan(32);
    expect(armed).toBeLessThan(64);
  });

  it('cancel none too early, and each for its time', async () => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const milliseconds = 5 + index * 2;
        const op = new Cancelable({ parent: null, timeout: milliseconds }).onCancel(() => order.push(index));
        await op.settle((op) => op.wait(new Promise(() => {})));
        expect(op.reason).toBe('timeout');
        expect(op.context.elapsedTime).toBeGreaterThan(milliseconds - 1);
      }),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });
});

describe('the heap does not grow', { timeout: 60_000 }, () => {
  const rounds: Record<string, (parent: Cancelable) => unknown> = {
    'canceled children whose errors were read': async (parent) => {
      const child = parent.child();
      const running = child.settle((op) => op.wait(new Promise(() => {})));
      child.cancel('enough');
      await running;
      return child.error;
    },
    'children with a signal of their own that was read': (parent) => parent.child().settle((op) => op.signal.aborted),
    'children under one foreign signal': (parent) => parent.child({ signal: longLived }).settle(() => undefined),
    'children under a foreign signal and one of their own': (parent) =>
      parent.child({ signal: longLived, sources: [new AbortController().signal] }).settle(() => undefined),
    'children under one token': (parent) => parent.child({ token: longLivedToken }).settle(() => undefined),
    'children that never start': (parent) => void parent.child(),
    'reports with metadata': (parent) => parent.report('here', { current: 1, total: 2 }),
    'waits that settle': (parent) => parent.wait(Promise.resolve()),
    'spawned generators': (parent) =>
      parent.spawn(function* () {
        yield currentOperation();
      }),
  };
  const longLived = new AbortController().signal;
  const longLivedToken = new CancelationToken();

  for (const [name, once] of Object.entries(rounds)) {
    it(`with ${name}`, async () => {
      const parent = new Cancelable({ parent: null });
      const running = parent.settle((op) => op.wait(new Promise(() => {})));
      const calls = many / 20;
      const bytes = await growth(calls, () => Promise.all(Array.from({ length: calls }, () => once(parent))));
      console.info(`${name}: ${bytes.toFixed(2)} bytes each`);
      expect(bytes).toBeLessThan(20);
      parent.cancel();
      await running;
    });
  }

  it('with callbacks whose signal was aborted', async () => {
    const op = new Cancelable({ parent: null });
    const running = op.settle((op) => op.wait(new Promise(() => {})));
    const references: Array<WeakRef<object>> = [];
    for (let index = 0; index < 100; index += 1) {
      const listening = new AbortController();
      const callback = (): void => {};
      references.push(new WeakRef(callback));
      op.onProgress(callback, { signal: listening.signal });
      listening.abort();
    }
    op.report('here');
    await heap();
    expect(references.filter((reference) => reference.deref() !== undefined).length).toBeLessThan(5);
    op.cancel();
    await running;
  });
});
