import { act, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { CancelableBoundary, currentOperation, useCancelable, type Cancelable } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

describe('the function of useCancelable', () => {
  it('gets its operation first, then the arguments of the call', async () => {
    const { result } = renderHook(() =>
      useCancelable((op, first: number, second: string) => [op.name, op === currentOperation(), first, second], {
        name: 'save',
      }),
    );
    await act(() => result.current.run(1, 'two'));
    expect(result.current.data).toEqual(['save', true, 1, 'two']);
    const outcome = await act(() => result.current.settle(3, 'four'));
    expect(outcome).toMatchObject({ status: 'completed', value: ['save', true, 3, 'four'] });
  });

  it('is the one of the last render, while a running body keeps its own closure', async () => {
    const gate = createGate();
    const heard: string[] = [];
    const { result, rerender } = renderHook(
      ({ word }) =>
        useCancelable(
          async (op, call: number) => {
            heard.push(`${call} begins with ${word}`);
            await op.wait(gate.promise);
            heard.push(`${call} ends with ${word}`);
          },
          { policy: 'parallel' },
        ),
      { initialProps: { word: 'old' } },
    );
    const { run } = result.current;
    act(() => void run(1));
    rerender({ word: 'new' });
    act(() => void run(2));
    await act(async () => {
      gate.open();
      await nextTask();
    });
    expect(heard).toEqual(['1 begins with old', '2 begins with new', '1 ends with old', '2 ends with new']);
  });

  it('may be a generator function', async () => {
    const { result } = renderHook(() =>
      useCancelable(function* (op, name: string) {
        const word = yield* op.wait(Promise.resolve('hello'));
        return `${word} ${name} ${currentOperation() === op}`;
      }),
    );
    await act(() => result.current.run('you'));
    expect(result.current.data).toBe('hello you true');
  });

  it('is called with the options of the last render', async () => {
    const { result, rerender } = renderHook(({ name }) => useCancelable((op) => op.name, { name }), {
      initialProps: { name: 'first' },
    });
    const { run } = result.current;
    rerender({ name: 'second' });
    await act(() => run());
    expect(result.current.data).toBe('second');
  });
});

describe('the parent of a run', () => {
  it('is the boundary, never the operation whose body calls it', async () => {
    const { result } = renderHook(() => ({ outer: useCancelable(), inner: useCancelable() }), {
      wrapper: ({ children }) => <CancelableBoundary name="page">{children}</CancelableBoundary>,
    });
    const parents: unknown[] = [];
    const see = (op: Cancelable): void => void parents.push(op.parent?.name);
    await act(() =>
      result.current.outer.run(async (op) => {
        see(op);
        await result.current.inner.run(see);
      }),
    );
    expect(parents).toEqual(['page', 'page']);
  });

  it('is none without a boundary, also in the body of another run', async () => {
    const { result } = renderHook(() => ({ outer: useCancelable(), inner: useCancelable() }));
    const parents: unknown[] = [];
    await act(() => result.current.outer.run(() => result.current.inner.run((op) => parents.push(op.parent))));
    expect(parents).toEqual([undefined]);
  });
});

describe('after unmounting', () => {
  it('sets no state, though the run ends later [case 290]', async () => {
    let renders = 0;
    const gate = createGate();
    const { result, unmount } = renderHook(() => {
      renders += 1;
      return useCancelable();
    });
    let operation!: Cancelable;
    act(() => {
      void result.current.run((op) => {
        operation = op;
        return gate.promise;
      });
    });
    const before = renders;
    unmount();
    await nextTask();
    expect(operation).toMatchObject({ status: 'canceled', reason: 'unmount' });
    gate.open();
    await nextTask();
    expect(renders).toBe(before);
    expect(result.current.status).toBe('running');
  });

  it('a component may let the run of another one go on: only its own are canceled', async () => {
    const operations: Cancelable[] = [];
    function Starter({ run }: { readonly run: (body: (op: Cancelable) => unknown) => unknown }): ReactNode {
      const own = useCancelable({ name: 'own' });
      const body = (op: Cancelable): unknown => {
        operations.push(op);
        return untilCanceled(op);
      };
      return (
        <button
          type="button"
          onClick={() => {
            void run(body);
            void own.run(body);
          }}
        >
          Start
        </button>
      );
    }
    function Owner(): ReactNode {
      const { run } = useCancelable({ name: 'given' });
      const [isShown, setIsShown] = useState(true);
      return (
        <>
          {isShown && <Starter run={run} />}
          <button type="button" onClick={() => setIsShown(false)}>
            Hide
          </button>
        </>
      );
    }
    render(<Owner />);
    fireEvent.click(screen.getByText('Start'));
    fireEvent.click(screen.getByText('Hide'));
    await nextTask();
    expect(operations.map(({ name, status }) => `${name} ${status}`)).toEqual(['given running', 'own canceled']);
  });
});
