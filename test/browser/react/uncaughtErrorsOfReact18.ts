import { onTestFinished } from 'vitest';
import { expectConsoleError } from '../../consoleErrors.ts';

/**
 * What the root option `onUncaughtError` is in React 19. React 18 lets the window hear of an error, once where it is thrown
 * and once more when no error boundary has caught it, and writes it.
 */
export function listenToUncaughtErrorsOfReact18(onUncaughtError: (error: unknown) => void): void {
  const told = new Set<unknown>();
  const listener = (event: ErrorEvent): void => {
    if (told.has(event.error)) return;
    told.add(event.error);
    onUncaughtError(event.error);
  };
  window.addEventListener('error', listener);
  onTestFinished(() => window.removeEventListener('error', listener));
  expectConsoleError('The above error occurred in');
  // Vitest writes the event that it leaves to the listener.
  expectConsoleError(/^Error: Uncaught /);
}
