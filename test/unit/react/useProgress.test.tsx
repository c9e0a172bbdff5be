import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, useProgress, type ProgressTarget } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { nextTask } from '../operation/nextTask.ts';

const frame = 17;
const pass = (milliseconds: number): Promise<void> => act(async () => void vi.advanceTimersByTime(milliseconds));

/** An operation that runs until it is canceled. */
function running(): Cancelable {
  const operation = new Cancelable({ parent: null });
  void operation.run(untilCanceled);
  return operation;
}

/** Collects what each render has shown. */
function renderProgress(target: ProgressTarget) {
  const shown: (number | undefined)[] = [];
  const hook = renderHook(
    ({ target }) => {
      const view = useProgress(target);
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

describe('what useProgress shows', () => {
  it('is the latest message, metadata and percentage of the operation and of those below it [case 294]', async () => {
    const operation = running();
    const { result } = renderProgress(operation);
    expect(result.current).toEqual({
      status: 'running',
      progress: undefined,
      fraction: undefined,
      current: undefined,
      total: undefined,
      rate: undefined,
      eta: undefined,
      phase: undefined,
      message: undefined,
      metadata: {},
      isIndeterminate: true,
    });
    operation.report('Receiving', { current: 30, total: 120, phase: 'download', file: 'a.txt' });
    await pass(frame);
    expect(result.current).toMatchObject({
      progress: 25,
      fraction: 0.25,
      current: 30,
      total: 120,
      phase: 'download',
      message: 'Receiving',
      metadata: { file: 'a.txt' },
      isIndeterminate: false,
    });
    const child = operation.child({ name: 'part' });
    void child.run((op) => {
      op.report('Unpacking', { entry: 7 });
      return untilCanceled(op);
    });
    await pass(frame);
    expect(result.current).toMatchObject({ message: 'Unpacking', metadata: { entry: 7 }, progress: 25 });
  });

  it('is computed from what runs below, when the operation itself says nothing', async () => {
    const operation = running();
    const { result } = renderProgress(operation);
    const children = [operation.child({ weight: 3 }), operation.child({ weight: 1 })] as const;
    for (const child of children) void child.run(untilCanceled);
    children[0].report('half', { progress: 50 });
    children[1].report('none', { progress: 10 });
    await pass(frame);
    expect(result.current).toMatchObject({ progress: 40, message: 'none' });
  });

  it('is an immutable snapshot, the same one until something changes', async () => {
    const operation = running();
    const { result, rerender } = renderProgress(operation);
    const first = result.current;
    rerender({ target: operation });
    expect(result.current).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    operation.report('half', { progress: 50 });
    await pass(frame);
    expect(result.current).not.toBe(first);
    expect(first.progress).toBeUndefined();
  });

  it('is full when the operation has completed, and never before', async () => {
    let end!: () => void;
    const operation = new Cancelable({ parent: null });
    const run = operation.run(() => new Promise<void>((resolve) => (end = resolve)));
    const { result } = renderProgress(operation);
    operation.report('all', { progress: 100 });
    await pass(frame);
    expect(result.current).toMatchObject({ status: 'running', progress: 99 });
    await act(async () => {
      end();
      await run;
    });
    expect(result.current).toMatchObject({ status: 'completed', progress: 100, message: 'all' });
  });
});

describe('renders of useProgress', () => {
  it('come once for 1000 reports within a frame, with the last of them [cases 81, 297]', async () => {
    const operation = running();
    const { result, shown } = renderProgress(operation);
    for (let report = 1; report <= 1000; report += 1)
      operation.report(`row ${report}`, { current: report, total: 2000 });
    expect(shown).toEqual([undefined]);
    await pass(frame);
    expect(shown).toEqual([undefined, 50]);
    expect(result.current).toMatchObject({ message: 'row 1000', current: 1000 });
    await pass(1000);
    expect(shown).toHaveLength(2);
  });

  it('come at most once per frame, and the last report is always shown [case 297]', async () => {
    const operation = running();
    const { shown } = renderProgress(operation);
    for (let round = 1; round <= 10; round += 1) {
      for (let report = 1; report <= 100; report += 1) operation.report('row', { progress: round + report / 1000 });
      await pass(frame);
    }
    await pass(1000);
    expect(shown).toHaveLength(11);
    expect(shown.at(-1)).toBe(10.1);
  });

  it('do not come for a report that says the same again [case 294]', async () => {
    const operation = running();
    operation.report('half', { progress: 50, file: 'a' });
    const { shown } = renderProgress(operation);
    operation.report('half', { progress: 50, file: 'a' });
    await pass(frame);
    operation.report('half', { progress: 50, file: 'a' });
    await pass(1000);
    expect(shown).toEqual([50]);
  });

  it('come at once for a change of status, and no frame is left to come', async () => {
    const operation = running();
    const { result, shown } = renderProgress(operation);
    operation.report('half', { progress: 50 });
    act(() => void operation.cancel('enough'));
    expect(result.current).toMatchObject({ status: 'canceled', progress: 50, message: 'half' });
    expect(shown).toHaveLength(2);
    await pass(1000);
    expect(shown).toHaveLength(2);
  });

  it('come after 250 ms where frames do not come, as in a hidden tab', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    vi.stubGlobal('cancelAnimationFrame', () => {});
    const operation = running();
    const { shown } = renderProgress(operation);
    operation.report('half', { progress: 50 });
    await pass(249);
    expect(shown).toEqual([undefined]);
    await pass(1);
    expect(shown).toEqual([undefined, 50]);
    vi.unstubAllGlobals();
  });
});

describe('after unmounting', () => {
  it('no timer and no frame is left, and reports render nothing', async () => {
    const operation = running();
    const { unmount, shown } = renderProgress(operation);
    operation.report('half', { progress: 50 });
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
    operation.report('more', { progress: 60 });
    operation.cancel();
    expect(vi.getTimerCount()).toBe(0);
    await nextTask();
    expect(shown).toEqual([undefined]);
  });

  it('no timer is left with a throttle either', () => {
    const operation = running();
    const { unmount } = renderHook(() => useProgress(operation, { throttle: 1000 }));
    operation.report('half', { progress: 50 });
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
