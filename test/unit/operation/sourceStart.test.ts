import { describe, expect, it, vi } from 'vitest';
import { Cancelable, type CustomSource, type SourceLifetime } from 'use-cancelable/core';
import { createSource } from './countedSource.ts';
import { collectReportedErrors } from './reportedErrors.ts';

describe('a source that fires while it starts', () => {
  it('keeps the body and the start callbacks from running, and is stopped once', async () => {
    const stop = vi.fn<() => void>();
    const onStart = vi.fn<() => void>();
    const body = vi.fn<() => void>();
    let lifetime: SourceLifetime | undefined;
    const early: CustomSource = {
      start(fire, given) {
        lifetime = given;
        fire('already');
        fire('twice');
        return stop;
      },
    };
    const later = createSource();
    const op = new Cancelable({ sources: [early, later.source] }).onStart(onStart);
    await expect(op.run(body)).rejects.toMatchObject({ reason: 'condition', message: 'already' });
    expect([body.mock.calls.length, onStart.mock.calls.length, stop.mock.calls.length]).toEqual([0, 0, 1]);
    expect(later.starts()).toBe(0);
    expect(lifetime?.signal.aborted).toBe(true);
    expect(op.context.startTime).toBeUndefined();
  });

  it('stops those that have started before it', async () => {
    const earlier = createSource();
    const op = new Cancelable({ sources: [earlier.source, { start: (fire) => fire('now') }] });
    await op.settle(() => 1);
    expect([earlier.starts(), earlier.stops()]).toEqual([1, 1]);
  });

  it('or cancels the parent, keeps the body from running as well', async () => {
    const stop = vi.fn<() => void>();
    const body = vi.fn<() => void>();
    const parent = new Cancelable();
    const child = parent.child({
      sources: [
        {
          start() {
            parent.cancel();
            return stop;
          },
        },
      ],
    });
    await parent.settle(() => child.run(body));
    expect([child.reason, body.mock.calls.length, stop.mock.calls.length]).toEqual(['parent', 0, 1]);
    await parent.closed;
  });
});

describe('a source that throws on start', () => {
  const error = new Error('no such sensor');
  const throwing: CustomSource = {
    start() {
      throw error;
    },
  };

  it('fails the operation before the body starts', async () => {
    const body = vi.fn<() => void>();
    const onStart = vi.fn<() => void>();
    const onError = vi.fn<() => void>();
    const op = new Cancelable({ sources: [throwing] }).onStart(onStart).onError(onError);
    await expect(op.run(body)).rejects.toBe(error);
    expect([op.status, op.error]).toEqual(['failed', error]);
    expect(body).not.toHaveBeenCalled();
    expect(onStart).not.toHaveBeenCalled();
    expect(onError).toHaveBeenCalledExactlyOnceWith(op.context, error);
    await op.closed;
  });

  it('has the others stopped, token and signal forgotten, later ones not started, no timer left', async () => {
    vi.useFakeTimers();
    const [before, after] = [createSource(), createSource()];
    const { signal } = new AbortController();
    const [add, remove] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    const op = new Cancelable({ sources: [before.source, throwing, after.source], signal, timeout: 1000 });
    await op.settle(() => 1);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect([before.starts(), before.stops(), after.starts()]).toEqual([1, 1, 0]);
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });

  it('has its own lifetime ended: what it has registered goes', async () => {
    const target = new EventTarget();
    const heard = vi.fn<() => void>();
    const source: CustomSource = {
      start(_, { signal }) {
        target.addEventListener('x', heard, { signal });
        throw error;
      },
    };
    await new Cancelable({ sources: [source] }).settle(() => 1);
    target.dispatchEvent(new Event('x'));
    expect(heard).not.toHaveBeenCalled();
  });

  it('after it has fired leaves the operation canceled; the error is reported', async () => {
    const reported = collectReportedErrors();
    const source: CustomSource = {
      start(fire) {
        fire('fired');
        throw error;
      },
    };
    const op = new Cancelable({ sources: [source] });
    await op.settle(() => 1);
    expect([op.status, op.message, reported]).toEqual(['canceled', 'fired', [error]]);
  });

  it('does not hold up the parent', async () => {
    const parent = new Cancelable();
    await parent.run((op) => op.child({ sources: [throwing] }).settle(() => 1));
    await parent.closed;
    expect(parent.status).toBe('completed');
  });
});
