import type { Operation } from './node.js';

/** Stands for the error of another operation until it is asked for. */
export class ErrorLink {
  readonly #operation: Operation;
  /** The operation, or the one at the end that it was canceled with in turn. */
  readonly origin: Operation;
  constructor(operation: Operation) {
    this.#operation = operation;
    const { failure } = operation;
    this.origin = failure instanceof ErrorLink ? failure.origin : operation;
  }
  get error(): unknown {
    return this.#operation.error;
  }
}

/** Follows the causes of an error to the last one. */
export function rootOf(error: unknown): unknown {
  const seen = new Set<unknown>();
  let at = error;
  while (at instanceof Error && at.cause !== undefined && !seen.has(at)) {
    seen.add(at);
    at = at.cause;
  }
  return at;
}
