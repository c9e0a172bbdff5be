import { Subscribers } from '../base/Subscribers.js';
import { startTimer } from '../base/timer.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { percentOf } from '../operation/progress.js';
import { noMetadata } from '../operation/progressRecord.js';
import type { Progress, Status } from '../operation/types.js';
import { onNextFrame } from './frame.js';

/**
 * How far something is and what it is doing.
 *
 * @example
 * const { status, progress, eta, message }: ProgressView = useProgress(op);
 */
export interface ProgressView extends Progress {
  readonly status: Status | 'idle';
}

/** Where the progress comes from: one operation, or whichever is the present one. */
export interface ProgressSource {
  readonly operation: Cancelable | undefined;
  watch(watcher: () => void): () => void;
}

const idle: ProgressView = Object.freeze({
  status: 'idle',
  progress: undefined,
  fraction: undefined,
  current: undefined,
  total: undefined,
  rate: undefined,
  eta: undefined,
  phase: undefined,
  message: undefined,
  metadata: noMetadata,
  isIndeterminate: false,
});

/**
 * Progress for a view: told at most once per frame, or per `throttle` milliseconds, and always of the last report. A
 * change of status is told at once. Who is told looks for himself whether something has changed that he shows: a view is
 * made only when somebody reads it.
 */
export class ProgressStore {
  readonly #source: ProgressSource;
  readonly #throttle: number | undefined;
  #view: ProgressView = idle;
  #progress: Progress | undefined;
  /** Something may have changed since the view was made. */
  #isOutdated = true;
  #toldStatus: ProgressView['status'] = 'idle';
  readonly #subscribers = new Subscribers();
  #unwatch: (() => void) | undefined;
  #callOff: (() => void) | undefined;

  constructor(source: ProgressSource, throttle?: number) {
    this.#source = source;
    this.#throttle = throttle;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const remove = this.#subscribers.add(listener);
    this.#unwatch ??= this.#source.watch(this.#onChange);
    this.#outdate();
    return () => {
      remove();
      if (!this.#subscribers.isEmpty) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#stopWaiting();
    };
  };

  /** As it was when it was told last, or first read after that; the present state while nobody listens. */
  readonly getView = (): ProgressView => {
    if (this.#isOutdated || this.#subscribers.isEmpty) this.#refresh();
    return this.#view;
  };

  /** As it is now, without a view: a bar has no use for the rest while its whole percent stays. */
  get percent(): number | undefined {
    const { operation } = this.#source;
    return operation && percentOf(operation);
  }

  /** As it is now. */
  get status(): ProgressView['status'] {
    return this.#source.operation?.status ?? 'idle';
  }

  // Called for every report; what it makes, it makes once per frame.
  readonly #onChange = (): void => {
    if (this.status !== this.#toldStatus) this.#tell();
    else this.#callOff ??= this.#wait();
  };

  #wait(): () => void {
    return this.#throttle === undefined ? onNextFrame(this.#tell) : startTimer(this.#tell, this.#throttle);
  }

  #stopWaiting(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  readonly #tell = (): void => {
    this.#stopWaiting();
    this.#outdate();
    this.#subscribers.notify();
  };

  #outdate(): void {
    this.#isOutdated = true;
    this.#toldStatus = this.status;
  }

  #refresh(): void {
    this.#isOutdated = false;
    const { status } = this;
    const progress = this.#source.operation?.progress;
    if (progress === this.#progress && status === this.#view.status) return;
    this.#progress = progress;
    this.#view = progress === undefined ? idle : Object.freeze({ status, ...progress });
  }
}
