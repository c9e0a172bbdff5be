import { act, render, renderHook, screen } from '@testing-library/react';
import { createRef, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { CancelableBoundary, useBoundary, useCancelable, type CancelableState } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { nextTask } from '../operation/nextTask.ts';
import { renderToStringInPage } from './renderToStringInPage.ts';
import { TaskHandle } from './TaskHandle.tsx';

function Name(): ReactNode {
  const page = useBoundary();
  return <output>{page === null ? 'none' : page.name}</output>;
}

describe('useBoundary', () => {
  it('is null outside of a boundary [case 293]', () => {
    expect(renderHook(() => useBoundary()).result.current).toBeNull();
  });

  it('is the nearest boundary, with its operation [case 293]', () => {
    const { result } = renderHook(() => ({ page: useBoundary(), task: useCancelable() }), {
      wrapper: ({ children }) => (
        <CancelableBoundary name="outer">
          <CancelableBoundary name="inner">{children}</CancelableBoundary>
        </CancelableBoundary>
      ),
    });
    act(() => void result.current.task.run(untilCanceled));
    expect(result.current.page).toMatchObject({ name: 'inner', status: 'running', isRunning: true });
    expect(result.current.page?.operation).toBe(result.current.task.operation?.parent);
    expect(result.current.page?.operation?.parent?.name).toBe('outer');
  });

  it('knows the name from the first render, on the server too', () => {
    const page = (
      <CancelableBoundary name="page">
        <Name />
      </CancelableBoundary>
    );
    expect(renderToStringInPage(page)).toBe('<output>page</output>');
    render(page);
    expect(screen.getByRole('status').textContent).toBe('page');
  });

  it('follows the name', () => {
    const page = (name: string): ReactNode => (
      <CancelableBoundary name={name}>
        <Name />
      </CancelableBoundary>
    );
    const { rerender } = render(page('first'));
    rerender(page('second'));
    expect(screen.getByRole('status').textContent).toBe('second');
  });

  it('returns the same object when nothing has changed, with a function that stays the same', async () => {
    const { result, rerender } = renderHook(() => ({ page: useBoundary(), task: useCancelable() }), {
      wrapper: ({ children }) => <CancelableBoundary>{children}</CancelableBoundary>,
    });
    const idle = result.current.page;
    rerender();
    expect(result.current.page).toBe(idle);
    expect(Object.isFrozen(idle)).toBe(true);
    act(() => void result.current.task.run(untilCanceled));
    const running = result.current.page;
    expect(running).not.toBe(idle);
    expect(running?.cancel).toBe(idle?.cancel);
    rerender();
    expect(result.current.page).toBe(running);
  });

  it('renders when work begins and when it ends, and for nothing in between', async () => {
    const commits: (string | undefined)[] = [];
    const [first, second] = [createRef<CancelableState<unknown>>(), createRef<CancelableState<unknown>>()];
    const Reader = (): ReactNode => {
      commits.push(useBoundary()?.status);
      return null;
    };
    render(
      <CancelableBoundary name="page">
        <Reader />
        <TaskHandle onTask={(task) => (first.current = task)} />
        <TaskHandle onTask={(task) => (second.current = task)} />
      </CancelableBoundary>,
    );
    expect(commits).toEqual(['idle']);
    act(() => void first.current?.run(untilCanceled));
    act(() => void second.current?.run(untilCanceled));
    await act(async () => {
      first.current?.operation?.report('half', { progress: 50 });
      first.current?.cancel();
      await nextTask();
    });
    await act(async () => {
      second.current?.cancel();
      while (second.current?.operation?.parent?.isSettled === false) await nextTask();
    });
    expect(commits).toEqual(['idle', 'running', 'completed']);
  });
});
