import { expectConsoleError } from '../../consoleErrors.ts';
import { isReact18 } from '../../reactVersion.ts';

interface CaughtErrors {
  readonly onCaughtError: () => void;
}

/** Options of a root in which an error boundary catches what is thrown. React 18 does not know them and writes it. */
export function expectCaughtErrors(): CaughtErrors {
  if (isReact18) expectConsoleError('The above error occurred in');
  return { onCaughtError: () => {} };
}
