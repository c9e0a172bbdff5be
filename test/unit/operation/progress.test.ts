import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, type ProgressMetadata } from 'use-cancelable/core';

// What callbacks are told, in what order. Ancestors: progressBubbling.test.ts. Asynchronous and failing callbacks:
// progressCallbacks.test.ts.

type Report = [operationId: string, message: string, metadata: ProgressMetadata];

let reports: Report[];
const note = (...report: Report): unknown => reports.push(report);

beforeEach(() => {
  reports = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a report', () => {
  it('tells the id of the operation, the message and the metadata, in order [case 62]', async () => {
    const op = new Cancelable().onProgress(note);
    await op.run(async () => {
      op.report('Step 1');
      op.report('Step 2', { value: 42 });
    });
    expect(reports).toEqual([
      [op.id, 'Step 1', {}],
      [op.id, 'Step 2', { value: 42 }],
    ]);
  });

  it('calls all callbacks in the order of registration with equal arguments [case 63]', async () => {
    const order: string[] = [];
    const op = new Cancelable();
    for (const name of ['first', 'second', 'third']) {
      op.onProgress((...report) => {
        order.push(name);
        note(...report);
      });
    }
    await op.run(() => op.report('here', { progress: 10 }));
    expect(order).toEqual(['first', 'second', 'third']);
    expect(reports).toEqual([reports[0], reports[0], reports[0]]);
    expect(reports[0]).toEqual([op.id, 'here', { progress: 10 }]);
  });

  it('has reached all callbacks when it returns, and returns nothing', async () => {
    const op = new Cancelable().onProgress(note);
    await op.run(() => {
      expect(op.report('here')).toBeUndefined();
      expect(reports).toHaveLength(1);
    });
  });

  it('always comes with an object as metadata', async () => {
    const op = new Cancelable().onProgress(note);
    await op.run(async () => {
      op.report('a');
      op.report('b', undefined);
      await op.reportProgress('c');
    });
    expect(reports.map(([, , metadata]) => metadata)).toEqual([{}, {}, {}]);
  });

  it('hands on the standard fields unchanged, and all others [case 73]', async () => {
    const op = new Cancelable().onProgress(note);
    const payload = new Map();
    const metadata = {
      progress: 40,
      current: 4,
      total: 10,
      rate: 2.5,
      eta: 2.4,
      phase: 'copy',
      file: 'a.txt',
      payload,
    };
    await op.run(() => op.report('copying', { ...metadata }));
    expect(reports[0]![2]).toEqual(metadata);
    expect(reports[0]![2]['payload']).toBe(payload);
  });

  it('does nothing without callbacks [case 75]', async () => {
    const op = new Cancelable();
    await op.run(async () => {
      op.report('unheard');
      await expect(op.reportProgress('unheard', { progress: 5 })).resolves.toBeUndefined();
    });
    expect(op.isCompleted).toBe(true);
  });

  it('is sent on as JSON, in order, by a sink that posts it [case 82]', async () => {
    const { port1, port2 } = new MessageChannel();
    const received: unknown[] = [];
    const op = new Cancelable().onProgress((operationId, message, metadata) =>
      port1.postMessage(JSON.stringify({ operationId, message, metadata })),
    );
    const arrived = new Promise<void>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<string>) => {
        received.push(JSON.parse(data));
        if (received.length === 3) resolve();
      };
    });
    await op.run(async () => {
      for (const current of [1, 2, 3]) op.report(`Item ${current}`, { current, total: 3, rate: 1, eta: 0 });
    });
    await arrived;
    port2.close();
    expect(received).toEqual(
      [1, 2, 3].map((current) => ({
        operationId: op.id,
        message: `Item ${current}`,
        metadata: { current, total: 3, rate: 1, eta: 0 },
      })),
    );
  });

  it.each([
    ['a message that is no string', 42, undefined, /message.*string.*42/],
    ['no message', undefined, undefined, /message.*string.*undefined/],
    ['metadata that is a number', 'x', 5, /metadata.*object.*5/],
    ['metadata that is an array', 'x', [1], /metadata.*object.*array/],
    ['metadata that is null', 'x', null, /metadata.*object.*null/],
  ])('refuses %s', (_name, message, metadata, text) => {
    const op = new Cancelable().onProgress(note);
    expect(() => op.report(message as never, metadata as never)).toThrow(TypeError);
    expect(() => op.report(message as never, metadata as never)).toThrow(text);
    expect(() => op.reportProgress(message as never, metadata as never)).toThrow(text);
    expect(() => op.onProgress(message as never)).toThrow(TypeError);
    expect(reports).toEqual([]);
  });
});

describe('the list of callbacks', () => {
  it('gives a callback only what comes after its registration [case 76]', async () => {
    const op = new Cancelable();
    await op.run(() => {
      op.report('before');
      op.onProgress(note);
      op.report('after');
    });
    expect(reports).toEqual([[op.id, 'after', {}]]);
  });

  it('loses a callback whose signal is aborted [case 77]', async () => {
    const op = new Cancelable();
    const listening = new AbortController();
    op.onProgress(note, { signal: listening.signal });
    await op.run(() => {
      op.report('heard');
      listening.abort();
      op.report('not heard');
    });
    expect(reports).toEqual([[op.id, 'heard', {}]]);
  });

  it('never takes a callback whose signal was aborted before', async () => {
    const op = new Cancelable().onProgress(note, { signal: AbortSignal.abort() });
    await op.run(() => op.report('not heard'));
    expect(reports).toEqual([]);
  });

  it('calls a function once for each registration', async () => {
    const listening = new AbortController();
    const op = new Cancelable().onProgress(note).onProgress(note, { signal: listening.signal });
    await op.run(() => {
      op.report('twice');
      listening.abort();
      op.report('once');
    });
    expect(reports.map(([, message]) => message)).toEqual(['twice', 'twice', 'once']);
  });

  it('is the one of the beginning of a delivery, the new one from the next on [case 78]', async () => {
    const told: string[] = [];
    const op = new Cancelable();
    const listening = new AbortController();
    op.onProgress((_id, message) => {
      told.push(`first: ${message}`);
      if (message !== 'one') return;
      listening.abort();
      op.onProgress(() => told.push(`added: ${message}`));
    });
    op.onProgress((_id, message) => told.push(`removed: ${message}`), { signal: listening.signal });
    await op.run(() => {
      op.report('one');
      expect(told).toEqual(['first: one', 'removed: one']);
      op.report('two');
      expect(told).toEqual(['first: one', 'removed: one', 'first: two', 'added: one']);
    });
  });
});

describe('after the end', () => {
  it.each<[string, (op: Cancelable) => unknown]>([
    ['completed', () => undefined],
    ['failed', () => Promise.reject(new Error('failed'))],
    ['canceled', (op) => op.cancel()],
  ])('a report of a %s operation is ignored [case 80]', async (status, body) => {
    const parent = new Cancelable().onProgress(note);
    const op = parent.child().onProgress(note);
    await parent.run(() => op.settle(body));
    expect(op.status).toBe(status);
    const { progress } = op;
    op.report('late', { progress: 50 });
    await expect(op.reportProgress('late', { progress: 50 })).resolves.toBeUndefined();
    expect(reports).toEqual([]);
    expect(op.progress).toBe(progress);
  });

  it('a report of the body that runs on after a cancel is ignored at once', async () => {
    const op = new Cancelable().onProgress(note);
    await op.settle(async () => {
      op.report('heard');
      op.cancel();
      op.report('not heard');
    });
    expect(reports.map(([, message]) => message)).toEqual(['heard']);
  });

  it('a report whose callback cancels is told to the rest of that list, and to no ancestor that has ended with it', async () => {
    const parent = new Cancelable();
    const op = parent
      .child()
      .onProgress(() => parent.cancel())
      .onProgress(note);
    parent.onProgress(note);
    await parent.settle(() => op.run(() => op.report('once')));
    // The list of the beginning is told to its end; the parent has ended before its turn.
    expect(reports).toEqual([[op.id, 'once', {}]]);
  });

  it('a report that finds the time over cancels there and then, and is not heard', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const op = new Cancelable({ timeout: 1000 }).onProgress(note);
    await op.settle(() => {
      op.report('in time');
      vi.advanceTimersByTime(1001);
      op.report('too late');
      expect(op.reason).toBe('timeout');
    });
    expect(reports.map(([, message]) => message)).toEqual(['in time']);
  });

  it('a report finds the time of an ancestor over, too', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const parent = new Cancelable({ timeout: 1000 }).onProgress(note);
    await parent.settle(() =>
      parent.child({ timeout: 5000 }).run((op) => {
        vi.advanceTimersByTime(1001);
        op.report('too late');
        expect([parent.reason, op.reason]).toEqual(['timeout', 'parent']);
      }),
    );
    expect(reports).toEqual([]);
  });
});
