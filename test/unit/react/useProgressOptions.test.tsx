import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelableBoundary,
  useBoundary,
  useCancelable,
  useProgress,
  type ProgressTarget,
} from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';

const frame = 17;
const pass = (milliseconds: number): Promise<void> => act(async () => void vi.advanceTimersByTime(milliseconds));

/** An operation that runs until it is canceled. */
function running(): Cancelable {
  const operation = new Cancelable({ parent: null });
  void operation.run(untilCanceled);
  return operation;
}

/** Collects what each render has shown. */
function renderProgress(target: ProgressTarget, options: { throttle?: number } = {}) {
  const shown: (number | undefined)[] = [];
  const hook = renderHook(
    ({ target }) => {
      const view = useProgress(target, options);
      shown.push(view.progress);
      return view;
    },
    { initialProps: { target } },
  );
  return { ...hook, shown };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the throttle of useProgress', () => {
  it.each([200, { milliseconds: 200 }])('is the least time between two renders: %o', async (throttle) => {
    const operation = running();
    const shown: unknown[] = [];
    renderHook(() => shown.push(useProgress(operation, { throttle }).progress));
    for (let time = 1; time <= 1000; time += 1) {
      operation.report('row', { progress: time / 20 });
      await pass(1);
    }
    await pass(1000);
    expect(shown.length).toBeGreaterThanOrEqual(5);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown.at(-1)).toBe(50);
  });

  it('does not hold up a change of status, which shows the last report too', async () => {
    const operation = running();
    const { result } = renderHook(() => useProgress(operation, { throttle: 5000 }));
    operation.report('half', { progress: 50 });
    act(() => void operation.cancel());
    expect(result.current).toMatchObject({ status: 'canceled', progress: 50 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds for a render that has another cause, too', async () => {
    const operation = running();
    const { rerender, shown } = renderProgress(operation, { throttle: 5000 });
    operation.report('half', { progress: 50 });
    rerender({ target: operation });
    expect(shown).toEqual([undefined, undefined]);
    await pass(5000);
    expect(shown).toEqual([undefined, undefined, 50]);
  });

  it('may be without end: then only the status shows', async () => {
    const operation = running();
    const { result } = renderHook(() => useProgress(operation, { throttle: Infinity }));
    operation.report('half', { progress: 50 });
    await pass(60_000);
    expect(result.current.progress).toBeUndefined();
    act(() => void operation.cancel());
    expect(result.current).toMatchObject({ status: 'canceled', progress: 50 });
  });

  it('may change between renders', async () => {
    const operation = running();
    const { result, rerender } = renderHook(({ throttle }) => useProgress(operation, { throttle }), {
      initialProps: { throttle: 5000 },
    });
    operation.report('half', { progress: 50 });
    rerender({ throttle: 100 });
    operation.report('more', { progress: 60 });
    await pass(100);
    expect(result.current.progress).toBe(60);
  });
});

describe('the select of useProgress', () => {
  it('renders only when what it returns has changed', async () => {
    const operation = running();
    const shown: unknown[] = [];
    renderHook(() =>
      shown.push(
        useProgress(operation, { select: ({ progress }) => (progress === undefined ? 0 : Math.floor(progress / 25)) }),
      ),
    );
    for (let percent = 1; percent <= 60; percent += 1) {
      operation.report('row', { progress: percent });
      await pass(frame);
    }
    expect(shown).toEqual([0, 1, 2]);
  });

  it('may return a new object each time: it renders as often as the view changes, not for ever', async () => {
    const operation = running();
    const shown: unknown[] = [];
    renderHook(() =>
      shown.push(useProgress(operation, { select: ({ progress, message }) => ({ progress, message }) })),
    );
    await pass(frame);
    operation.report('half', { progress: 50 });
    await pass(frame);
    expect(shown).toEqual([
      { progress: undefined, message: undefined },
      { progress: 50, message: 'half' },
    ]);
  });

  it('uses what the last render has closed over', async () => {
    const operation = running();
    operation.report('half', { progress: 50 });
    const { result, rerender } = renderHook(
      ({ unit }) => useProgress(operation, { select: ({ progress }) => `${progress} ${unit}` }),
      { initialProps: { unit: '%' } },
    );
    expect(result.current).toBe('50 %');
    rerender({ unit: 'percent' });
    expect(result.current).toBe('50 percent');
    operation.report('more', { progress: 60 });
    await pass(frame);
    expect(result.current).toBe('60 percent');
  });
});

describe('the target of useProgress', () => {
  const usePage = (target?: ProgressTarget) => ({
    view: useProgress(target),
    task: useCancelable(),
    page: useBoundary(),
  });

  it('is the nearest boundary when nothing is given: the whole page, through its episodes', async () => {
    const { result } = renderHook(() => usePage(), {
      wrapper: ({ children }) => <CancelableBoundary name="page">{children}</CancelableBoundary>,
    });
    expect(result.current.view).toMatchObject({ status: 'idle', isIndeterminate: false });
    for (const percent of [30, 40]) {
      act(() => void result.current.task.run(untilCanceled));
      expect(result.current.view).toMatchObject({ status: 'running', progress: undefined });
      result.current.task.operation?.report('part', { progress: percent });
      await pass(frame);
      expect(result.current.view).toMatchObject({ status: 'running', progress: percent, message: 'part' });
      await act(async () => void result.current.page?.cancel());
      expect(result.current.view).toMatchObject({ status: 'canceled', progress: percent });
    }
  });

  it('is nothing when nothing is given outside of a boundary, and when null is given inside of one', () => {
    const outside = renderHook(() => usePage());
    expect(outside.result.current.view.status).toBe('idle');
    const inside = renderHook(() => usePage(null), {
      wrapper: ({ children }) => <CancelableBoundary>{children}</CancelableBoundary>,
    });
    act(() => void inside.result.current.task.run(untilCanceled));
    expect(inside.result.current.page?.status).toBe('running');
    expect(inside.result.current.view.status).toBe('idle');
  });

  it('may be what useCancelable returns: idle first, then its newest operation', async () => {
    const { result } = renderHook(() => {
      const task = useCancelable();
      return { task, view: useProgress(task) };
    });
    expect(result.current.view.status).toBe('idle');
    act(() => void result.current.task.run(untilCanceled));
    result.current.task.operation?.report('first', { progress: 50 });
    await pass(frame);
    expect(result.current.view).toMatchObject({ status: 'running', progress: 50 });
    act(() => void result.current.task.run(untilCanceled));
    expect(result.current.view).toMatchObject({ status: 'running', progress: undefined, message: undefined });
    act(() => result.current.task.reset());
    expect(result.current.view).toMatchObject({ status: 'idle', progress: undefined });
  });

  it('may be what useBoundary returns', async () => {
    const { result } = renderHook(
      () => {
        const page = useBoundary();
        return { page, task: useCancelable(), view: useProgress(page) };
      },
      { wrapper: ({ children }) => <CancelableBoundary>{children}</CancelableBoundary> },
    );
    act(() => void result.current.task.run(untilCanceled));
    result.current.task.operation?.report('half', { progress: 50 });
    await pass(frame);
    expect(result.current.view).toMatchObject({ status: 'running', progress: 50 });
  });

  it('may change: the old one is heard no more', async () => {
    const [one, other] = [running(), running()];
    one.report('one', { progress: 10 });
    other.report('other', { progress: 20 });
    const { result, rerender, shown } = renderProgress(one);
    rerender({ target: other });
    expect(result.current).toMatchObject({ message: 'other', progress: 20 });
    one.report('one', { progress: 11 });
    await pass(1000);
    expect(shown).toEqual([10, 20]);
  });

  it('has ended already: it shows how', () => {
    const operation = running();
    operation.report('half', { progress: 50 });
    operation.cancel();
    expect(renderProgress(operation).result.current).toMatchObject({ status: 'canceled', progress: 50 });
  });
});
