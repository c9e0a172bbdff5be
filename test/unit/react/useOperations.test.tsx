import { act, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  createRegistry,
  registry,
  useIsBusy,
  useOperations,
  type OperationFilter,
  type Registry,
} from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';
import { nextFrame } from './nextFrame.ts';

const start = (from: Registry, name: string, body: (op: Cancelable) => unknown = untilCanceled): Cancelable => {
  const op = new Cancelable({ name, register: from });
  void op.settle(body);
  return op;
};

const lines = (list: readonly { readonly name: string | undefined; readonly status: string }[]): string[] =>
  list.map(({ name, status }) => `${name} ${status}`);

describe('useOperations', () => {
  it('lists what runs, and follows it', async () => {
    const uploads = createRegistry();
    const first = start(uploads, 'first');
    const { result } = renderHook(() => useOperations(undefined, uploads), { wrapper: StrictMode });
    expect(lines(result.current)).toEqual(['first running']);
    await act(async () => {
      start(uploads, 'second');
      await nextFrame();
    });
    expect(lines(result.current)).toEqual(['first running', 'second running']);
    await act(async () => {
      first.cancel();
      await nextTask();
      await nextFrame();
    });
    expect(lines(result.current)).toEqual(['second running']);
    uploads.cancelAll();
  });

  it.each<[OperationFilter, string[]]>([
    [{ name: 'LOAD' }, ['load user', 'load rows']],
    [{ status: 'pending' }, ['save']],
    [{ status: ['pending', 'running'], limit: 2 }, ['load rows', 'save']],
    [{ name: 'nothing' }, []],
  ])('lists what matches %o', (filter, names) => {
    const all = createRegistry();
    start(all, 'load user');
    start(all, 'load rows');
    const pending = new Cancelable({ name: 'save', register: all });
    const { result } = renderHook(() => useOperations(filter, all));
    expect(result.current.map(({ name }) => name)).toEqual(names);
    pending.cancel();
    all.cancelAll();
  });

  it('renders once per frame, however much begins and ends, and not for what does not match', async () => {
    const all = createRegistry();
    let renders = 0;
    const { result } = renderHook(() => {
      renders += 1;
      return useOperations({ name: 'load' }, all);
    });
    await act(nextFrame);
    renders = 0;
    await act(async () => {
      for (let count = 0; count < 100; count += 1) start(all, `load ${count}`);
      await nextFrame();
    });
    expect(result.current).toHaveLength(100);
    expect(renders).toBe(1);
    const before = result.current;
    await act(async () => {
      start(all, 'save');
      await nextFrame();
    });
    expect(renders).toBe(1);
    expect(result.current).toBe(before);
    all.cancelAll();
  });

  it('keeps the snapshots of what has not changed', async () => {
    const all = createRegistry();
    start(all, 'first');
    const { result } = renderHook(() => useOperations({}, all));
    const [first] = result.current;
    await act(async () => {
      start(all, 'second');
      await nextFrame();
    });
    expect(result.current[0]).toBe(first);
    all.cancelAll();
  });

  it('keeps its subscription for an equal filter, and lists anew for another one', async () => {
    const all = createRegistry();
    const subscribe = vi.fn<Registry['subscribe']>(all.subscribe);
    const watched = { ...all, subscribe };
    start(all, 'load');
    start(all, 'save');
    const { result, rerender } = renderHook(({ name }) => useOperations({ name, status: ['running'] }, watched), {
      initialProps: { name: 'load' },
    });
    rerender({ name: 'load' });
    expect(subscribe).toHaveBeenCalledTimes(1);
    rerender({ name: 'save' });
    expect(lines(result.current)).toEqual(['save running']);
    all.cancelAll();
  });

  it('sees what has begun between its first render and its effects', () => {
    const all = createRegistry();
    let started = false;
    const { result } = renderHook(() => {
      const list = useOperations({}, all);
      if (!started) start(all, 'early');
      started = true;
      return list;
    });
    expect(lines(result.current)).toEqual(['early running']);
    all.cancelAll();
  });

  it('lets go of the registry when it leaves', async () => {
    const all = createRegistry();
    const stops: unknown[] = [];
    const watched: Registry = {
      ...all,
      subscribe(listener) {
        const stop = all.subscribe(listener);
        return () => {
          stops.push(stop);
          stop();
        };
      },
    };
    const { unmount } = renderHook(() => useOperations({}, watched));
    start(all, 'late');
    unmount();
    expect(stops).toHaveLength(1);
    await nextFrame();
    all.cancelAll();
  });

  it.each<[unknown, unknown, RegExp]>([
    [{ stauts: 'running' }, undefined, /"stauts"/],
    [{ status: 'runing' }, undefined, /"status".*"runing"/],
    [{ limit: -1 }, undefined, /"limit".*-1/],
    [{}, {}, /second argument of useOperations.*a registry.*an object/],
    [{}, null, /second argument of useOperations.*null/],
  ])('refuses %o, %o', (filter, from, message) => {
    const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
    expect(() => renderHook(() => useOperations(filter as OperationFilter, from as Registry))).toThrow(message);
    error.mockRestore();
  });

  it('is empty on the server, whatever runs there', () => {
    const op = start(registry, 'somebody else');
    function List() {
      return <p>{`${useOperations().length} ${useIsBusy()}`}</p>;
    }
    expect(renderToString(<List />)).toBe('<p>0 false</p>');
    op.cancel();
  });
});

describe('useIsBusy', () => {
  afterEach(() => {
    registry.clear();
  });

  it('is true while something listed runs, and renders only for the answer', async () => {
    let renders = 0;
    const { result } = renderHook(() => {
      renders += 1;
      return useIsBusy();
    });
    expect(result.current).toBe(false);
    const gate = createGate();
    await act(async () => {
      start(registry, 'one', () => gate.promise);
      await nextFrame();
    });
    expect(result.current).toBe(true);
    await act(async () => {
      start(registry, 'two', () => gate.promise);
      await nextFrame();
    });
    expect(renders).toBe(2);
    await act(async () => {
      gate.open();
      await nextTask();
      await nextFrame();
    });
    expect(result.current).toBe(false);
    expect(renders).toBe(3);
  });

  it('is true while a shield is on, and with a status while one has that', async () => {
    const all = createRegistry();
    const cleaned = createGate();
    const op = new Cancelable({ name: 'work' });
    void op.settle(() => op.shield(() => cleaned.promise, { name: 'clean up', register: all }));
    const busy = renderHook(() => useIsBusy({}, all));
    const pending = renderHook(() => useIsBusy({ status: 'pending' }, all));
    const named = renderHook(() => useIsBusy({ name: 'load' }, all));
    expect([busy, pending, named].map(({ result }) => result.current)).toEqual([true, false, false]);
    cleaned.open();
    await act(async () => {
      await op.closed;
      await nextFrame();
    });
    expect(busy.result.current).toBe(false);
  });

  it('sees every operation after registry.observe()', async () => {
    const stop = registry.observe();
    const { result } = renderHook(() => useIsBusy());
    const op = new Cancelable();
    await act(async () => {
      void op.settle(untilCanceled);
      await nextFrame();
    });
    expect(result.current).toBe(true);
    op.cancel();
    stop();
  });
});
