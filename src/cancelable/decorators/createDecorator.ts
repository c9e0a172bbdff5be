import { checkFunction, outOfRange, wrongType } from '../../base/checks.js';
import { Operation } from '../../operation/node.js';
import type { Inject, MethodContext } from './types.js';

/** A function of any kind, as decorators see it. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** What a decorated function does when it is called. `name` is `ClassName.method`, or the function's. */
export type Invoke = (fn: AnyFunction, receiver: unknown, args: unknown[], name: string) => unknown;

/** Each public decorator says by itself which functions it takes and what it makes of their types. */
// oxlint-disable-next-line typescript/no-explicit-any -- no type but those says it
export type AnyDecorator = any;

/**
 * What a function was decorated with.
 *
 * @example
 * const { decorator, parameters } = decorationOf(load)!;
 */
export interface Decoration {
  /** Name of the decorator, `cancelable` for example. */
  readonly decorator: string;
  /** What that was given: its options, and what comes before them by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The function as it was written. */
  readonly original: (...args: never[]) => unknown;
}

const decorations = new WeakMap<object, Decoration>();

/**
 * What a function or method was decorated with, by the outermost of its decorators; undefined if by none of this package.
 *
 * @example
 * const load = cancelable({ timeout: 5000 })(fetchRows);
 * decorationOf(load)?.parameters['timeout']; // 5000
 */
export function decorationOf(fn: (...args: never[]) => unknown): Decoration | undefined {
  return decorations.get(fn);
}

/** Makes a decorator, which is a function of functions as well. What it makes has the name and length of the original. */
export function createDecorator(
  decorator: string,
  parameters: Readonly<Record<string, unknown>>,
  invoke: Invoke,
): AnyDecorator {
  return (fn: AnyFunction, context?: MethodContext): AnyFunction => {
    const what = `What ${decorator} decorates`;
    // Decorators before the standard pass the name of the member here.
    if (context !== undefined && context.kind !== 'method')
      throw wrongType(what, 'a method, by a standard decorator', (context as { kind?: unknown }).kind ?? context);
    checkFunction(what, fn);
    const decorated: AnyFunction = function (...args) {
      return invoke(fn, this, args, context === undefined ? fn.name : nameOfMethod(this, String(context.name)));
    };
    for (const key of ['name', 'length'] as const)
      Object.defineProperty(decorated, key, { value: fn[key], configurable: true });
    decorations.set(decorated, { decorator, parameters, original: fn });
    return decorated;
  };
}

/** The class is known when the method is called: it is the one of the instance, also of a subclass. */
function nameOfMethod(receiver: unknown, method: string): string {
  const owner = typeof receiver === 'function' ? receiver : (receiver as object | undefined)?.constructor;
  return typeof owner?.name === 'string' && owner.name !== '' ? `${owner.name}.${method}` : method;
}

/** Looks at the option `inject`. */
export function checkInject(option: string, inject: unknown): void {
  if (typeof inject === 'boolean') return;
  if (typeof inject !== 'number') throw wrongType(option, 'true, false or the index of a parameter', inject);
  if (!(Number.isInteger(inject) && inject >= 0)) throw outOfRange(option, 'a whole number, zero or more', inject);
}

/** The index at which the operation is injected; -1: nowhere. */
export function slotOf(inject: Inject = true): number {
  return typeof inject === 'number' ? inject : inject ? 0 : -1;
}

/**
 * Puts the operation into the arguments: in place of one that was given there, else before what was. With an index the
 * parameter is one of the caller's, who leaves it out with undefined when there are others after it.
 */
export function inject(args: unknown[], where: Inject | undefined, op: unknown): unknown[] {
  const slot = slotOf(where);
  if (slot === -1) return args;
  while (args.length < slot) args.push(undefined);
  const given = args[slot];
  const replaces = given instanceof Operation || (given === undefined && typeof where === 'number');
  args.splice(slot, replaces ? 1 : 0, op);
  return args;
}
