import { onTestFinished, vi } from 'vitest';

/** What is handed to the platform's `reportError` from now on, until the test has ended. */
export function collectReportedErrors(): unknown[] {
  const errors: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return errors;
}
