import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Suspense, type ReactNode } from 'react';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useCancelable, useCancelableEffect, useIsBusy, useOperations, useShared } from 'use-cancelable';
import { html, ServerPage } from './ServerPage.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('rendering on a server, with no window and no document', () => {
  it('shows idle snapshots and arms no timer [case 298]', () => {
    expect([typeof window, typeof document]).toEqual(['undefined', 'undefined']);
    const page = renderToString(<ServerPage />);
    expect(page).toContain(html);
    expect(page).toMatch(/<progress [^>]*value="0"/);
    expect(page).toMatch(/<progress [^>]*data-status="idle"/);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('works in a stream too, with Suspense [case 298]', async () => {
    vi.useRealTimers();
    const stream = renderToPipeableStream(
      <Suspense fallback={null}>
        <ServerPage />
      </Suspense>,
    );
    expect(await text(stream.pipe(new PassThrough()))).toContain(html);
  });

  it('starts nothing: no effect, no shared work [case 298]', () => {
    const begun: string[] = [];
    function Every(): ReactNode {
      const effect = useCancelableEffect(() => void begun.push('effect'), []);
      const shared = useShared('work', () => void begun.push('shared'));
      const words = [effect.status, shared.status, useOperations().length, useIsBusy()];
      return <p>{words.join(' ')}</p>;
    }
    expect(renderToString(<Every />)).toBe('<p>idle idle 0 false</p>');
    expect(begun).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws a bad option there as well', () => {
    const Bad = (): ReactNode => {
      useCancelable({ timeout: -1 });
      return null;
    };
    expect(() => renderToString(<Bad />)).toThrow(/"timeout"/);
  });

  it('leaves nothing that keeps a process alive', () => {
    const before = process.getActiveResourcesInfo().toSorted();
    for (let count = 0; count < 100; count += 1) renderToString(<ServerPage />);
    expect(process.getActiveResourcesInfo().toSorted()).toEqual(before);
  });
});
