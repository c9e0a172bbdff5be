import type { Operation } from '../operation/node.js';
import type { OperationContext } from '../operation/types.js';

/**
 * The facts of an operation at one moment: plain, frozen data. Plain objects and arrays in `metadata` are copies, whatever
 * else (functions, streams, instances) is there by reference. The partial result is not in it, since a history would keep
 * a thousand of them alive: `registry.get(id)?.context.partialResult` has it while the operation is listed.
 *
 * @example
 * const names = registry.list().map(({ name, status }: OperationSnapshot) => `${name}: ${status}`);
 */
export type OperationSnapshot = Readonly<Omit<OperationContext, 'toJSON' | 'logContext' | 'partialResult'>>;

export function snapshotOf(operation: Operation): OperationSnapshot {
  const { partialResult: _partialResult, metadata, ...facts } = operation.context.toJSON();
  return Object.freeze({ ...facts, metadata: copyOf(metadata) });
}

type Plain = Record<PropertyKey, unknown>;

// structuredClone would throw at functions and streams. A list and no recursion: data may be nested deeply, or in a circle.
function copyOf<T extends object>(value: T): Readonly<T> {
  const copies = new Map<object, object>();
  const open: Array<readonly [from: Plain, to: Plain]> = [];
  const copy = (part: unknown): unknown => {
    if (!isPlain(part)) return part;
    const known = copies.get(part);
    if (known !== undefined) return known;
    const made: object = Array.isArray(part) ? [] : Object.create(Object.getPrototypeOf(part) as object | null);
    copies.set(part, made);
    open.push([part as Plain, made as Plain]);
    return made;
  };
  const result = copy(value) as T; // a copy has what the original has
  for (const [from, to] of open) {
    for (const key of Object.keys(from)) {
      Object.defineProperty(to, key, { value: copy(from[key]), enumerable: true, configurable: true, writable: true });
    }
    Object.freeze(to);
  }
  return result;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
