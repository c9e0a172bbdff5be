import type { Operation } from './node.js';

// Which operation the running code belongs to. No zone and no patched promise: `current` is set for the synchronous part
// of a body, and by the awaitables (awaitable.ts) for the code after each of them. Where the platform has
// AsyncContext.Variable (TC39 stage 2), it does the same and bare awaits keep the operation too.
interface ContextVariable {
  get(): Operation | undefined;
  run<T>(operation: Operation | undefined, callback: () => T): T;
}

const AsyncContext = (globalThis as { AsyncContext?: { Variable?: new () => ContextVariable } }).AsyncContext;
const variable = AsyncContext?.Variable && new AsyncContext.Variable();

/** True when the platform itself carries the operation across every await. */
export const hasAsyncContext = variable !== undefined;

let current: Operation | undefined;

export function currentNode(): Operation | undefined {
  return variable === undefined ? current : variable.get();
}

/** Calls the function with the operation as the current one, or with none. Arguments spare the caller a closure. */
export function callWith<T, A, B, C>(
  operation: Operation | undefined,
  callback: (a: A, b: B, c: C) => T,
  a?: A,
  b?: B,
  c?: C,
): T {
  if (variable !== undefined) return variable.run(operation, () => callback(a!, b!, c!));
  const outer = current;
  current = operation;
  try {
    return callback(a!, b!, c!);
  } finally {
    current = outer;
  }
}

/** Sets the current operation for the jobs that follow. Only for awaitable.ts, which takes it back. */
export function setCurrent(operation: Operation | undefined): void {
  current = operation;
}

/** A function that runs with the operation as the current one, whoever calls it, from wherever. */
export function bindTo<This, Arguments extends unknown[], Result>(
  operation: Operation | undefined,
  callback: (this: This, ...args: Arguments) => Result,
): (this: This, ...args: Arguments) => Result {
  return function bound(this: This, ...args: Arguments): Result {
    return callWith(operation, () => callback.apply(this, args));
  };
}
