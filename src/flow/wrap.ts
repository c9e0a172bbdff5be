import { job } from '../base/jobs.js';
import { Deferred, type Awaitable } from '../operation/awaitable.js';
import { notice } from '../operation/lookout.js';
import type { Operation } from '../operation/node.js';
import { actingFor } from '../operation/shield.js';
import { callWith } from '../operation/stack.js';
import { waitFor } from '../operation/wait.js';

type Function<This, Arguments extends unknown[], Result> = (this: This, ...args: Arguments) => Result;

/** The function, so that each call of it goes through `callIn`; its name and its length are kept. */
export function wrapIn<This, Arguments extends unknown[], Result>(
  operation: Operation,
  callback: Function<This, Arguments, Result>,
): Function<This, Arguments, Awaitable<Awaited<Result>>> {
  function wrapped(this: This, ...args: Arguments): Awaitable<Awaited<Result>> {
    return callIn(operation, callback, this, args);
  }
  const { name, length } = callback;
  return Object.defineProperties(wrapped, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
}

/** Calls the function under the guard of an operation and with it current; not at all unless it is running. */
export function callIn<This, Arguments extends unknown[], Result>(
  operation: Operation,
  callback: Function<This, Arguments, Result>,
  receiver: This,
  args: Arguments,
): Awaitable<Awaited<Result>> {
  const node = actingFor(operation);
  notice(node);
  const { phase } = node;
  if (phase === 'pending' || phase === 'completed') return refuse(phase);
  let result: unknown;
  if (phase === 'running') {
    try {
      result = callWith(node, () => callback.apply(receiver, args));
    } catch (error) {
      result = Promise.reject(error);
    }
  }
  return waitFor(node, result as Awaited<Result>); // it follows promises; an ended operation's wait has no value
}

function refuse(phase: string): Awaitable<never> {
  const deferred = new Deferred<never>();
  const error = new Error(
    `This operation is ${phase}. A wrapped function runs only while its operation does: call it in the body of run.`,
  );
  job(() => deferred.reject(error));
  return deferred.promise;
}
