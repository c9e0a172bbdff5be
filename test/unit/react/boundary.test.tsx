import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  CancelableBoundary,
  CancelationToken,
  useBoundary,
  useCancelable,
  type Cancelable,
  type CancelableBoundaryProps,
} from 'use-cancelable';
import type { ProgressCallback, StatusCallback } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { nextTask } from '../operation/nextTask.ts';

const usePage = () => ({
  page: useBoundary(),
  first: useCancelable({ name: 'first' }),
  second: useCancelable({ name: 'second' }),
});

/** Two hooks in a boundary with these props. */
const renderPage = (props: CancelableBoundaryProps) =>
  renderHook(usePage, { wrapper: ({ children }) => <CancelableBoundary {...props}>{children}</CancelableBoundary> });

const startBoth = ({ first, second }: ReturnType<typeof usePage>): void => {
  void first.run(untilCanceled);
  void second.run(untilCanceled);
};

describe('canceling a boundary', () => {
  it('cancels all that runs below with the reason parent; the boundary has the reason itself [case 292]', async () => {
    const { result } = renderPage({ name: 'page' });
    act(() => startBoth(result.current));
    await act(async () => expect(result.current.page?.cancel('Leave it')).toBe(true));
    const { page, first, second } = result.current;
    expect(page).toMatchObject({ status: 'canceled', reason: 'manual', message: 'Leave it' });
    for (const { status, reason, error, operation } of [first, second]) {
      expect({ status, reason, error }).toEqual({ status: 'canceled', reason: 'parent', error: undefined });
      expect(operation?.error).toMatchObject({ parentReason: 'manual', rootCause: page?.operation?.error });
    }
  });

  it('is possible with onClick as it is, and says whether something ran', async () => {
    const { result } = renderPage({});
    const event = new MouseEvent('click');
    document.body.dispatchEvent(event);
    expect(result.current.page?.cancel(event)).toBe(false);
    act(() => startBoth(result.current));
    await act(async () => expect(result.current.page?.cancel(event)).toBe(true));
    expect(result.current.page?.message).toBe('Operation canceled manually');
  });

  it('cancels what runs in boundaries below, and not what runs in those above', async () => {
    const inner: Cancelable[] = [];
    const body = (op: Cancelable): Promise<never> => {
      inner.push(op);
      return untilCanceled(op);
    };
    const useBoth = () => ({ page: useBoundary(), task: useCancelable() });
    const { result } = renderHook(useBoth, {
      wrapper: ({ children }) => (
        <CancelableBoundary name="outer">
          <CancelableBoundary name="inner">{children}</CancelableBoundary>
        </CancelableBoundary>
      ),
    });
    act(() => void result.current.task.run(body));
    const outer = inner[0]?.parent?.parent;
    await act(async () => {
      result.current.page?.cancel();
      void result.current.task.run(body);
      await nextTask();
    });
    expect(outer).toMatchObject({ name: 'outer', status: 'running' });
    expect(inner[1]?.parent?.parent).toBe(outer);
    await act(async () => void outer?.cancel());
    expect(inner.map(({ reason }) => reason)).toEqual(['parent', 'parent']);
    expect(inner[1]?.parent).toMatchObject({ name: 'inner', reason: 'parent' });
  });
});

describe('a run that fails', () => {
  it('is its own affair: the boundary and what else runs in it go on', async () => {
    const { result } = renderPage({});
    act(() => startBoth(result.current));
    await act(async () => {
      await result.current.first.settle(() => Promise.reject(new Error('broken')));
    });
    expect(result.current.first).toMatchObject({ status: 'failed' });
    expect(result.current.second).toMatchObject({ status: 'running' });
    expect(result.current.page).toMatchObject({ status: 'running', error: undefined });
  });
});

describe('callbacks of a boundary', () => {
  it('hear of the cancelation once, with the context', async () => {
    const onCancel = vi.fn<StatusCallback>();
    const { result } = renderPage({ name: 'page', onCancel });
    act(() => startBoth(result.current));
    const context = result.current.page?.operation?.context;
    await act(async () => void result.current.page?.cancel('enough'));
    expect(onCancel).toHaveBeenCalledExactlyOnceWith(context);
    expect(context).toMatchObject({ name: 'page', cancelReason: 'manual', cancelMessage: 'enough' });
  });

  it('do not hear of a run that is canceled alone', async () => {
    const onCancel = vi.fn<StatusCallback>();
    const { result } = renderPage({ onCancel });
    act(() => startBoth(result.current));
    await act(async () => void result.current.first.cancel());
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('hear of unmounting', async () => {
    const onCancel = vi.fn<StatusCallback>();
    const { result, unmount } = renderPage({ onCancel });
    act(() => startBoth(result.current));
    unmount();
    await nextTask();
    expect(onCancel).toHaveBeenCalledOnce();
    expect(onCancel.mock.calls[0]?.[0]).toMatchObject({ cancelReason: 'unmount' });
  });

  it('hear of every report from below, with the id of its origin', async () => {
    const onProgress = vi.fn<ProgressCallback>();
    const { result } = renderPage({ onProgress });
    act(() => startBoth(result.current));
    const child = result.current.first.operation!.child();
    await act(async () => {
      void child.run((op) => op.report('half', { progress: 50 }));
      await nextTask();
    });
    expect(onProgress).toHaveBeenCalledExactlyOnceWith(child.id, 'half', { progress: 50 });
  });

  it('are those of the last render', async () => {
    const heard: string[] = [];
    let word = 'old';
    const { result, rerender } = renderHook(usePage, {
      wrapper: ({ children }: { readonly children: ReactNode }) => {
        const mine = word;
        return <CancelableBoundary onProgress={() => heard.push(mine)}>{children}</CancelableBoundary>;
      },
    });
    act(() => startBoth(result.current));
    word = 'new';
    rerender();
    act(() => result.current.first.operation?.report('half'));
    expect(heard).toEqual(['new']);
  });
});

describe('what may cancel a boundary', () => {
  it('a signal: each run below it says parent', async () => {
    const controller = new AbortController();
    const { result } = renderPage({ signal: controller.signal });
    act(() => startBoth(result.current));
    await act(async () => controller.abort(new Error('logged out')));
    expect(result.current.page).toMatchObject({ status: 'canceled', reason: 'signal' });
    expect(result.current.first).toMatchObject({ status: 'canceled', reason: 'parent' });
  });

  it('a token, with its reason', async () => {
    const token = new CancelationToken();
    const { result } = renderPage({ token });
    act(() => startBoth(result.current));
    await act(async () => void token.cancel({ reason: 'logout', message: 'You are logged out' }));
    expect(result.current.page).toMatchObject({ reason: 'logout', message: 'You are logged out' });
  });

  it('a source of your own, which is started and stopped once for each episode', async () => {
    const calls: string[] = [];
    const { result, unmount } = renderPage({
      sources: [
        {
          start() {
            calls.push('start');
            return () => calls.push('stop');
          },
        },
      ],
    });
    expect(calls).toEqual([]);
    act(() => startBoth(result.current));
    expect(calls).toEqual(['start']);
    await act(async () => void result.current.page?.cancel());
    expect(calls).toEqual(['start', 'stop']);
    act(() => startBoth(result.current));
    unmount();
    await nextTask();
    expect(calls).toEqual(['start', 'stop', 'start', 'stop']);
  });

  it('one that has fired already: bodies do not begin until it is over', async () => {
    const online = { now: false };
    const { result } = renderPage({
      sources: [
        {
          start(fire) {
            if (!online.now) fire({ reason: 'offline' });
          },
        },
      ],
    });
    const body = vi.fn<() => string>(() => 'value');
    const outcome = await act(() => result.current.first.settle(body));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'parent', error: { parentReason: 'offline' } });
    expect(body).not.toHaveBeenCalled();
    online.now = true;
    await expect(act(() => result.current.first.settle(body))).resolves.toEqual({
      status: 'completed',
      value: 'value',
    });
  });
});

describe('removing a boundary', () => {
  it('leaves no listener on a signal that outlives it', async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, 'addEventListener');
    const remove = vi.spyOn(signal, 'removeEventListener');
    const { result, unmount } = renderPage({ signal });
    act(() => startBoth(result.current));
    unmount();
    await nextTask();
    expect(add).toHaveBeenCalled();
    expect(remove.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      add.mock.calls.map(([type, listener]) => [type, listener]),
    );
  });
});
