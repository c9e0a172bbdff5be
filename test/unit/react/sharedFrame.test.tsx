import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cancelable, ProgressBar } from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { collectReportedErrors } from '../operation/reportedErrors.ts';

// All that shows progress waits for the same frame. That React renders once for all of it: manyBars.test.tsx, in browsers.

const frame = 17;
const pass = (milliseconds: number): Promise<void> => act(async () => void vi.advanceTimersByTime(milliseconds));

/** A bar on the page, with an operation of its own that runs until it is canceled. */
function showBar() {
  const operation = new Cancelable({ parent: null });
  void operation.run(untilCanceled);
  const { container, unmount } = render(<ProgressBar of={operation} aria-label="Progress" />);
  const bar = container.querySelector('progress')!;
  const report = (progress: number): void => operation.report('row', { progress });
  return { operation, bar, unmount, report };
}

/** What is written to the bar from now on; `onWrite` is called each time. */
function recordWrites(bar: HTMLProgressElement, onWrite = (): void => {}): number[] {
  const writes: number[] = [];
  vi.spyOn(bar, 'value', 'set').mockImplementation((value) => {
    writes.push(value);
    onWrite();
  });
  return writes;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.restoreAllMocks(); // before the clock: a spy would bring back the faked frame
  vi.useRealTimers();
});

describe('the frame that all bars wait for', () => {
  it('is asked for once, with one timer, however many bars there are', async () => {
    const bars = Array.from({ length: 100 }, showBar);
    const askForFrame = vi.spyOn(globalThis, 'requestAnimationFrame');
    for (const { report } of bars) report(40);
    expect(vi.getTimerCount()).toBe(2);
    expect(askForFrame).toHaveBeenCalledOnce();
    await pass(frame);
    expect(bars.map(({ bar }) => bar.value)).toEqual(bars.map(() => 40));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is called off only when the last bar that waits for it is gone', async () => {
    const [one, other] = [showBar(), showBar()];
    one.report(40);
    other.report(70);
    one.unmount();
    expect(vi.getTimerCount()).toBe(2);
    await pass(frame);
    expect(other.bar.value).toBe(70);
    other.report(80);
    other.unmount();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not waited for any more by a bar whose status has changed', async () => {
    const { operation, bar, report } = showBar();
    report(40);
    act(() => void operation.cancel());
    expect(bar.value).toBe(40);
    expect(bar.dataset).toMatchObject({ status: 'canceled' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('comes to every bar though one of them throws, and the error is reported', async () => {
    const errors = collectReportedErrors();
    const failure = new Error('not writable');
    const [broken, fine] = [showBar(), showBar()];
    recordWrites(broken.bar, () => {
      throw failure;
    });
    broken.report(40);
    fine.report(70);
    await pass(frame);
    expect(fine.bar.value).toBe(70);
    expect(errors).toEqual([failure]);
  });

  it('does not come to a bar that was unmounted earlier in it', async () => {
    const [first, second] = [showBar(), showBar()];
    recordWrites(first.bar, () => second.unmount());
    const writes = recordWrites(second.bar);
    first.report(40);
    second.report(70);
    await pass(frame);
    expect(writes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is the next one for what is reported in it', async () => {
    const { bar, report } = showBar();
    let next = 40;
    const writes = recordWrites(bar, () => report((next += 1)));
    report(next);
    await pass(frame);
    expect(writes).toEqual([40]);
    await pass(frame);
    expect(writes).toEqual([40, 41]);
  });

  it('is asked for anew when the clock is another one, and comes to those that waited by the old one too', async () => {
    const [one, other] = [showBar(), showBar()];
    one.report(40);
    vi.useRealTimers();
    vi.useFakeTimers();
    other.report(70);
    await pass(frame);
    expect([one.bar.value, other.bar.value]).toEqual([40, 70]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is called off by the clock that it was asked of', () => {
    const [one, other] = [showBar(), showBar()];
    const calledOff: string[] = [];
    vi.stubGlobal('setTimeout', () => 'timer');
    vi.stubGlobal('clearTimeout', (id: string) => calledOff.push(id));
    vi.stubGlobal('requestAnimationFrame', () => 'frame');
    vi.stubGlobal('cancelAnimationFrame', (id: string) => calledOff.push(id));
    one.report(40);
    vi.unstubAllGlobals();
    other.report(70);
    expect(calledOff).toEqual(['frame', 'timer']);
  });
});
