import { reportError } from '../base/reportError.js';
import { isCancelation } from './errors.js';

/** For what the callback of an operation throws: that one waited when its operation was canceled is no error. */
export function reportFailure(error: unknown): void {
  if (!isCancelation(error)) reportError(error);
}
