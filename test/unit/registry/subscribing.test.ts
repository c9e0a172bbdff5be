import { describe, expect, it, vi } from 'vitest';
import { Cancelable, createRegistry, currentOperation, type Registry } from 'use-cancelable/core';
import { collectReportedErrors } from '../operation/reportedErrors.ts';
import { complete, startRunning } from './operations.ts';

/** What a subscriber is shown, one entry for each notification. */
function record(own: Registry): { seen: string[][]; stop: () => void } {
  const seen: string[][] = [];
  return { seen, stop: own.subscribe(() => seen.push(own.getSnapshot().map(({ status }) => status))) };
}

describe('a subscriber', () => {
  it('is told of each change, and sees it [case 270]', async () => {
    const own = createRegistry();
    const { seen, stop } = record(own);
    await complete({ register: own });
    expect(seen).toEqual([['pending'], ['running'], ['completed'], []]);
    seen.length = 0;
    const op = startRunning({ register: own });
    op.cancel();
    await op.closed;
    expect(seen).toEqual([['pending'], ['running'], ['canceled'], []]);
    seen.length = 0;
    const pending = new Cancelable({ register: own });
    pending.cancel();
    expect(seen).toEqual([['pending'], ['canceled'], []]);
    stop();
    stop();
    await complete({ register: own });
    expect(seen).toHaveLength(3);
  });

  it('is told of what is done by hand', async () => {
    const own = createRegistry();
    const { seen } = record(own);
    const ended = await complete();
    own.register(ended);
    own.unregister(ended);
    own.register(ended);
    own.cleanup();
    own.clear();
    expect(seen).toEqual([['completed'], [], ['completed'], [], []]);
  });

  it('may clear the registry, and is told of that once', async () => {
    const reported = collectReportedErrors();
    const own = createRegistry();
    const listener = vi.fn<() => void>(() => own.clear());
    own.subscribe(listener);
    await complete({ register: own });
    expect([listener.mock.calls.length, own.list(), reported]).toEqual([2, [], []]);
  });

  it('is not told of reports, nor of operations that are not listed', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    const { seen } = record(own);
    op.report('half', { progress: 50 });
    await complete();
    expect(seen).toEqual([]);
    op.cancel();
  });

  it('that throws keeps no other from being told, and breaks no operation', async () => {
    const reported = collectReportedErrors();
    const own = createRegistry();
    const error = new Error('listener');
    own.subscribe(() => {
      throw error;
    });
    const { seen } = record(own);
    const op = await complete({ register: own });
    expect([op.status, seen.length, reported]).toEqual(['completed', 4, [error, error, error, error]]);
  });

  it('may stand there twice, and is called with no operation current', async () => {
    const own = createRegistry();
    const listener = vi.fn<() => unknown>(() => currentOperation());
    const stop = own.subscribe(listener);
    own.subscribe(listener);
    await new Cancelable({ parent: null }).run(() => own.register(new Cancelable()));
    expect(listener).toHaveBeenCalledTimes(2);
    expect(listener).not.toHaveReturnedWith(expect.anything());
    stop();
    own.clear();
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('is a function', () => {
    expect(() => createRegistry().subscribe({} as never)).toThrow('The listener must be a function');
  });
});

describe('the snapshot of a registry', () => {
  it('is the same until something changes, and so is each operation in it [case 270]', async () => {
    const own = createRegistry();
    const empty = own.getSnapshot();
    expect(own.getSnapshot()).toBe(empty);
    const op = startRunning({ register: own });
    const one = own.getSnapshot();
    expect(own.getSnapshot()).toBe(one);
    expect(one).not.toBe(empty);
    op.report('nothing that is shown');
    expect(own.getSnapshot()).toBe(one);
    const other = startRunning({ register: own });
    const two = own.getSnapshot();
    expect(two).toHaveLength(2);
    expect(two[0]).toBe(one[0]);
    op.cancel();
    expect(own.getSnapshot()[0]).not.toBe(one[0]);
    expect([one[0]!.status, own.getSnapshot()[0]!.status]).toEqual(['running', 'canceled']);
    other.cancel();
    await other.closed;
    expect(own.getSnapshot()).toEqual([]);
  });

  it('is right when nobody has subscribed', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    expect(own.getSnapshot()).toHaveLength(1);
    op.cancel();
    await op.closed;
    expect(own.getSnapshot()).toEqual([]);
  });
});

describe('a listed snapshot', () => {
  it('is nothing through which the operation can be changed, down to nested metadata [case 267]', () => {
    const own = createRegistry();
    const op = startRunning({ register: own, metadata: { tags: ['a', { deep: { value: 1 } }], size: 1 } });
    const [listed] = own.list();
    const tags = listed!.metadata['tags'] as [string, { deep: { value: number } }];
    expect(listed!.metadata).toEqual({ tags: ['a', { deep: { value: 1 } }], size: 1 });
    expect(Reflect.set(listed!, 'status', 'failed')).toBe(false);
    expect(Reflect.set(listed!.metadata, 'size', 2)).toBe(false);
    expect(Reflect.set(tags, 0, 'b')).toBe(false);
    expect(Reflect.set(tags[1].deep, 'value', 2)).toBe(false);
    expect(() => tags.push('c')).toThrow(TypeError);
    expect([op.status, op.context.metadata]).toEqual(['running', { tags: ['a', { deep: { value: 1 } }], size: 1 }]);
    // Nor the other way round: what the operation writes later is not in it, and not frozen.
    (op.context.metadata['tags'] as string[]).push('later');
    expect(tags).toHaveLength(2);
    expect(own.list()[0]!.metadata['tags']).toHaveLength(3);
    op.cancel();
  });

  it('has metadata of any kind: functions, instances, circles, ten thousand levels', () => {
    const own = createRegistry();
    const metadata: Record<string, unknown> = { close: () => 1, controller: new AbortController(), at: new Date(0) };
    metadata['self'] = metadata;
    let deep: object = {};
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    Object.assign(metadata, { deep, bare: Object.assign(Object.create(null) as object, { value: 1 }) });
    const op = new Cancelable({ register: own });
    Object.assign(op.context.metadata, metadata);
    const copy = own.list()[0]!.metadata;
    expect(Object.keys(copy)).toEqual(['close', 'controller', 'at', 'self', 'deep', 'bare']);
    expect([copy['close'], copy['controller']]).toEqual([metadata['close'], metadata['controller']]);
    // Compared here: the matchers walk through ten thousand levels by recursion.
    const self = copy['self'] as typeof metadata;
    expect([self['self'] === self, self === metadata]).toEqual([true, false]);
    expect(Object.isFrozen(metadata['controller'])).toBe(false);
    expect(op.status).toBe('pending');
  });

  it('has all facts but the partial result', async () => {
    const own = createRegistry();
    const op = new Cancelable({ parent: null, name: 'load', register: own });
    await op.settle((self) => {
      self.context.partialResult = [1, 2, 3];
      throw new Error('broken');
    });
    const { partialResult: _partialResult, ...facts } = op.context.toJSON();
    expect(own.history()).toEqual([facts]);
    expect(own.history()[0]).not.toHaveProperty('partialResult');
  });
});
