import { onTestFinished } from 'vitest';

/** What the page is told of rejections that nobody handles. While somebody listens, Vitest does not fail on them. */
export function collectUnhandled(): unknown[] {
  const reasons: unknown[] = [];
  const listener = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    reasons.push(event.reason);
  };
  window.addEventListener('unhandledrejection', listener);
  onTestFinished(() => window.removeEventListener('unhandledrejection', listener));
  return reasons;
}
