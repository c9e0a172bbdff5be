import { isThenable } from '../base/jobs.js';
import type { Operation } from './node.js';
import { callWith } from './stack.js';
import { waitFor } from './wait.js';

type Body = Generator<unknown, unknown, unknown>;

/**
 * Told by its tag, never by "has next": an iterator that a body returns is its value. What TypeScript and SWC lower a
 * generator to for ES5 has no tag, but, unlike any iterator, all of its methods as its own.
 */
export function isGenerator(value: unknown): value is Body {
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.prototype.toString.call(value) === '[object Generator]' || methods.every((key) => Object.hasOwn(value, key))
  );
}

const methods = ['next', 'throw', 'return', Symbol.iterator]; // the last one is not on a stream of `op.stream`

/**
 * Runs a generator body. Each promise that it yields is awaited under the operation's guard; its operation is always current.
 * An Awaitable is awaited as it is, as in an async function: it has a guard of its own, or none, as a shield.
 */
export async function driveGenerator(node: Operation, body: Body): Promise<unknown> {
  let step = callWith(node, () => body.next());
  while (step.done !== true) {
    const yielded = step.value;
    let resume: () => IteratorResult<unknown, unknown>;
    try {
      const value = await callWith(node, () => waitFor(isAwaitable(yielded) ? undefined : node, yielded));
      resume = () => body.next(value);
    } catch (error) {
      resume = () => body.throw(error);
    }
    step = callWith(node, resume);
  }
  return step.value;
}

// No other promise can be used with `yield*`.
function isAwaitable(yielded: unknown): boolean {
  return isThenable(yielded) && Symbol.iterator in yielded;
}
