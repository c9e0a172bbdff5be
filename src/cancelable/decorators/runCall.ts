import { Operation } from '../../operation/node.js';
import { waitFor } from '../../operation/wait.js';
import type { Cancelable } from '../Cancelable.js';
import { inject, slotOf, type Invoke } from './createDecorator.js';
import type { Inject } from './types.js';

/** Makes the operation of a call; `parent` is undefined unless the caller gave one. */
export type MakeOperation = (name: string, parent: Operation | undefined) => Cancelable;

/** Runs each call of a decorated function in an operation of its own. */
export function runCall(where: Inject | undefined, make: MakeOperation): Invoke {
  const slot = slotOf(where);
  return (fn, receiver, args, name) => {
    const given = args[slot];
    const parent = given instanceof Operation ? given : undefined;
    let op: Cancelable;
    try {
      op = make(name, parent);
    } catch (error) {
      return waitFor(undefined, Promise.reject(error)); // who calls it awaits it
    }
    return op.run(() => fn.apply(receiver, inject(args, where, op)));
  };
}
