import { act, render, renderHook } from '@testing-library/react';
import { useRef, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, useProgressEffect, type ProgressView } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { renderToStringInPage } from './renderToStringInPage.ts';

const pass = (milliseconds: number): Promise<void> => act(async () => void vi.advanceTimersByTime(milliseconds));
const frame = 17;

function running(): Cancelable {
  const operation = new Cancelable({ parent: null });
  void operation.settle(untilCanceled);
  return operation;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const wordsOf = ({ status, progress }: ProgressView): string => `${status} ${progress}`;

describe('useProgressEffect', () => {
  it('calls at once, and then for each whole percent and each status, without a render', async () => {
    const operation = running();
    const seen: string[] = [];
    let renders = 0;
    renderHook(() => {
      renders += 1;
      useProgressEffect(operation, (view) => seen.push(wordsOf(view)));
    });
    for (const progress of [1, 1.2, 1.9, 2, 2, 3]) {
      operation.report('On', { progress });
      await pass(frame);
    }
    operation.report('Only the words', { progress: 3 });
    await pass(frame);
    await act(async () => void operation.cancel());
    expect(seen).toEqual(['running undefined', 'running 1', 'running 2', 'running 3', 'canceled 3']);
    expect(renders).toBe(1);
  });

  it('calls at most once per frame, with the last report', async () => {
    const operation = running();
    const seen: string[] = [];
    renderHook(() => useProgressEffect(operation, (view) => seen.push(wordsOf(view))));
    for (let progress = 1; progress <= 50; progress += 1) operation.report('On', { progress });
    await pass(frame);
    expect(seen).toEqual(['running undefined', 'running 50']);
    operation.cancel();
  });

  it('calls the function of the last render, and none after the component has left', async () => {
    const operation = running();
    const seen: string[] = [];
    const { rerender, unmount } = renderHook(
      ({ word }) => useProgressEffect(operation, ({ progress }) => seen.push(`${word} ${progress}`)),
      { initialProps: { word: 'old' } },
    );
    rerender({ word: 'new' });
    operation.report('On', { progress: 10 });
    await pass(frame);
    unmount();
    operation.report('On', { progress: 20 });
    await pass(frame);
    expect(seen).toEqual(['old undefined', 'new 10']);
    operation.cancel();
  });

  it('writes to an element of your own, as the example says', async () => {
    const operation = running();
    function Bar(): ReactNode {
      const bar = useRef<HTMLDivElement>(null);
      useProgressEffect(operation, ({ progress }) => {
        bar.current!.style.width = `${progress ?? 0}%`;
      });
      return <div ref={bar} />;
    }
    const { container } = render(<Bar />);
    operation.report('On', { progress: 42 });
    await pass(frame);
    expect((container.firstChild as HTMLElement).style.width).toBe('42%');
    operation.cancel();
  });

  it('is silent on the server', () => {
    const Silent = (): ReactNode => {
      useProgressEffect(null, () => {
        throw new Error('called');
      });
      return 'silent';
    };
    expect(renderToStringInPage(<Silent />)).toBe('silent');
  });
});
