/** Hands an error that has no caller to the platform, as an uncaught error would be. */
export function reportError(error: unknown): void {
  const scope = globalThis as { reportError?: (error: unknown) => void };
  if (typeof scope.reportError === 'function') scope.reportError(error);
  else console.error(error);
}
