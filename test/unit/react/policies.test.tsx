import { act, renderHook } from '@testing-library/react';
import { flushSync } from 'react-dom';
import { describe, expect, it } from 'vitest';
import { useCancelable, type Cancelable } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

describe('the policy restart', () => {
  it('is the default: the newest run wins, the older is canceled as superseded', async () => {
    const { result } = renderHook(() => useCancelable());
    const operations: Cancelable[] = [];
    const outcomes: unknown[] = [];
    const start = (): void => {
      const body = (op: Cancelable): Promise<never> => {
        operations.push(op);
        return untilCanceled(op);
      };
      void result.current.settle(body).then(({ status }) => outcomes.push(status));
    };
    await act(async () => {
      start();
      start();
      await nextTask();
    });
    expect(operations.map(({ status, reason }) => [status, reason])).toEqual([
      ['canceled', 'superseded'],
      ['running', undefined],
    ]);
    expect(outcomes).toEqual(['canceled']);
    expect(result.current).toMatchObject({ status: 'running', operation: operations[1] });
  });

  it('has published the new run when the old one is told, and begins it afterwards', async () => {
    const { result, rerender } = renderHook(() => useCancelable());
    const events: string[] = [];
    let old: Cancelable | undefined;
    act(() => {
      void result.current.run((op) => {
        old = op;
        op.onCancel(() => {
          flushSync(() => rerender());
          events.push(result.current.operation === op ? 'told, still shown' : 'told, its successor is shown');
        });
        return untilCanceled(op);
      });
    });
    await act(async () => {
      void result.current.run((op) => {
        events.push(`the next begins, the old one is ${old?.status}`);
        return untilCanceled(op);
      });
    });
    expect(events).toEqual(['told, its successor is shown', 'the next begins, the old one is canceled']);
  });

  it('lets a chain of hasty runs leave one, and all promises settle', async () => {
    const { result } = renderHook(() => useCancelable<number>());
    const gate = createGate();
    const settled = await act(async () => {
      const outcomes = Array.from({ length: 100 }, (_, index) =>
        result.current.settle(async (op) => {
          await op.wait(gate.promise);
          return index;
        }),
      );
      gate.open();
      return Promise.all(outcomes);
    });
    expect(
      settled.slice(0, 99).every((outcome) => outcome.status === 'canceled' && outcome.reason === 'superseded'),
    ).toBe(true);
    expect(settled[99]).toEqual({ status: 'completed', value: 99 });
    expect(result.current).toMatchObject({ status: 'completed', data: 99 });
  });

  it('shows the newest even when a body that heeds no signal answers later', async () => {
    const answers = [createGate<string>(), createGate<string>()] as const;
    const { result } = renderHook(() => useCancelable((_op, index: 0 | 1) => answers[index].promise));
    act(() => void result.current.run(0));
    act(() => void result.current.run(1));
    await act(async () => {
      answers[1].open('second');
      await nextTask();
      answers[0].open('first');
      await nextTask();
    });
    expect(result.current).toMatchObject({ status: 'completed', data: 'second' });
  });

  it('may be started again from the body of the run that it replaces', async () => {
    const { result } = renderHook(() => useCancelable());
    const fates: unknown[] = [];
    await act(async () => {
      const outer = result.current.settle(async (op) => {
        const inner = await result.current.settle(() => 'inner');
        fates.push(op.status, op.reason, inner.status);
      });
      fates.push((await outer).status);
    });
    expect(fates).toEqual(expect.arrayContaining(['canceled', 'superseded', 'completed']));
    expect(result.current).toMatchObject({ status: 'completed', data: 'inner' });
  });
});

describe('the policy drop', () => {
  it('keeps the older run; the newer never begins and is canceled as dropped', async () => {
    const { result } = renderHook(() => useCancelable({ policy: 'drop' }));
    const bodies: string[] = [];
    const body = (word: string) => (op: Cancelable) => {
      bodies.push(word);
      return untilCanceled(op);
    };
    act(() => void result.current.run(body('first')));
    const first = result.current.operation;
    await act(async () => {
      await expect(result.current.run(body('second'))).rejects.toMatchObject({ reason: 'dropped', name: 'AbortError' });
    });
    expect(bodies).toEqual(['first']);
    expect(result.current).toMatchObject({ status: 'running', reason: undefined });
    expect(result.current.operation).toBe(first);
  });

  it('runs again when the older one has ended, in whatever way', async () => {
    const { result } = renderHook(() => useCancelable({ policy: 'drop' }));
    for (const body of [() => 1, () => Promise.reject(new Error('broken')), untilCanceled]) {
      const outcome = act(() => result.current.settle(body as () => number));
      act(() => void result.current.cancel());
      expect((await outcome).status).not.toBe('dropped');
    }
    await act(async () => expect(await result.current.run(() => 4)).toBe(4));
  });
});

describe('the policy parallel', () => {
  it('lets all run: the newest that runs is shown, then the last that ended', async () => {
    const gates = [createGate<number>(), createGate<number>(), createGate<number>()];
    const { result } = renderHook(() =>
      useCancelable((op, index: number) => op.wait(gates[index]!.promise), { policy: 'parallel' }),
    );
    for (const index of [0, 1, 2]) act(() => void result.current.run(index));
    const newest = result.current.operation;
    const end = (index: number): Promise<void> =>
      act(async () => {
        gates[index]!.open(index);
        await nextTask();
      });
    await end(0);
    expect(result.current).toMatchObject({ status: 'running', data: 0, operation: newest });
    await end(2);
    expect(result.current).toMatchObject({ status: 'running', data: 2 });
    expect(result.current.operation).not.toBe(newest);
    await end(1);
    expect(result.current).toMatchObject({ status: 'completed', data: 1 });
  });

  it('cancels all of them with one cancel, and with unmounting', async () => {
    const { result, unmount } = renderHook(() => useCancelable({ policy: 'parallel' }));
    const operations: Cancelable[] = [];
    const start = (): void =>
      void result.current.run((op) => {
        operations.push(op);
        return untilCanceled(op);
      });
    act(() => [1, 2, 3].forEach(start));
    await act(async () => void result.current.cancel('all'));
    expect(operations.map(({ message }) => message)).toEqual(['all', 'all', 'all']);
    act(start);
    act(start);
    unmount();
    await nextTask();
    expect(operations.slice(3).map(({ reason }) => reason)).toEqual(['unmount', 'unmount']);
  });

  it('is one failure of one run: the others go on', async () => {
    const { result } = renderHook(() => useCancelable({ policy: 'parallel' }));
    act(() => void result.current.run(untilCanceled));
    await act(async () => void (await result.current.settle(() => Promise.reject(new Error('broken')))));
    expect(result.current).toMatchObject({ status: 'running', error: undefined });
  });
});

describe('a policy that changes between renders', () => {
  it('counts for the next run', async () => {
    const { result, rerender } = renderHook(({ policy }) => useCancelable({ policy }), {
      initialProps: { policy: 'parallel' as 'parallel' | 'restart' },
    });
    const operations: Cancelable[] = [];
    const body = (op: Cancelable): Promise<never> => {
      operations.push(op);
      return untilCanceled(op);
    };
    act(() => {
      void result.current.run(body);
      void result.current.run(body);
    });
    rerender({ policy: 'restart' });
    await act(async () => void result.current.run(body));
    expect(operations.map(({ reason }) => reason)).toEqual(['superseded', 'superseded', undefined]);
  });
});
