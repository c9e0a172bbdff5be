import { describe, expect, it, vi } from 'vitest';
import { Cancelable, CancelationToken, isCancelation } from 'use-cancelable/core';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createSource } from '../operation/countedSource.ts';

/** How many abort listeners a signal holds. */
function watchListeners(signal: AbortSignal): () => number {
  const [add, remove] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  return () => add.mock.calls.length - remove.mock.calls.length;
}

describe('a member of a combined operation', () => {
  it('that runs cancels it in the same step; the cause is its error', async () => {
    const member = new Cancelable();
    const body = member.settle(untilCanceled);
    const combined = new Cancelable().combine(member);
    const run = combined.settle(untilCanceled);
    const seen: unknown[] = [];
    member.onCancel(() => seen.push(combined.status));
    member.cancel({ reason: 'logout', message: 'gone' });
    expect([combined.reason, combined.message, seen]).toEqual(['logout', 'gone', ['canceled']]);
    expect((combined.error as Error).cause).toBe(member.error);
    expect([isCancelation(combined.error, combined), isCancelation(combined.error, member)]).toEqual([true, false]);
    await Promise.all([run, body]);
  });

  it('that was canceled before it starts keeps its body from running', async () => {
    const member = new Cancelable();
    const combined = new Cancelable().combine(new Cancelable().combine(member));
    member.cancel('before');
    const body = vi.fn<() => void>();
    expect(combined.status).toBe('pending');
    await expect(combined.run(body)).rejects.toMatchObject({ reason: 'manual', message: 'before' });
    expect([body.mock.calls.length, combined.context.startTime]).toEqual([0, undefined]);
    expect((combined.error as Error).cause).toBe(member.error);
  });

  it('that has not started cancels it when it is canceled, by its parent too, with the words of that', async () => {
    const parent = new Cancelable({ name: 'page' });
    const combined = parent.child().combine();
    const run = combined.settle(untilCanceled);
    parent.cancel('left');
    expect([combined.reason, combined.message]).toEqual(['parent', 'Canceled with its parent "page": left']);
    expect(combined.error).toMatchObject({ rootCause: parent.error });
    await run;
  });

  it('that starts later counts its own time as well', async () => {
    const member = Cancelable.withTimeout(1000);
    const combined = member.combine(new Cancelable());
    const run = combined.settle(untilCanceled);
    const body = member.settle(untilCanceled);
    member.cancel('now');
    expect([combined.reason, combined.message]).toEqual(['manual', 'now']);
    await Promise.all([run, body]);
  });

  it('that runs keeps its timeout to itself until it is over', async () => {
    const member = Cancelable.withTimeout(20);
    const body = member.settle(untilCanceled);
    const combined = member.combine(new Cancelable());
    const run = combined.settle(untilCanceled);
    const next = combined.combine({ timeout: 1000 });
    const nextRun = next.settle(untilCanceled);
    expect(combined.remaining).toBeUndefined();
    await run;
    expect([combined.reason, combined.message]).toEqual(['timeout', 'Operation timed out after 20ms']);
    expect(combined.error).toMatchObject({ timeout: 20, cause: member.error });
    await Promise.all([body, nextRun]);
    expect(next.error).toMatchObject({ timeout: 20, cause: combined.error, rootCause: member.error });
  });

  it.each([
    ['completes', (op: Cancelable) => op.run(() => 1)],
    ['fails', (op: Cancelable) => op.settle(() => Promise.reject(new Error('no')))],
  ])('that %s before or while it runs contributes nothing', async (_, end) => {
    const source = createSource();
    const [before, during] = [new Cancelable({ timeout: 1, sources: [source.source] }), new Cancelable()];
    await end(before);
    const combined = before.combine(during);
    const run = combined.run((op) => op.sleep(15));
    await end(during);
    expect([combined.status, source.starts()]).toEqual(['running', 1]);
    await run;
    expect(combined.status).toBe('completed');
  });

  it('that is its parent as well cancels it as a child', async () => {
    const parent = new Cancelable({ name: 'page' });
    await parent.settle(async (op) => {
      const combined = op.combine(new Cancelable());
      const run = combined.settle(untilCanceled);
      op.cancel({ reason: 'logout', message: 'left' });
      expect([combined.reason, combined.message]).toEqual(['parent', 'Canceled with its parent "page": left']);
      expect(combined.error).toMatchObject({ parentReason: 'logout', cause: op.error });
      await run;
    });
  });

  it('that is its parent as well cancels it, also with propagate: false', async () => {
    const parent = new Cancelable();
    const body = parent.settle(async (op) => {
      const combined = op.combine(new Cancelable());
      const run = combined.settle(untilCanceled);
      op.cancel({ message: 'only me', propagate: false });
      expect([combined.parent, combined.reason, combined.message]).toEqual([op, 'manual', 'only me']);
      await run;
    });
    await body;
  });

  it('may cancel a chain of ten thousand, and each can say why', async () => {
    const first = new Cancelable({ parent: new Cancelable({ name: 'page' }) });
    const runs = [first.settle(untilCanceled)];
    const chain = [first];
    for (let count = 0; count < 10_000; count += 1) {
      const next = chain.at(-1)!.combine({ name: 'next' });
      runs.push(next.settle(untilCanceled));
      chain.push(next);
    }
    first.parent!.cancel('left');
    const last = chain.at(-1)!;
    expect([last.reason, last.message]).toEqual(['parent', 'Canceled with its parent "page": left']);
    await Promise.all(runs);
  });

  it('may be one of ten thousand that have not started', async () => {
    const token = new CancelationToken();
    let combined = Cancelable.withToken(token);
    for (let count = 0; count < 10_000; count += 1) combined = combined.combine({ name: 'next' });
    const run = combined.settle(untilCanceled);
    token.cancel('stop');
    expect(combined.message).toBe('stop');
    await run;
  });
});

describe('when a combined operation has ended', () => {
  it.each([
    ['completed', (op: Cancelable) => op.sleep(1)],
    ['failed', () => Promise.reject(new Error('no'))],
    ['been canceled', (op: Cancelable) => op.cancel()],
    ['timed out', untilCanceled],
    ['been abandoned', (op: Cancelable) => (op.cancel(), forever())],
  ])('because it has %s, nothing listens, polls or waits any more [case 139]', async (_, body) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { signal } = new AbortController();
    const listeners = watchListeners(signal);
    const [token, long] = [new CancelationToken(), new Cancelable()];
    const { source, starts, stops } = createSource();
    const longRun = long.settle(untilCanceled);
    const combined = new Cancelable({ signal, token, sources: [source], timeout: 50 }).combine(long);
    const run = combined.settle(body as (op: Cancelable) => unknown);
    expect(starts()).toBe(1);
    await vi.advanceTimersByTimeAsync(60);
    await run;
    expect([listeners(), stops(), vi.getTimerCount()]).toEqual([0, 1, 0]);
    // What is canceled now finds nobody.
    const onCancel = vi.fn<() => void>();
    combined.onCancel(onCancel);
    const [status, message] = [combined.status, combined.message];
    token.cancel('late');
    vi.useRealTimers();
    long.cancel('late');
    await longRun;
    expect([combined.status, combined.message, onCancel.mock.calls.length]).toEqual([status, message, 0]);
  });
});
