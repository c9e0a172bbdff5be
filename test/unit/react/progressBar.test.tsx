import { act, render, screen } from '@testing-library/react';
import { createRef, Profiler, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useProgress,
  type CancelableState,
} from 'use-cancelable';
import { untilCanceled } from '../operation/bodies.ts';
import { TaskHandle } from './TaskHandle.tsx';

const frame = 17;
const pass = (milliseconds: number): Promise<void> => act(async () => void vi.advanceTimersByTime(milliseconds));
const bar = (): HTMLProgressElement => screen.getByRole<HTMLProgressElement>('progressbar');

function running(): Cancelable {
  const operation = new Cancelable({ parent: null });
  void operation.run(untilCanceled);
  return operation;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('ProgressBar', () => {
  it('shows whole percent, the status, and the rest in words', async () => {
    const operation = running();
    render(<ProgressBar of={operation} aria-label="Download" />);
    operation.report('Receiving', { current: 300, total: 1200, rate: 60 });
    await pass(frame);
    expect(bar()).toMatchObject({ max: 100, value: 25, position: 0.25 });
    expect(bar().dataset).toMatchObject({ status: 'running' });
    expect(bar().getAttribute('aria-valuetext')).toBe('25 %, 15 seconds remaining');
  });

  it('is indeterminate while it runs and nobody knows how far it is, and tells what it is doing', async () => {
    const operation = running();
    operation.report('Connecting');
    render(<ProgressBar of={operation} />);
    expect(bar().hasAttribute('value')).toBe(false);
    expect(bar().position).toBe(-1);
    expect(bar().getAttribute('aria-valuetext')).toBe('Connecting');
    operation.report('Receiving', { progress: 0 });
    await pass(frame);
    expect(bar()).toMatchObject({ value: 0, position: 0 });
    expect(bar().hasAttribute('value')).toBe(true);
  });

  it('is at zero and not indeterminate when nothing runs', () => {
    render(<ProgressBar of={null} />);
    expect(bar()).toMatchObject({ value: 0, position: 0 });
    expect(bar().dataset).toMatchObject({ status: 'idle' });
  });

  it('stops being indeterminate when what it shows is canceled', () => {
    const operation = running();
    render(<ProgressBar of={operation} />);
    act(() => void operation.cancel());
    expect(bar().position).toBe(0);
    expect(bar().dataset).toMatchObject({ status: 'canceled' });
  });

  it('does not render while the work goes on; it writes only when the whole percent changes', async () => {
    const operation = running();
    const commits: string[] = [];
    render(
      <Profiler id="bar" onRender={() => commits.push('commit')}>
        <ProgressBar of={operation} />
      </Profiler>,
    );
    const writes: number[] = [];
    const setValue = vi.spyOn(bar(), 'value', 'set').mockImplementation((value) => void writes.push(value));
    for (let report = 0; report <= 500; report += 1) {
      operation.report('row', { current: report, total: 1000 });
      await pass(frame);
    }
    expect(commits).toEqual(['commit']);
    expect(writes).toEqual(Array.from({ length: 51 }, (_, percent) => percent));
    setValue.mockRestore();
  });

  it('writes once for 1000 reports within a frame', async () => {
    const operation = running();
    render(<ProgressBar of={operation} />);
    const setValue = vi.spyOn(bar(), 'value', 'set');
    for (let report = 1; report <= 1000; report += 1) operation.report('row', { current: report, total: 1000 });
    await pass(1000);
    expect(setValue.mock.calls).toEqual([[99]]);
    setValue.mockRestore();
  });

  it('asks for no snapshot of the progress while the whole percent stays', async () => {
    const operation = running();
    render(<ProgressBar of={operation} />);
    operation.report('row', { progress: 40 });
    await pass(frame);
    const askForProgress = vi.spyOn(operation, 'progress', 'get');
    for (const progress of [40.5, 40.9]) {
      operation.report('row', { progress });
      await pass(frame);
    }
    expect(askForProgress).not.toHaveBeenCalled();
    operation.report('row', { progress: 41 });
    await pass(frame);
    expect(askForProgress).toHaveBeenCalledOnce();
    expect(bar().value).toBe(41);
  });

  it('writes its status only when that changes', () => {
    const operation = running();
    render(<ProgressBar of={operation} />);
    const observer = new MutationObserver(() => {});
    // It is told also of what is set to what it is already.
    observer.observe(bar(), { attributeFilter: ['data-status'] });
    operation.report('row', { progress: 40 });
    act(() => void vi.advanceTimersByTime(frame));
    expect(bar().value).toBe(40);
    expect(observer.takeRecords()).toEqual([]);
    act(() => void operation.cancel());
    expect(observer.takeRecords()).toHaveLength(1);
    expect(bar().dataset).toMatchObject({ status: 'canceled' });
  });

  it('shows the nearest boundary without a target, through its episodes', async () => {
    const task = createRef<CancelableState<unknown>>();
    render(
      <CancelableBoundary>
        <ProgressBar />
        <TaskHandle onTask={(state) => (task.current = state)} />
      </CancelableBoundary>,
    );
    expect(bar().dataset).toMatchObject({ status: 'idle' });
    for (const percent of [40, 70]) {
      await act(async () => void task.current?.run(untilCanceled));
      expect(bar().position).toBe(-1);
      task.current?.operation?.report('part', { progress: percent });
      await pass(frame);
      expect(bar().value).toBe(percent);
      await act(async () => void task.current?.operation?.parent?.cancel());
      expect(bar().dataset).toMatchObject({ status: 'canceled' });
    }
  });

  it('keeps what it shows when its parent renders, and follows a new target', async () => {
    const [one, other] = [running(), running()];
    one.report('one', { progress: 40 });
    other.report('other', { progress: 70 });
    const { rerender } = render(<ProgressBar of={one} />);
    rerender(<ProgressBar of={one} className="wide" />);
    expect(bar()).toMatchObject({ value: 40, className: 'wide' });
    expect(bar().dataset).toMatchObject({ status: 'running' });
    rerender(<ProgressBar of={other} />);
    expect(bar().value).toBe(70);
    one.report('one', { progress: 50 });
    await pass(frame);
    expect(bar().value).toBe(70);
  });

  it('hands on what it is given, with a ref', () => {
    const ref = createRef<HTMLProgressElement>();
    render(<ProgressBar of={null} id="bar" className="wide" style={{ width: 100 }} ref={ref} />);
    expect(ref.current).toBe(bar());
    expect(bar()).toMatchObject({ id: 'bar', className: 'wide' });
    expect(bar().style.width).toBe('100px');
  });

  it('calls a ref function once with its element and once when it goes, however often its parent renders', () => {
    const calls: (string | undefined)[] = [];
    const ref = (element: HTMLProgressElement | null): void => void calls.push(element?.tagName);
    const { rerender, unmount } = render(<ProgressBar of={null} ref={ref} />);
    rerender(<ProgressBar of={null} ref={ref} />);
    expect(calls).toEqual(['PROGRESS']);
    unmount();
    expect(calls).toEqual(['PROGRESS', undefined]);
  });

  it('is named Progress, unless it is named by a label or an attribute', () => {
    render(
      <>
        <ProgressBar of={null} />
        <ProgressBar of={null} aria-label="Attribute" />
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- it does not know what ProgressBar renders */}
        <label>
          Around <ProgressBar of={null} />
        </label>
        <label htmlFor="elsewhere">Elsewhere</label>
        <ProgressBar of={null} id="elsewhere" />
      </>,
    );
    for (const name of ['Progress', 'Attribute', 'Around', 'Elsewhere']) {
      expect(screen.getByRole('progressbar', { name })).toBeInstanceOf(HTMLProgressElement);
    }
  });

  it('leaves no timer, no frame and no listener after unmounting', () => {
    const operation = running();
    const { unmount } = render(<ProgressBar of={operation} />);
    const element = bar();
    operation.report('half', { progress: 50 });
    unmount();
    expect(vi.getTimerCount()).toBe(0);
    operation.cancel();
    expect(vi.getTimerCount()).toBe(0);
    expect(element.dataset).toMatchObject({ status: 'running' });
  });
});

describe('getProgressProps', () => {
  const idle = {
    status: 'idle',
    progress: undefined,
    fraction: undefined,
    current: undefined,
    total: undefined,
    rate: undefined,
    eta: undefined,
    phase: undefined,
    message: undefined,
    metadata: {},
    isIndeterminate: false,
  } as const;

  it.each([
    ['nothing yet', idle, { 'aria-valuenow': undefined, 'aria-valuetext': undefined, 'data-status': 'idle' }],
    [
      'an unknown share',
      { ...idle, status: 'running', message: 'Connecting', isIndeterminate: true },
      { 'aria-valuenow': undefined, 'aria-valuetext': 'Connecting', 'data-status': 'running' },
    ],
    [
      'a share with a time left',
      { ...idle, status: 'running', progress: 61.9, eta: 14.2 },
      { 'aria-valuenow': 61, 'aria-valuetext': '61 %, 15 seconds remaining', 'data-status': 'running' },
    ],
    [
      'one second left',
      { ...idle, status: 'running', progress: 99, eta: 0.2 },
      { 'aria-valuenow': 99, 'aria-valuetext': '99 %, 1 second remaining', 'data-status': 'running' },
    ],
    [
      'minutes left',
      { ...idle, status: 'running', progress: 1, eta: 240 },
      { 'aria-valuenow': 1, 'aria-valuetext': '1 %, 4 minutes remaining', 'data-status': 'running' },
    ],
    [
      'the end',
      { ...idle, status: 'completed', progress: 100, eta: 3 },
      { 'aria-valuenow': 100, 'aria-valuetext': '100 %', 'data-status': 'completed' },
    ],
  ] as const)('tells %s as attributes of a progress bar', (_, view, expected) => {
    expect(getProgressProps(view)).toEqual({
      role: 'progressbar',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      ...expected,
    });
  });

  it('makes a progress bar of your own element', async () => {
    const operation = running();
    function Own(): ReactNode {
      return <div aria-label="Own" {...getProgressProps(useProgress(operation))} />;
    }
    render(<Own />);
    const own = screen.getByRole('progressbar', { name: 'Own' });
    expect(own.hasAttribute('aria-valuenow')).toBe(false);
    operation.report('half', { progress: 50 });
    await pass(frame);
    expect(own.getAttribute('aria-valuenow')).toBe('50');
  });
});
