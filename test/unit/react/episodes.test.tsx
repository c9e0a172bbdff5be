import { act, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CancelableBoundary,
  useBoundary,
  useCancelable,
  useProgress,
  type CancelableBoundaryProps,
} from 'use-cancelable';
import { forever, untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';
import { nextFrame } from './nextFrame.ts';

const usePage = () => ({ page: useBoundary(), first: useCancelable(), second: useCancelable() });

const renderPage = (props: CancelableBoundaryProps = {}) =>
  renderHook(usePage, { wrapper: ({ children }) => <CancelableBoundary {...props}>{children}</CancelableBoundary> });

afterEach(() => {
  vi.useRealTimers();
});

describe('an episode of a boundary', () => {
  it('opens with the first run below and not before', () => {
    const { result } = renderPage();
    expect(result.current.page).toMatchObject({ status: 'idle', operation: undefined });
    act(() => void result.current.first.run(untilCanceled));
    expect(result.current.page).toMatchObject({ status: 'running' });
    expect(result.current.first.operation?.parent).toBe(result.current.page?.operation);
  });

  it('is one for all that run at the same time', () => {
    const { result } = renderPage();
    act(() => void result.current.first.run(untilCanceled));
    const operation = result.current.page?.operation;
    act(() => void result.current.second.run(untilCanceled));
    expect(result.current.page?.operation).toBe(operation);
    expect(operation?.children).toEqual([result.current.first.operation, result.current.second.operation]);
  });

  it('completes when the last run has ended', async () => {
    const gates = [createGate(), createGate()] as const;
    const { result } = renderPage();
    act(() => {
      void result.current.first.run(() => gates[0].promise);
      void result.current.second.run(() => gates[1].promise);
    });
    await act(async () => {
      gates[0].open();
      for (let turn = 0; turn < 5; turn += 1) await nextTask();
    });
    expect(result.current.page?.status).toBe('running');
    await act(async () => {
      gates[1].open();
      await vi.waitFor(() => expect(result.current.page?.operation?.status).toBe('completed'));
    });
    expect(result.current.page).toMatchObject({ status: 'completed', isCompleted: true });
  });

  it('lasts one turn longer, so that a chain of runs is one episode', async () => {
    const { result } = renderPage();
    const operations: unknown[] = [];
    await act(async () => {
      for (let step = 0; step < 3; step += 1) {
        await result.current.first.run((op) => {
          operations.push(op.parent);
          return Promise.resolve();
        });
      }
    });
    expect(new Set(operations).size).toBe(1);
    expect(operations[0]).toBe(result.current.page?.operation);
  });

  it('completes though a run fails or is canceled', async () => {
    const { result } = renderPage();
    // React 18 renders at the end of `act` only.
    await act(async () => {
      await result.current.first.settle(() => Promise.reject(new Error('broken')));
      void result.current.second.run(untilCanceled);
      result.current.second.cancel();
    });
    await act(async () => {
      await vi.waitFor(() => expect(result.current.page?.operation?.isSettled).toBe(true));
    });
    expect(result.current.page).toMatchObject({ status: 'completed', error: undefined });
  });

  it('ends though a canceled body never does', async () => {
    const { result } = renderPage();
    await act(async () => {
      void result.current.first.run(forever);
      result.current.first.cancel();
    });
    await act(async () => {
      await vi.waitFor(() => expect(result.current.first.operation?.isAbandoned).toBe(true));
      await vi.waitFor(() => expect(result.current.page?.operation?.status).toBe('completed'));
    });
  });

  it('ends where nothing came to run', async () => {
    const { result } = renderPage();
    await act(async () => {
      await expect(result.current.first.run('nonsense' as never)).rejects.toThrow(TypeError);
      for (let turn = 0; turn < 5; turn += 1) await nextTask();
    });
    expect(result.current.page?.isRunning).toBe(false);
    expect(result.current.first.status).toBe('idle');
  });

  it('is followed by a new one: a canceled page is never dead', async () => {
    const { result } = renderPage();
    act(() => void result.current.first.run(untilCanceled));
    const old = result.current.page?.operation;
    await act(async () => void result.current.page?.cancel());
    expect(result.current.page?.status).toBe('canceled');
    await act(() => result.current.first.run(() => 'value'));
    expect(result.current.first).toMatchObject({ status: 'completed', data: 'value' });
    expect(result.current.page?.operation).not.toBe(old);
    expect(old).toMatchObject({ status: 'canceled', reason: 'manual' });
  });

  it('closes when all of it has ended, also when a new one was opened in the same breath', async () => {
    const { result } = renderPage();
    act(() => void result.current.first.run(untilCanceled));
    const old = result.current.page?.operation;
    await act(async () => {
      result.current.page?.cancel();
      void result.current.first.run(untilCanceled);
      await old?.closed;
    });
    expect(result.current.page).toMatchObject({ status: 'running' });
  });

  it('takes the options of its time', async () => {
    const names = ['first', 'second'];
    const { result, rerender } = renderHook(usePage, {
      wrapper: ({ children }) => <CancelableBoundary name={names[0]}>{children}</CancelableBoundary>,
    });
    act(() => void result.current.first.run(untilCanceled));
    names.shift();
    rerender();
    expect(result.current.page?.operation?.name).toBe('first');
    await act(async () => void result.current.page?.cancel());
    act(() => void result.current.first.run(untilCanceled));
    expect(result.current.page?.operation?.name).toBe('second');
  });

  it('of a boundary below is a part of one above, and may come several times in it', async () => {
    const useInner = () => ({ inner: useBoundary(), task: useCancelable() });
    const { result } = renderHook(useInner, {
      wrapper: ({ children }) => (
        <CancelableBoundary name="outer">
          <CancelableBoundary name="inner">{children}</CancelableBoundary>
        </CancelableBoundary>
      ),
    });
    act(() => void result.current.task.run(untilCanceled));
    const first = result.current.inner?.operation;
    await act(async () => {
      result.current.inner?.cancel();
      void result.current.task.run(() => 5);
      await vi.waitFor(() => expect(first?.parent?.isSettled).toBe(true));
    });
    const second = result.current.inner?.operation;
    expect(second).not.toBe(first);
    expect(second?.parent).toBe(first?.parent);
    expect([first?.status, second?.status, first?.parent?.status]).toEqual(['canceled', 'completed', 'completed']);
  });
});

describe('the timeout of a boundary', () => {
  it('belongs to the episode: it counts from the first run and begins anew with the next episode', async () => {
    vi.useFakeTimers();
    const { result } = renderPage({ timeout: 10_000 });
    // While nothing runs no time passes.
    vi.advanceTimersByTime(60_000);
    act(() => void result.current.first.run(untilCanceled));
    await act(async () => void vi.advanceTimersByTime(6000));
    act(() => void result.current.second.run(untilCanceled));
    await act(async () => void vi.advanceTimersByTime(3999));
    expect(result.current.page?.status).toBe('running');
    await act(async () => void vi.advanceTimersByTime(1));
    expect(result.current.page).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect([result.current.first.reason, result.current.second.reason]).toEqual(['parent', 'parent']);
    act(() => void result.current.first.run(untilCanceled));
    await act(async () => void vi.advanceTimersByTime(9999));
    expect(result.current.page?.status).toBe('running');
    await act(async () => void vi.advanceTimersByTime(1));
    expect(result.current.page).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer when the episode completes', async () => {
    vi.useFakeTimers();
    const { result } = renderPage({ timeout: 10_000 });
    await act(async () => {
      await result.current.first.run(() => 5);
      while (result.current.page?.operation?.isSettled === false) await nextTask();
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the progress of a boundary', () => {
  it('begins anew with each episode', async () => {
    const { result } = renderHook(() => ({ ...usePage(), progress: useProgress() }), {
      wrapper: ({ children }) => <CancelableBoundary>{children}</CancelableBoundary>,
    });
    act(() => {
      void result.current.first.run((op) => {
        op.report('nearly', { progress: 90 });
        return untilCanceled(op);
      });
    });
    await act(nextFrame);
    expect(result.current.progress).toMatchObject({ status: 'running', progress: 90, message: 'nearly' });
    await act(async () => void result.current.page?.cancel());
    expect(result.current.progress).toMatchObject({ status: 'canceled' });
    act(() => void result.current.first.run(untilCanceled));
    expect(result.current.progress).toMatchObject({
      status: 'running',
      progress: undefined,
      message: undefined,
      isIndeterminate: true,
    });
  });
});
