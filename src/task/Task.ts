import { Subscribers } from '../base/Subscribers.js';
import { Cancelable, type Body, type GeneratorBody } from '../cancelable/Cancelable.js';
import type { Awaitable } from '../operation/awaitable.js';
import { cancelAll } from '../operation/cascade.js';
import type { OperationOptions } from '../operation/options.js';
import { checkRequest } from '../operation/request.js';
import type { Outcome } from '../operation/outcome.js';
import type { CancelRequest } from '../operation/types.js';
import { withoutEvent, type EventLike } from './event.js';
import { decide, type Policy } from './policies.js';
import type { Scope } from './Scope.js';
import { stateOf, type OperationState } from './state.js';

export interface TaskOptions extends Omit<OperationOptions, 'id' | 'parent'> {
  /**
   * What happens to a run that is asked for while another is on: `restart` cancels the older one (`superseded`), `drop`
   * does not start the newer one (`dropped`), `parallel` lets both run. Default: `restart`.
   */
  readonly policy?: Policy | undefined;
}

/** Whatever a task may run: a body, plain or as a generator. */
export type AnyBody<T> = Body<T> | GeneratorBody<T>;

/** What is known of a task: an immutable snapshot, a new one when something changed. */
export interface TaskState<Data> extends OperationState {
  /** Value of the last run that completed; it stays while the next one runs. */
  readonly data: Data | undefined;
}

/**
 * Starts a new operation for every run, as its policy has it, and keeps what a view wants to know. It knows no framework.
 */
export class Task<Data> {
  readonly #scope: Scope | undefined;
  readonly #options: () => TaskOptions;
  readonly #stays: () => boolean;
  readonly #subscribers = new Subscribers();
  #active: readonly Cancelable[] = [];
  #last: Cancelable | undefined;
  #data: Data | undefined;
  #state: TaskState<Data> | undefined;

  /**
   * The options are read for each run; the scope's present operation becomes its parent. `stays` tells whether a run stays
   * when its scope cancels what does not.
   */
  constructor(scope: Scope | undefined, options: () => TaskOptions, stays: () => boolean = () => false) {
    this.#scope = scope;
    this.#options = options;
    this.#stays = stays;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#subscribers.add(listener);

  readonly getState = (): TaskState<Data> => (this.#state ??= this.#createState());

  run<T extends Data>(body: AnyBody<T>): Awaitable<T> {
    return this.#begin(body, (operation) => operation.run(body as Body<T>));
  }

  settle<T extends Data>(body: AnyBody<T>): Awaitable<Outcome<T>> {
    return this.#begin(body, (operation) => operation.settle(body as Body<T>));
  }

  /** Cancels all that runs. True if there was something. */
  readonly cancel = (request?: string | CancelRequest | EventLike): boolean =>
    cancelAll(this.#active, checkRequest('cancel', withoutEvent(request))) > 0;

  /** Cancels what runs and forgets what was. */
  readonly reset = (): void => {
    const active = this.#active;
    this.#active = [];
    this.#last = undefined;
    this.#data = undefined;
    cancelAll(active, { message: 'The task was reset' });
    this.#publish();
  };

  /** `start` runs or settles the operation that it is given. */
  #begin<Result>(body: unknown, start: (operation: Cancelable) => Result): Result {
    const { policy = 'restart', ...options } = this.#options();
    // What is no body is refused by the run itself, and must change nothing else.
    if (typeof body !== 'function') return start(new Cancelable({ parent: null }));
    const decision = decide(policy, this.#active.length);
    if (decision === 'drop') {
      const dropped = new Cancelable({ ...options, parent: null });
      dropped.cancel({ reason: 'dropped', message: 'Not started: another run is on' });
      return start(dropped);
    }
    const replaced = decision === 'replace' ? this.#active : [];
    const episode = this.#scope?.enter();
    const operation = new Cancelable({ ...options, parent: episode?.operation ?? null });
    // The new one is published first: whoever is told of the old one's end finds its successor.
    this.#active = decision === 'replace' ? [operation] : [...this.#active, operation];
    this.#state = undefined;
    const ended = (): void => this.#ended(operation);
    operation.onComplete(ended).onCancel(ended).onError(ended);
    cancelAll(replaced, { reason: 'superseded', message: 'A newer run took over' });
    const result = start(operation);
    episode?.hold(operation, this.#stays);
    this.#publish();
    return result;
  }

  #ended(operation: Cancelable): void {
    if (!this.#active.includes(operation)) return;
    this.#active = this.#active.filter((other) => other !== operation);
    this.#last = operation;
    // The value of a completed run is what its body has returned, so it is Data.
    if (operation.isCompleted) this.#data = operation.execution!.value as Data;
    this.#publish();
  }

  #publish(): void {
    this.#state = undefined;
    this.#subscribers.notify();
  }

  #createState(): TaskState<Data> {
    return Object.freeze({ ...stateOf(this.#active.at(-1) ?? this.#last), data: this.#data });
  }
}
