import { describe } from '../base/checks.js';

// A value that can't be cloned gives a DataCloneError; one that is too deep, a RangeError; one with a getter that throws,
// whatever that throws.

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
  const fields = Object.keys(record).map((key): [string, unknown] => [key, read(record, key)]);
  return Object.fromEntries(fields.filter(([, value]) => isCloneable(value)));
}

/** What a field holds; undefined if its getter throws. */
export function read(record: object, key: string): unknown {
  try {
    return (record as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** In words what can't be cloned. */
export function describeSafely(value: unknown): string {
  try {
    return describe(value);
  } catch {
    return 'a value without a text';
  }
}
