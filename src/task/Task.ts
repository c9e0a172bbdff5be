import { job } from '../base/jobs.js';
import { Subscribers } from '../base/Subscribers.js';
import { Cancelable, type Body, type GeneratorBody } from '../cancelable/Cancelable.js';
import type { Awaitable } from '../operation/awaitable.js';
import { cancelAll } from '../operation/cascade.js';
import { checkRequest } from '../operation/request.js';
import type { Outcome } from '../operation/outcome.js';
import { prepareRun } from '../operation/run.js';
import type { CancelRequest } from '../operation/types.js';
import { withoutEvent, type EventLike } from './event.js';
import type { Lifetime } from './lifetime.js';
import type { TaskOptions } from './options.js';
import { decide, defaultConcurrency, vacancies, type Load } from './policies.js';
import type { Scope } from './Scope.js';
import { stateOf, type CompletedState, type OperationState } from './state.js';

/** Where the operations of a task belong. */
export interface TaskPlace {
  /** Its present operation becomes the parent of a run, unless that lives as long as the page. */
  readonly scope?: Scope | undefined;
  /** The parent where there is no scope. */
  readonly parent?: Cancelable | null | undefined;
  /** Tells whether a run stays when its scope cancels what does not. */
  readonly stays?: (() => boolean) | undefined;
}

/** Whatever a task may run: a body, plain or as a generator. */
export type AnyBody<T> = Body<T> | GeneratorBody<T>;

type WithData<State, Data> = State extends CompletedState
  ? State & { readonly data: Data }
  : State & { readonly data: Data | undefined };

/**
 * What is known of a task: an immutable snapshot, a new one when something changed.
 *
 * @example
 * const describe = (state: TaskState<Row[]>) => (state.isCanceled ? state.message : `${state.data?.length ?? 0} rows`);
 */
export type TaskState<Data> = WithData<OperationState, Data> & {
  /** Value of the last run that completed; it stays while the next one runs. */
  readonly data: Data | undefined;
  /** How many runs wait for their turn. */
  readonly queued: number;
};

interface Run {
  readonly operation: Cancelable;
  readonly begin: () => void;
  readonly lifetime: Lifetime;
}

const never = (): boolean => false;

/** The promise of a run that can't start. */
function refuse(operation: Cancelable, body: unknown, kind: 'run' | 'settle'): Awaitable<unknown> {
  return kind === 'run' ? operation.run(body as Body<unknown>) : operation.settle(body as Body<unknown>);
}

/**
 * Starts a new operation for every run, as its policy has it, and keeps what a view wants to know. It knows no framework.
 */
export class Task<Data> {
  readonly #options: () => TaskOptions & { readonly lifetime?: Lifetime | undefined };
  readonly #place: TaskPlace;
  readonly #subscribers = new Subscribers();
  /** Have started and not ended; the oldest first. */
  #active: readonly Run[] = [];
  #waiting: readonly Run[] = [];
  /** Have started, and their promise has not settled: those that were canceled may still unwind. */
  readonly #unsettled = new Set<Run>();
  #last: Cancelable | undefined;
  #data: Data | undefined;
  #state: TaskState<Data> | undefined;

  /** The options are read for each run. */
  constructor(options: () => TaskOptions & { readonly lifetime?: Lifetime | undefined }, place: TaskPlace = {}) {
    this.#options = options;
    this.#place = place;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#subscribers.add(listener);

  readonly getSnapshot = (): TaskState<Data> => (this.#state ??= this.#createState());

  readonly run = <T extends Data>(body: AnyBody<T>): Awaitable<T> => this.#take(body, 'run') as Awaitable<T>;

  readonly settle = <T extends Data>(body: AnyBody<T>): Awaitable<Outcome<T>> =>
    this.#take(body, 'settle') as Awaitable<Outcome<T>>;

  /** Cancels all that runs or waits. True if there was something. */
  readonly cancel = (request?: string | CancelRequest | EventLike): boolean =>
    this.#cancel([...this.#active, ...this.#waiting], checkRequest('cancel', withoutEvent(request)));

  /** The component has gone: cancels what does not live longer. */
  leave(request: CancelRequest): void {
    this.#cancel(
      [...this.#active, ...this.#waiting].filter(({ lifetime }) => lifetime === 'component'),
      request,
    );
  }

  /** Cancels what runs or waits and forgets what was. */
  readonly reset = (): void => {
    const runs = [...this.#active, ...this.#waiting];
    this.#active = [];
    this.#last = undefined;
    this.#data = undefined;
    this.#cancel(runs, { message: 'The task was reset' });
    this.#publish();
  };

  #take(body: unknown, kind: 'run' | 'settle'): Awaitable<unknown> {
    const { policy = 'restart', maxConcurrency, lifetime = 'component', ...options } = this.#options();
    // What is no body is refused by the run itself, and must change nothing else.
    if (typeof body !== 'function') return refuse(new Cancelable({ parent: null }), body, kind);
    const { action, running, waiting } = decide(policy, maxConcurrency ?? defaultConcurrency(policy), this.#load);
    if (action === 'drop') {
      const dropped = new Cancelable({ ...options, parent: null });
      dropped.cancel({ reason: 'dropped', message: 'Not started: another run is on' });
      return refuse(dropped, body, kind);
    }
    const superseded = [...this.#active.slice(0, running), ...this.#waiting.slice(0, waiting)];
    const { scope, parent = null, stays = never } = this.#place;
    const episode = lifetime === 'app' ? undefined : scope?.enter();
    const operation = new Cancelable({ ...options, parent: episode?.operation ?? parent });
    const letGo = episode?.hold(operation, stays);
    const prepared = prepareRun(operation, body as Body<unknown>, kind, () => {
      this.#settled(run);
      letGo?.();
    });
    const run: Run = { operation, begin: prepared.begin, lifetime };
    const ended = (): void => this.#ended(run);
    operation.onComplete(ended).onCancel(ended).onError(ended);
    // The new one is published first: whoever is told of the old one's end finds its successor.
    if (action === 'wait') this.#waiting = [...this.#waiting, run];
    else this.#active = [...this.#active.filter((other) => !superseded.includes(other)), run];
    this.#state = undefined;
    this.#cancel(superseded, { reason: 'superseded', message: 'A newer run took over' });
    // A callback of those may have canceled this one, too.
    if (action === 'start') this.#start(run);
    this.#publish();
    return prepared.promise;
  }

  get #load(): Load {
    return { running: this.#active.length, unsettled: this.#unsettled.size, waiting: this.#waiting.length };
  }

  #start(run: Run): void {
    this.#unsettled.add(run);
    run.begin();
  }

  #cancel(runs: readonly Run[], request: CancelRequest): boolean {
    return (
      cancelAll(
        runs.map(({ operation }) => operation),
        request,
      ) > 0
    );
  }

  /** Told in the step in which its status became a terminal one. */
  #ended(run: Run): void {
    if (this.#waiting.includes(run)) {
      this.#waiting = this.#waiting.filter((other) => other !== run);
      // It never starts; beginning it settles its promise. Not here: those who observe it have not been told yet.
      job(run.begin);
    } else if (this.#active.includes(run)) {
      this.#active = this.#active.filter((other) => other !== run);
      this.#last = run.operation;
      // The value of a completed run is what its body has returned, so it is Data.
      if (run.operation.isCompleted) this.#data = run.operation.execution!.value as Data;
    } else return;
    this.#publish();
  }

  /** Told in the step in which its promise is settled: the next in the queue gets its turn. */
  #settled(run: Run): void {
    this.#unsettled.delete(run);
    // In a job of its own: a queue of bodies that return at once must not recurse.
    if (this.#waiting.length > 0) job(() => this.#startWaiting());
  }

  #startWaiting(): void {
    const { policy = 'restart', maxConcurrency } = this.#options();
    const count = vacancies(maxConcurrency ?? defaultConcurrency(policy), this.#load);
    if (count === 0) return;
    const runs = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#active = [...this.#active, ...runs];
    for (const run of runs) this.#start(run);
    this.#publish();
  }

  #publish(): void {
    this.#state = undefined;
    this.#subscribers.notify();
  }

  #createState(): TaskState<Data> {
    const operation = this.#active.at(-1)?.operation ?? this.#last;
    const state = { ...stateOf(operation), data: this.#data, queued: this.#waiting.length };
    return Object.freeze(state) as TaskState<Data>; // what has completed has left its data
  }
}

/** Nothing has run. */
export const idleTask: TaskState<never> = /* @__PURE__ */ new Task<never>(() => ({})).getSnapshot();
