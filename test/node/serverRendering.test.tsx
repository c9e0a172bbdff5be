import { Suspense, type ReactNode } from 'react';
import { renderToReadableStream, renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useBoundary,
  useCancelable,
  useCancelableAction,
  useCancelableEffect,
  useIsBusy,
  useOperations,
  useProgress,
  useShared,
} from 'use-cancelable';

function Task(): ReactNode {
  const { run, cancel, status, isIdle } = useCancelable({ timeout: 10_000 });
  return (
    <button type="button" onClick={() => void run(() => 5)} onFocus={cancel}>
      {status} {String(isIdle)}
    </button>
  );
}

function View(): ReactNode {
  const page = useBoundary();
  const view = useProgress();
  const percent = useProgress(page, { select: ({ progress }) => progress ?? 'unknown' });
  return (
    <p {...getProgressProps(view)} aria-label="Page">
      {page?.name} {page?.status} {view.status} {percent}
    </p>
  );
}

function Page(): ReactNode {
  return (
    <CancelableBoundary name="page" timeout={60_000} fallback={<i>waiting</i>} onCancel={() => {}}>
      <Task />
      <View />
      <ProgressBar aria-label="Page" />
    </CancelableBoundary>
  );
}

const html = [
  '<button type="button">idle<!-- --> <!-- -->true</button>',
  '<p role="progressbar" aria-valuemin="0" aria-valuemax="100" data-status="idle" aria-label="Page">',
  'page<!-- --> <!-- -->idle<!-- --> <!-- -->idle<!-- --> <!-- -->unknown</p>',
].join('');

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('rendering on a server, with no window and no document', () => {
  it('shows idle snapshots and arms no timer [case 298]', () => {
    expect([typeof window, typeof document]).toEqual(['undefined', 'undefined']);
    const text = renderToString(<Page />);
    expect(text).toContain(html);
    expect(text).toMatch(/<progress [^>]*value="0"/);
    expect(text).toMatch(/<progress [^>]*data-status="idle"/);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('works in a stream too, with Suspense [case 298]', async () => {
    vi.useRealTimers();
    const stream = await renderToReadableStream(
      <Suspense fallback={null}>
        <Page />
      </Suspense>,
    );
    expect(await new Response(stream).text()).toContain(html);
  });

  it('starts nothing: no effect, no shared work, no action [case 298]', () => {
    const begun: string[] = [];
    function Every(): ReactNode {
      const effect = useCancelableEffect(() => void begun.push('effect'), []);
      const shared = useShared('work', () => void begun.push('shared'));
      const [state, , isPending, , action] = useCancelableAction((_op, previous: string) => previous, 'first');
      const words = [
        effect.status,
        shared.status,
        state,
        isPending,
        action.status,
        useOperations().length,
        useIsBusy(),
      ];
      return <p>{words.join(' ')}</p>;
    }
    expect(renderToString(<Every />)).toBe('<p>idle idle first false idle 0 false</p>');
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
    for (let count = 0; count < 100; count += 1) renderToString(<Page />);
    expect(process.getActiveResourcesInfo().toSorted()).toEqual(before);
  });
});
