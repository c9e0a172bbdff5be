import { checkOptions, wrongType } from '../../base/checks.js';
import { Operation } from '../../operation/node.js';
import { currentNode } from '../../operation/stack.js';
import type { Cancelable } from '../Cancelable.js';
import { checkInject, createDecorator, inject, slotOf } from './createDecorator.js';
import type { MethodContext } from './types.js';

/**
 * Decorates a method, or takes a function; its first parameter is the current operation.
 *
 * @example
 * const withOperation: CurrentOperationDecorator = withCurrentOperation();
 * const log = withOperation((op, text: string) => op?.report(text));
 */
export type CurrentOperationDecorator = <This, Arguments extends unknown[], Result>(
  fn: (this: This, op: Cancelable | undefined, ...args: Arguments) => Result,
  context?: MethodContext,
) => {
  (this: This, ...args: Arguments): Result;
  (this: This, op: Operation, ...args: Arguments): Result;
};

/**
 * The same for a function whose parameters stay as they are.
 *
 * @example
 * const withOperation: CurrentOperationSlotDecorator = withCurrentOperation({ inject: 1 });
 * const log = withOperation((text: string, op?: Cancelable) => op?.report(text));
 */
export type CurrentOperationSlotDecorator = <Decorated extends (...args: never[]) => unknown>(
  fn: Decorated,
  context?: MethodContext,
) => Decorated;

/**
 * Gives a function the current operation of its caller as its first argument, or undefined where there is none, as
 * `currentOperation()` does. It starts no operation and returns what the function returns. An operation that the caller
 * gives itself is kept. With `inject`, the index of another parameter.
 *
 * @example
 * const log = withCurrentOperation()((op, text: string) => op?.report(text));
 * await new Cancelable().run(() => log('loading'));
 */
export function withCurrentOperation(): CurrentOperationDecorator;
export function withCurrentOperation(options: { readonly inject: number }): CurrentOperationSlotDecorator;
export function withCurrentOperation(
  options: { readonly inject?: number } = {},
): CurrentOperationDecorator & CurrentOperationSlotDecorator {
  checkOptions('The options of withCurrentOperation', options, {
    inject(option, value) {
      if (typeof value !== 'number') throw wrongType(option, 'the index of a parameter', value);
      checkInject(option, value);
    },
  });
  const where = options.inject;
  const slot = slotOf(where);
  return createDecorator('withCurrentOperation', { ...options }, (fn, receiver, args) => {
    const isGiven = args[slot] instanceof Operation;
    return fn.apply(receiver, isGiven ? args : inject(args, where, currentNode()));
  });
}
