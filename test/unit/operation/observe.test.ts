import { describe, expect, it, vi } from 'vitest';
import { Cancelable, currentOperation } from 'use-cancelable/core';
// Registry, tools and recorder attach here; no door leads to it.
import { observe } from '../../../src/operation/observe.ts';
import { untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { nextTask } from './nextTask.ts';
import { collectReportedErrors } from './reportedErrors.ts';

/** What an observer is told, as `name event`, until it stops. */
function record(): { events: string[]; stop: () => void } {
  const events: string[] = [];
  return { events, stop: observe((op, event) => events.push(`${op.name} ${event} ${op.status}`)) };
}

describe('an observer', () => {
  it('is told of a whole life, each step once and in order', async () => {
    const { events, stop } = record();
    const op = new Cancelable({ name: 'op', parent: null });
    await op.run((self) => self.report('half'));
    await op.closed;
    stop();
    expect(events).toEqual([
      'op created pending',
      'op started running',
      'op progress running',
      'op completed completed',
      'op released completed',
      'op closed completed',
    ]);
  });

  it('is told of an operation that never starts', () => {
    const { events, stop } = record();
    new Cancelable({ name: 'canceled', parent: null }).cancel();
    new Cancelable({ name: 'failed', parent: null }).fail(new Error('before'));
    stop();
    expect(events).toEqual([
      'canceled created pending',
      'canceled canceled canceled',
      'canceled released canceled',
      'canceled closed canceled',
      'failed created pending',
      'failed failed failed',
      'failed released failed',
      'failed closed failed',
    ]);
  });

  it('is told when a body is left behind, and when it ends at last', async () => {
    const { events, stop } = record();
    const gate = createGate();
    const op = new Cancelable({ name: 'op', parent: null });
    const run = op.settle(() => gate.promise);
    op.cancel();
    await run;
    expect(events.slice(2)).toEqual(['op canceled canceled', 'op abandoned canceled', 'op released canceled']);
    gate.open();
    await op.closed;
    stop();
    expect(events.at(-1)).toBe('op closed canceled');
  });

  it('is told of parents first, and sees no half-canceled tree', async () => {
    const page = new Cancelable({ parent: null, name: 'page' });
    const run = page.settle((op) => {
      void op.spawn(untilCanceled, { name: 'child' });
      return untilCanceled(op);
    });
    const pending = page.child({ name: 'pending' });
    const seen: unknown[] = [];
    const stop = observe((op, event) => {
      if (event === 'canceled') seen.push([op.name, page.isCanceled && page.children.every((each) => each.isCanceled)]);
    });
    page.cancel();
    await run;
    stop();
    expect(seen).toEqual([
      ['page', true],
      ['child', true],
      ['pending', true],
    ]);
    expect(pending.reason).toBe('parent');
  });

  it('is told of a failure and of what goes down with it', async () => {
    const page = new Cancelable({ parent: null, name: 'page' });
    const { events, stop } = record();
    await page.settle(async (op) => {
      void op.spawn(untilCanceled, { name: 'sibling' });
      void op.spawn(() => Promise.reject(new Error('broken')), { name: 'child' });
      await untilCanceled(op);
    });
    stop();
    const ends = events.filter((event) => / (failed|canceled) /.test(event));
    expect(ends).toEqual(['page failed failed', 'child failed failed', 'sibling canceled canceled']);
  });

  it('that throws or rejects breaks nothing; others are told; no operation is current', async () => {
    const reported = collectReportedErrors();
    const error = new Error('observer');
    const currents = new Set<unknown>();
    const stops = [
      observe(() => {
        throw error;
      }),
      observe(() => Promise.reject(error) as never),
      observe(() => currents.add(currentOperation())),
    ];
    const op = new Cancelable({ parent: null });
    await op.run(async (self) => {
      self.report('half');
      await self.wait(self.child().run(() => 1));
      expect(currentOperation()).toBe(op);
    });
    for (const stop of stops) stop();
    await nextTask();
    expect(op.status).toBe('completed');
    expect([...currents]).toEqual([undefined]);
    expect(new Set(reported)).toEqual(new Set([error]));
    expect(reported.length).toBeGreaterThan(10);
  });

  it('may be attached twice, and is not told any more after it was detached', () => {
    const observer = vi.fn<() => void>();
    const [first, second] = [observe(observer), observe(observer)];
    first();
    first();
    const made = [new Cancelable()];
    expect(observer).toHaveBeenCalledOnce();
    second();
    made.push(new Cancelable());
    expect(observer).toHaveBeenCalledOnce();
  });
});
