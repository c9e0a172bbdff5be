import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, useProgress } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function Report(): ReactNode {
  const task = useCancelable({ timeout: 10_000 });
  const { message } = useProgress(task);
  return (
    <>
      <button type="button" onClick={() => void task.run(untilCanceled)}>
        Wait
      </button>
      <button
        type="button"
        onClick={() =>
          void task.run(async (op) => {
            for (let second = 1; second <= 3; second += 1) {
              await op.sleep({ seconds: 1 });
              op.report(`second ${second}`);
            }
          })
        }
      >
        Tick
      </button>
      <output>{[task.status, task.reason, task.message, message].filter(Boolean).join(' | ')}</output>
    </>
  );
}

const text = (): string | null => screen.getByRole('status').textContent;

describe('a component test with faked timers', () => {
  it('fires a timeout of 10 s with advanceTimersByTime', async () => {
    render(<Report />);
    fireEvent.click(screen.getByText('Wait'));
    expect(text()).toBe('running');
    await act(async () => void vi.advanceTimersByTime(9999));
    expect(text()).toBe('running');
    await act(async () => void vi.advanceTimersByTime(1));
    expect(text()).toBe('canceled | timeout | Operation timed out after 10s');
  });

  it('fires it in one step of 10 s', async () => {
    render(<Report />);
    fireEvent.click(screen.getByText('Wait'));
    await act(async () => void vi.advanceTimersByTime(10_000));
    expect(text()).toMatch(/^canceled \| timeout/);
  });

  it('fires it with a synchronous act, too: the status flips at once', () => {
    render(<Report />);
    fireEvent.click(screen.getByText('Wait'));
    act(() => void vi.advanceTimersByTime(10_000));
    expect(text()).toMatch(/^canceled \| timeout/);
  });

  it('counts the timeout of a new run from its own start', async () => {
    render(<Report />);
    fireEvent.click(screen.getByText('Wait'));
    await act(async () => void vi.advanceTimersByTime(6000));
    fireEvent.click(screen.getByText('Wait'));
    await act(async () => void vi.advanceTimersByTime(9999));
    expect(text()).toBe('running');
    await act(async () => void vi.advanceTimersByTime(1));
    expect(text()).toMatch(/^canceled \| timeout/);
  });

  it('lets a body sleep through faked time, and shows what it reports', async () => {
    render(<Report />);
    fireEvent.click(screen.getByText('Tick'));
    await act(async () => vi.advanceTimersByTimeAsync(1100));
    expect(text()).toBe('running | second 1');
    await act(async () => vi.advanceTimersByTimeAsync(2000));
    expect(text()).toBe('completed | second 3');
  });

  it('leaves no timer after unmounting', async () => {
    const { unmount } = render(
      <CancelableBoundary timeout={60_000}>
        <Report />
      </CancelableBoundary>,
    );
    fireEvent.click(screen.getByText('Tick'));
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(vi.getTimerCount()).toBe(0);
  });
});
