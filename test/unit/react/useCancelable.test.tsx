import { act, fireEvent, render, renderHook, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { useCancelable, type Cancelable } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

describe('what useCancelable returns', () => {
  it('is idle until something has run', () => {
    const { result } = renderHook(() => useCancelable());
    const { run, settle, cancel, reset, ...state } = result.current;
    expect(state).toEqual({
      status: 'idle',
      isIdle: true,
      isRunning: false,
      isCompleted: false,
      isCanceled: false,
      isFailed: false,
      data: undefined,
      error: undefined,
      reason: undefined,
      message: undefined,
      partialResult: undefined,
      queued: 0,
      operation: undefined,
    });
    for (const fn of [run, settle, cancel, reset]) expect(fn).toBeTypeOf('function');
    expect(Object.isFrozen(result.current)).toBe(true);
  });

  it('shows a run that completes, and its value', async () => {
    const gate = createGate<string>();
    const { result } = renderHook(() => useCancelable({ name: 'load' }));
    let promise!: Promise<string>;
    act(() => {
      promise = result.current.run((op) => op.wait(gate.promise));
    });
    expect(result.current).toMatchObject({ status: 'running', isRunning: true, isIdle: false, data: undefined });
    expect(result.current.operation).toMatchObject({ name: 'load', status: 'running' });
    await act(async () => {
      gate.open('rows');
      await expect(promise).resolves.toBe('rows');
    });
    expect(result.current).toMatchObject({ status: 'completed', isCompleted: true, isRunning: false, data: 'rows' });
    expect(result.current.operation?.status).toBe('completed');
  });

  it('shows a run that is canceled with reason, message and partial result, and not as an error [case 296]', async () => {
    const { result } = renderHook(() => useCancelable());
    let promise!: Promise<unknown>;
    act(() => {
      promise = result.current.run((op) => {
        op.context.partialResult = ['first row'];
        return untilCanceled(op);
      });
    });
    await act(async () => {
      result.current.cancel('Enough seen');
      await expect(promise).rejects.toMatchObject({ name: 'AbortError', reason: 'manual' });
    });
    expect(result.current).toMatchObject({
      status: 'canceled',
      isCanceled: true,
      isFailed: false,
      error: undefined,
      reason: 'manual',
      message: 'Enough seen',
      partialResult: ['first row'],
    });
  });

  it('shows a run that fails with its error and without a reason', async () => {
    const error = new Error('out of paper');
    const { result } = renderHook(() => useCancelable());
    await act(async () => {
      await expect(result.current.run(() => Promise.reject(error))).rejects.toBe(error);
    });
    expect(result.current).toMatchObject({ status: 'failed', isFailed: true, isCanceled: false, reason: undefined });
    expect(result.current.error).toBe(error);
  });

  it('shows the end at once, before the promise settles', () => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    act(() => void result.current.cancel());
    expect(result.current.status).toBe('canceled');
  });

  it('shows a body that returns at once', async () => {
    const { result } = renderHook(() => useCancelable());
    let promise!: Promise<number>;
    act(() => {
      promise = result.current.run(() => 5);
    });
    expect(result.current).toMatchObject({ status: 'completed', data: 5 });
    await expect(promise).resolves.toBe(5);
  });

  it('tells the end as a value with settle', async () => {
    const { result } = renderHook(() => useCancelable());
    const outcomes = await act(async () => [
      await result.current.settle(() => 'value'),
      await result.current.settle(() => {
        throw new Error('broken');
      }),
    ]);
    expect(outcomes).toEqual([
      { status: 'completed', value: 'value' },
      { status: 'failed', error: new Error('broken') },
    ]);
    expect(result.current).toMatchObject({ status: 'failed', data: 'value' });
  });
});

describe('data', () => {
  it('stays while the next run is on, and when that is canceled or fails, until one completes or reset', async () => {
    const { result } = renderHook(() => useCancelable());
    await act(() => result.current.run(() => 'first'));
    act(() => void result.current.run(untilCanceled));
    expect(result.current).toMatchObject({ status: 'running', data: 'first' });
    await act(async () => void result.current.cancel());
    expect(result.current).toMatchObject({ status: 'canceled', data: 'first' });
    await act(async () => void (await result.current.settle(() => Promise.reject(new Error('broken')))));
    expect(result.current).toMatchObject({ status: 'failed', data: 'first' });
    await act(() => result.current.run(() => 'second'));
    expect(result.current).toMatchObject({ status: 'completed', data: 'second', error: undefined });
    act(() => result.current.reset());
    expect(result.current).toMatchObject({ status: 'idle', data: undefined });
  });

  it('is not the value of a body that returns after it was canceled', async () => {
    const gate = createGate<string>();
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(() => gate.promise));
    act(() => void result.current.cancel());
    await act(async () => {
      gate.open('too late');
      await nextTask();
    });
    expect(result.current).toMatchObject({ status: 'canceled', data: undefined });
  });

  it('may be undefined or null: the status tells that a run has completed', async () => {
    const { result } = renderHook(() => useCancelable());
    await act(() => result.current.run(() => undefined));
    expect(result.current).toMatchObject({ status: 'completed', data: undefined });
    await act(() => result.current.run(() => null));
    expect(result.current.data).toBeNull();
  });
});

describe('reset', () => {
  it('cancels what runs and goes back to idle, and the end of that run changes nothing', async () => {
    const { result } = renderHook(() => useCancelable());
    let operation!: Cancelable;
    act(() => {
      void result.current.run((op) => {
        operation = op;
        return untilCanceled(op);
      });
    });
    await act(async () => {
      result.current.reset();
      await nextTask();
    });
    expect(operation).toMatchObject({ status: 'canceled', reason: 'manual', message: 'The task was reset' });
    expect(result.current).toMatchObject({
      status: 'idle',
      operation: undefined,
      reason: undefined,
      message: undefined,
    });
  });

  it('forgets an error', async () => {
    const { result } = renderHook(() => useCancelable());
    await act(async () => void (await result.current.settle(() => Promise.reject(new Error('broken')))));
    act(() => result.current.reset());
    expect(result.current).toMatchObject({ status: 'idle', error: undefined, isFailed: false });
  });

  it('may be followed by a new run in the same breath', async () => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    await act(async () => {
      result.current.reset();
      void result.current.run(untilCanceled);
      await nextTask();
    });
    expect(result.current).toMatchObject({ status: 'running', reason: undefined });
  });
});

describe('cancel', () => {
  it('tells whether there was something to cancel', async () => {
    const { result } = renderHook(() => useCancelable());
    expect(result.current.cancel()).toBe(false);
    act(() => void result.current.run(untilCanceled));
    await act(async () => expect(result.current.cancel()).toBe(true));
    expect(result.current.cancel()).toBe(false);
  });

  it('takes reason, message and cause', async () => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    const cause = new Error('quota');
    await act(async () => void result.current.cancel({ reason: 'quota', message: 'Used up', cause }));
    expect(result.current).toMatchObject({ reason: 'quota', message: 'Used up' });
    expect(result.current.operation?.error).toMatchObject({ cause });
  });

  it('may be given to onClick as it is: the event says nothing of why', async () => {
    function Job(): ReactNode {
      const { run, cancel, status, message } = useCancelable();
      return (
        <>
          <button type="button" onClick={() => void run(untilCanceled)}>
            Start
          </button>
          <button type="button" onClick={cancel}>
            Stop
          </button>
          <output>{`${status} ${message ?? ''}`}</output>
        </>
      );
    }
    render(<Job />);
    fireEvent.click(screen.getByText('Start'));
    expect(screen.getByRole('status').textContent).toBe('running ');
    await act(async () => void fireEvent.click(screen.getByText('Stop')));
    expect(screen.getByRole('status').textContent).toBe('canceled Operation canceled manually');
  });

  it('takes an event of the DOM too', async () => {
    const { result } = renderHook(() => useCancelable());
    act(() => void result.current.run(untilCanceled));
    await act(async () => void result.current.cancel(new Event('offline')));
    await act(async () => {
      const event = new Event('click');
      document.body.addEventListener('click', result.current.cancel, { once: true });
      document.body.dispatchEvent(event);
    });
    expect(result.current).toMatchObject({ status: 'canceled', reason: 'manual' });
  });
});
