import type { Cancelable } from '../cancelable/Cancelable.js';
import type { BodyValue } from '../flow/groupPlan.js';

/**
 * What `expose` takes: functions by name. The first argument of each is its operation, the others come from the call.
 *
 * @example
 * const functions = { double: (op: Cancelable, value: number) => value * 2 } satisfies WorkerFunctions;
 */
export type WorkerFunctions = Readonly<Record<string, (op: Cancelable, ...args: never[]) => unknown>>;

declare const functions: unique symbol; // in types only

/**
 * Says in its type what is exposed on it.
 *
 * @example
 * const createTyped = (): Worker & Exposing<{ double(op: Cancelable, value: number): number }> => new Worker(url);
 */
export interface Exposing<Functions> {
  readonly [functions]?: Functions;
}

/**
 * What `expose` returns: call it to stop. Its type is what the other side needs to know.
 *
 * @example
 * const api = expose({ double: (op, value: number) => value * 2 });
 * export type Api = typeof api;
 */
export interface Exposed<Functions> extends Exposing<Functions> {
  (): void;
}

/** The functions of `typeof api`, or of an object type of functions. */
export type FunctionsOf<Api> = Api extends (() => void) & Exposing<infer Functions> ? NonNullable<Functions> : Api;

/**
 * A worker of which the compiler knows the functions.
 *
 * @example
 * import type { Api } from './hash.worker.ts';
 * const worker: TypedWorker<Api> = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
 */
export type TypedWorker<Api> = Worker & Exposing<FunctionsOf<Api>>;

/**
 * The same for a shared worker.
 *
 * @example
 * const worker: TypedSharedWorker<Api> = new SharedWorker(url, { type: 'module' });
 */
export type TypedSharedWorker<Api> = SharedWorker & Exposing<FunctionsOf<Api>>;

/**
 * The same for a port, of an iframe, say.
 *
 * @example
 * const port: TypedPort<Api> = channel.port1;
 */
export type TypedPort<Api> = MessagePort & Exposing<FunctionsOf<Api>>;

/** What is known of the functions of a worker; `unknown` when nothing is. */
export type Known<W> =
  W extends Exposing<infer Functions> ? (unknown extends Functions ? unknown : NonNullable<Functions>) : unknown;

/**
 * The names that a worker, a port or a pool exposes; any string when its type does not say.
 *
 * @example
 * const name: NameIn<typeof worker> = 'hash';
 */
export type NameIn<W> = unknown extends Known<W> ? string : keyof Known<W> & string;

/**
 * What a function there takes, without the operation; a list of anything when the type does not say.
 *
 * @example
 * const args: ArgumentsOf<typeof worker, 'hash'> = [file];
 */
export type ArgumentsOf<W, Name> =
  unknown extends Known<W>
    ? readonly unknown[]
    : Name extends keyof Known<W>
      ? Known<W>[Name] extends (op: never, ...args: infer Arguments) => unknown
        ? Readonly<Arguments>
        : readonly []
      : never;

/**
 * What comes of a function there; `unknown` when the type does not say.
 *
 * @example
 * const hashes: ResultOf<typeof worker, 'hash'>[] = [];
 */
export type ResultOf<W, Name> =
  unknown extends Known<W>
    ? unknown
    : Name extends keyof Known<W>
      ? Known<W>[Name] extends (...args: never) => infer Result
        ? BodyValue<Result>
        : never
      : never;
