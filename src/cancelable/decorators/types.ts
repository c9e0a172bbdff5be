import type { BodyValue } from '../../flow/groupPlan.js';
import type { Awaitable } from '../../operation/awaitable.js';
import type { Operation } from '../../operation/node.js';
import type { OperationOptions } from '../../operation/options.js';
import type { Cancelable } from '../Cancelable.js';

/**
 * Where the operation of a call goes: `true`: it is the first argument; a number: the argument at that index; `false`: nowhere.
 *
 * @example
 * cancelable({ inject: 1 })(async (url: string, op?: Cancelable) => requireOperation(op).status);
 */
export type Inject = boolean | number;

/**
 * Where a decorated function gets its operation.
 *
 * @example
 * const options: InjectOptions<1> = { inject: 1 };
 * const load = cancelable(options)(async (url: string, op?: Cancelable) => requireOperation(op).wait(fetchRows(url)));
 */
export interface InjectOptions<Where extends Inject = Inject> {
  /**
   * `true`: as the first argument, before those of the caller. An index: there, `inject: 1` for `(data, op?)`; what the caller
   * leaves out before it is undefined, and undefined there is the operation. `false`: as no argument; `currentOperation()` has it. Default: true.
   */
  readonly inject?: Where | undefined;
}

/**
 * The options of the operation that each call makes. Default name: the function's, or `ClassName.method`.
 *
 * @example
 * const options: DecoratorOptions<true> = { name: 'load', timeout: 5000 };
 * const load = cancelable(options)(async (op, url: string) => fetchRows(url, op.signal));
 */
export interface DecoratorOptions<Where extends Inject = Inject>
  extends Omit<OperationOptions, 'id'>, InjectOptions<Where> {}

/**
 * What a decorator reads of its context (TC39 decorators, 2023-11); absent when it is called with a plain function.
 *
 * @example
 * const nameOf = (context?: MethodContext) => (context === undefined ? 'a function' : String(context.name));
 */
export interface MethodContext {
  readonly kind: 'method';
  readonly name: string | symbol;
}

/**
 * A function that gets its operation as the first argument; the caller may give the parent in its place.
 *
 * @example
 * const load: CancelableFunction<void, [url: string], Row[]> = cancelable()((op, url: string) => fetchRows(url, op.signal));
 * const rows = await load('/rows'); // or, below another operation: load(op, '/rows')
 */
export interface CancelableFunction<This, Arguments extends unknown[], Value> {
  (this: This, ...args: Arguments): Awaitable<Value>;
  // Last, so that it is the one that is inferred from where an operation is handed in: `op.map`, a second decorator.
  (this: This, parent: Operation, ...args: Arguments): Awaitable<Value>;
}

/**
 * Decorates a method, or takes a function and returns the cancelable one; the first parameter is the operation.
 *
 * @example
 * const limited: InjectingDecorator = cancelable({ timeout: 5000 });
 * const load = limited((op, url: string) => fetchRows(url, op.signal));
 */
export type InjectingDecorator = <This, Arguments extends unknown[], Result>(
  fn: (this: This, op: Cancelable, ...args: Arguments) => Result,
  context?: MethodContext,
) => CancelableFunction<This, Arguments, BodyValue<Result>>;

/**
 * The same for a function whose parameters stay as they are.
 *
 * @example
 * const limited: KeepingDecorator = cancelable({ timeout: 5000, inject: false });
 * const load = limited((url: string) => fetchRows(url, currentOperation()?.signal));
 */
export type KeepingDecorator = <This, Arguments extends unknown[], Result>(
  fn: (this: This, ...args: Arguments) => Result,
  context?: MethodContext,
) => (this: This, ...args: Arguments) => Awaitable<BodyValue<Result>>;

/**
 * A TC39 standard decorator for methods that is a function of functions as well.
 *
 * @example
 * const limited: Decorator<true> = cancelable({ timeout: 5000 });
 */
export type Decorator<Where extends Inject> = [Where] extends [false | number] ? KeepingDecorator : InjectingDecorator;
