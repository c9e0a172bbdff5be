import { act, render, renderHook, screen } from '@testing-library/react';
import { createRef, memo, Profiler, useImperativeHandle, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { CancelableBoundary, useBoundary, useCancelable, type CancelableState } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';
import { TaskHandle } from './TaskHandle.tsx';

interface ButtonProps extends Pick<CancelableState<unknown>, 'cancel'> {
  readonly onCommit: () => void;
}

const Button = memo(
  function Button({ cancel, onCommit }: ButtonProps): ReactNode {
    return (
      <Profiler id="button" onRender={onCommit}>
        <button type="button" onClick={cancel}>
          Cancel
        </button>
      </Profiler>
    );
  },
  (before, after) => before.cancel === after.cancel,
);

function Reader(): ReactNode {
  return <output>{useBoundary()?.status}</output>;
}

describe('the snapshot', () => {
  it('is the same object when nothing has changed', () => {
    const { result, rerender } = renderHook(() => useCancelable({ timeout: 1000 }));
    const first = result.current;
    rerender();
    rerender();
    expect(result.current).toBe(first);
  });

  it('is a new object when something has changed, and the same until the next change', async () => {
    const { result, rerender } = renderHook(() => useCancelable());
    const idle = result.current;
    act(() => void result.current.run(untilCanceled));
    const running = result.current;
    rerender();
    expect(result.current).toBe(running);
    await act(async () => void result.current.cancel());
    const canceled = result.current;
    rerender();
    expect(result.current).toBe(canceled);
    expect(new Set([idle, running, canceled]).size).toBe(3);
    // Those that were handed out do not change afterwards.
    expect([idle.status, running.status, canceled.status]).toEqual(['idle', 'running', 'canceled']);
  });

  it('has functions that stay the same for the life of the component', async () => {
    const { result, rerender } = renderHook(({ name }) => useCancelable((op) => untilCanceled(op), { name }), {
      initialProps: { name: 'one' },
    });
    const { run, settle, cancel, reset } = result.current;
    act(() => void run());
    rerender({ name: 'two' });
    await act(async () => void cancel());
    act(() => reset());
    expect(result.current).toMatchObject({ status: 'idle' });
    const later = result.current;
    expect([later.run, later.settle, later.cancel, later.reset]).toEqual([run, settle, cancel, reset]);
  });

  it('does not change for progress', async () => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    const running = result.current;
    await act(async () => {
      result.current.operation?.report('half', { progress: 50 });
      result.current.operation?.child({ name: 'part' });
      await nextTask();
    });
    expect(result.current).toBe(running);
  });
});

describe('renders', () => {
  it('come once at the start and once at the end of a run', async () => {
    const gate = createGate();
    const seen: string[] = [];
    const { result } = renderHook(() => {
      const task = useCancelable();
      seen.push(task.status);
      return task;
    });
    act(() => {
      void result.current.run(async (op) => {
        op.report('begun', { progress: 1 });
        await op.wait(gate.promise);
        op.report('done', { progress: 99 });
      });
    });
    await act(async () => {
      gate.open();
      await nextTask();
    });
    expect(seen).toEqual(['idle', 'running', 'completed']);
  });

  it('come once when a run takes over from another', async () => {
    const seen: string[] = [];
    const { result } = renderHook(() => {
      const task = useCancelable();
      seen.push(task.status);
      return task;
    });
    act(() => void result.current.run(untilCanceled));
    await act(async () => {
      void result.current.run(untilCanceled);
      await nextTask();
    });
    expect(seen).toEqual(['idle', 'running', 'running']);
  });

  it('do not come for a run that is dropped', async () => {
    const seen: string[] = [];
    const { result } = renderHook(() => {
      const task = useCancelable({ policy: 'drop' });
      seen.push(task.status);
      return task;
    });
    act(() => void result.current.run(untilCanceled));
    await act(async () => void (await result.current.settle(untilCanceled)));
    expect(seen).toEqual(['idle', 'running']);
  });

  it('do not reach what is memoized on the functions', async () => {
    const commits: string[] = [];
    const task = createRef<CancelableState<unknown>>();
    const Job = (): ReactNode => {
      const state = useCancelable();
      useImperativeHandle(task, () => state, [state]);
      return <Button cancel={state.cancel} onCommit={() => commits.push(state.status)} />;
    };
    render(<Job />);
    await act(async () => void task.current?.run(() => 5));
    await act(async () => void task.current?.run(() => 6));
    expect(task.current?.data).toBe(6);
    expect(commits).toEqual(['idle']);
  });

  it('do not come for an episode of the boundary, except where it is read', async () => {
    const commits: string[] = [];
    const task = createRef<CancelableState<unknown>>();
    const note = (id: string): number => commits.push(id);
    const parts = (
      <>
        <Profiler id="runner" onRender={note}>
          <TaskHandle onTask={(state) => (task.current = state)} />
        </Profiler>
        <Profiler id="idle" onRender={note}>
          <TaskHandle onTask={() => {}} />
        </Profiler>
        <Profiler id="reader" onRender={note}>
          <Reader />
        </Profiler>
      </>
    );
    render(
      <Profiler id="page" onRender={note}>
        <CancelableBoundary name="page">{parts}</CancelableBoundary>
      </Profiler>,
    );
    commits.length = 0;
    await act(async () => void task.current?.run(untilCanceled));
    expect(screen.getByRole('status').textContent).toBe('running');
    expect(commits.toSorted()).toEqual(['page', 'reader', 'runner']);
  });
});
