import type { Body, Cancelable, GeneratorBody } from '../cancelable/Cancelable.js';
import type { Awaitable } from '../operation/awaitable.js';
import type { Outcome } from '../operation/outcome.js';
import type { CancelRequest } from '../operation/types.js';
import type { EventLike } from './event.js';
import type { AnyBody, Task } from './Task.js';

/**
 * The functions are always the same: in a dependency list stand they, not the whole object.
 *
 * @example
 * const { cancel, reset }: CancelableControls = useCancelable();
 * return <button onClick={cancel}>Cancel</button>;
 */
export interface CancelableControls {
  /** Cancels all that runs or waits here. May be given to `onClick` as it is. True if there was something. */
  readonly cancel: (request?: string | CancelRequest | EventLike) => boolean;
  /** Cancels what runs or waits and goes back to `idle`, without `data`. */
  readonly reset: () => void;
}

/**
 * Takes a body, plain or as a generator function.
 *
 * @example
 * const { run }: { run: RunBody<unknown> } = useCancelable();
 * const rows = await run((op) => loadRows(op.signal));
 */
export interface RunBody<Data> {
  <T extends Data>(body: GeneratorBody<T>): Awaitable<T>;
  <T extends Data>(body: Body<T>): Awaitable<T>;
}

/**
 * The same; the end is told as an outcome.
 *
 * @example
 * const { settle }: { settle: SettleBody<unknown> } = useCancelable();
 * const outcome = await settle((op) => loadRows(op.signal));
 * if (outcome.status === 'completed') show(outcome.value);
 */
export interface SettleBody<Data> {
  <T extends Data>(body: GeneratorBody<T>): Awaitable<Outcome<T>>;
  <T extends Data>(body: Body<T>): Awaitable<Outcome<T>>;
}

/**
 * How a task without a function is run.
 *
 * @example
 * const { run, cancel }: BodyControls<Row[]> = useCancelable<Row[]>();
 * const load = () => run((op) => loadRows(op.signal));
 */
export interface BodyControls<Data> extends CancelableControls {
  /** Runs the body in a new operation. Rejects with its error, or with the CancelationError. */
  readonly run: RunBody<Data>;
  /** As `run`, but tells the end as a value and never rejects with it. */
  readonly settle: SettleBody<Data>;
}

/**
 * How a task with a function is run.
 *
 * @example
 * const save: FunctionControls<[draft: Draft], void> = createTask((op, draft: Draft) => send(draft, op.signal));
 * void save.settle(draft);
 */
export interface FunctionControls<Arguments extends readonly unknown[], Data> extends CancelableControls {
  /** Calls the function in a new operation. Rejects with its error, or with the CancelationError. */
  readonly run: (...args: Arguments) => Awaitable<Data>;
  /** As `run`, but tells the end as a value and never rejects with it. */
  readonly settle: (...args: Arguments) => Awaitable<Outcome<Data>>;
}

/** Any function that a task may have. */
export type TaskFunction = (operation: Cancelable, ...args: never[]) => unknown;

/** The functions of a task, which stay the same. `latest` is what is called; without it, what `run` is given. */
export function createControls(
  { run, settle, cancel, reset }: Task<unknown>,
  latest: () => TaskFunction | undefined,
): FunctionControls<never[], unknown> {
  const toBody = (args: readonly never[]): AnyBody<unknown> => {
    const fn = latest();
    if (fn === undefined) return args[0] as unknown as AnyBody<unknown>; // looked at by the task
    return (operation) => fn(operation, ...args);
  };
  return {
    run: (...args) => run(toBody(args)),
    settle: (...args) => settle(toBody(args)),
    cancel,
    reset,
  };
}
