import { Subscribers } from '../base/Subscribers.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
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

const longestTimer = 2 ** 31 - 1; // 24 days: a longer throttle shows changes of status alone

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
 * change of status is told at once.
 */
export class ProgressStore {
  readonly #source: ProgressSource;
  readonly #throttle: number | undefined;
  #view: ProgressView = idle;
  #progress: Progress | undefined;
  readonly #subscribers = new Subscribers();
  #unwatch: (() => void) | undefined;
  #callOff: (() => void) | undefined;

  constructor(source: ProgressSource, throttle?: number) {
    this.#source = source;
    this.#throttle = throttle;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const remove = this.#subscribers.add(listener);
    this.#unwatch ??= this.#source.watch(() => this.#onChange());
    this.#refresh();
    return () => {
      remove();
      if (!this.#subscribers.isEmpty) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#stopWaiting();
    };
  };

  /** What was told last; the present state while nobody listens. */
  readonly getView = (): ProgressView => {
    if (this.#subscribers.isEmpty) this.#refresh();
    return this.#view;
  };

  #onChange(): void {
    const status = this.#source.operation?.status ?? 'idle';
    if (status !== this.#view.status) this.#tell();
    else this.#callOff ??= this.#wait(() => this.#tell());
  }

  #wait(callback: () => void): () => void {
    if (this.#throttle === undefined) return onNextFrame(callback);
    const timer = this.#throttle > longestTimer ? undefined : setTimeout(callback, this.#throttle);
    return () => clearTimeout(timer);
  }

  #stopWaiting(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  #tell(): void {
    this.#stopWaiting();
    if (!this.#refresh()) return;
    this.#subscribers.notify();
  }

  /** True if the view has changed. */
  #refresh(): boolean {
    const { operation } = this.#source;
    const status = operation?.status ?? 'idle';
    const progress = operation?.progress;
    if (progress === this.#progress && status === this.#view.status) return false;
    this.#progress = progress;
    this.#view = progress === undefined ? idle : Object.freeze({ status, ...progress });
    return true;
  }
}
