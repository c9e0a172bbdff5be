import { onTestFinished, vi } from 'vitest';

/** What of the page could outlive the work that it was made for. */
export interface PageWatch {
  /** Timers that are armed and frames that are asked for, by those who were watched. */
  readonly pending: number;
  /** Errors and rejections that nobody has handled, and all that was written as an error or a warning. */
  readonly complaints: readonly unknown[];
}

/** Counts timers and frames from now on, and collects what goes wrong, until the test has ended. */
export function watchPage(): PageWatch {
  const pending = new Set<string>();
  const complaints: unknown[] = [];

  const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame } = window;
  const follow = (kind: string, key: number): void => void pending.add(`${kind} ${key}`);
  const forget = (kind: string, key: unknown): void => void pending.delete(`${kind} ${String(key)}`);
  vi.stubGlobal('setTimeout', (callback: (...args: unknown[]) => void, ...rest: unknown[]) => {
    const key: number = Reflect.apply(setTimeout, window, [
      (...args: unknown[]) => {
        forget('timer', key);
        callback(...args);
      },
      ...rest,
    ]);
    follow('timer', key);
    return key;
  });
  vi.stubGlobal('clearTimeout', (key?: number) => {
    forget('timer', key);
    clearTimeout.call(window, key);
  });
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    const key = requestAnimationFrame.call(window, (time) => {
      forget('frame', key);
      callback(time);
    });
    follow('frame', key);
    return key;
  });
  vi.stubGlobal('cancelAnimationFrame', (key: number) => {
    forget('frame', key);
    cancelAnimationFrame.call(window, key);
  });

  const onError = (event: ErrorEvent): void => void complaints.push(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent): void => void complaints.push(event.reason);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  const spies = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  for (const spy of spies) spy.mockImplementation((...parts: unknown[]) => void complaints.push(parts));

  onTestFinished(() => {
    vi.unstubAllGlobals();
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
    for (const spy of spies) spy.mockRestore();
  });
  return {
    get pending() {
      return pending.size;
    },
    complaints,
  };
}
