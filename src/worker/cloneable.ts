/** Can it go through a port as it is? Told by cloning it: for what is small or rare. */
export function isCloneable(value: unknown): boolean {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return typeof value !== 'symbol';
  if (typeof value === 'function') return false;
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** The value, or undefined if it can't go through a port. */
export function cloneableOr<T>(value: T): T | undefined {
  return isCloneable(value) ? value : undefined;
}

/** The fields that can go through a port. */
export function cloneableFields(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isCloneable(value)));
}

export function isDataCloneError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'DataCloneError';
}
