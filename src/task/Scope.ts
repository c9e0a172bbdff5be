import { ignore, task } from '../base/jobs.js';
import { callSafely, withListener, withoutListener, type Listeners } from '../base/listeners.js';
import { reportError } from '../base/reportError.js';
import { Cancelable } from '../cancelable/Cancelable.js';
import { watch } from '../operation/progress.js';
import type { OperationOptions } from '../operation/options.js';
import type { ProgressCallback, StatusCallback } from '../operation/node.js';
import { checkRequest } from '../operation/request.js';
import type { CancelRequest } from '../operation/types.js';
import { withoutEvent, type EventLike } from './event.js';
import { stateOf, type OperationState } from './state.js';

export interface ScopeOptions extends Omit<OperationOptions, 'id' | 'parent' | 'children'> {
  /** Called when what runs in it was canceled as a whole. */
  readonly onCancel?: StatusCallback | undefined;
  /** Called on every report from below. */
  readonly onProgress?: ProgressCallback | undefined;
}

/** What is known of a scope: an immutable snapshot, a new one when an episode opens or ends. */
export interface ScopeState extends OperationState {
  readonly name: string | undefined;
}

/**
 * The stable place in which operations are started. It lives in episodes: its own operation opens with the first run and
 * completes one turn after the last has ended. So timeout and progress are those of what goes on now, and a run after a
 * cancel opens a new episode: a canceled page is never dead.
 */
export class Scope {
  readonly parent: Scope | undefined;
  /** 1 for the outermost. */
  readonly depth: number;
  /** Read when an episode opens. */
  options: ScopeOptions = {};
  /** Called whenever something is started in it. */
  onOpen: (() => void) | undefined;
  #operation: Cancelable | undefined;
  #end: (() => void) | undefined;
  #holds = 0;
  #listeners: Listeners<() => void> = undefined;
  #state: ScopeState | undefined;

  constructor(parent: Scope | undefined) {
    this.parent = parent;
    this.depth = (parent?.depth ?? 0) + 1;
  }

  /** Operation of the present episode, else of the last one. */
  get operation(): Cancelable | undefined {
    return this.#operation;
  }

  /** The operation of the present episode; opens one if none is on. */
  open(): Cancelable {
    this.onOpen?.();
    const above = this.parent?.open() ?? null;
    if (this.#operation !== undefined && !this.#operation.isSettled && this.#operation.parent === (above ?? undefined))
      return this.#operation;
    const { onCancel: _onCancel, onProgress: _onProgress, ...options } = this.options;
    const operation = new Cancelable({ ...options, parent: above });
    this.#operation = operation;
    this.#holds = 0;
    const publish = (): void => this.#publish();
    operation.onStart(publish).onComplete(publish).onCancel(publish).onError(publish);
    operation.onCancel((context) => this.options.onCancel?.(context));
    operation.onProgress((id, message, metadata) => this.options.onProgress?.(id, message, metadata));
    // Its failure is that of a source that does not start, or of an operation that was spawned in it: nobody else knows.
    operation.onError((_context, error) => reportError(error));
    const idle = new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    const outcome = operation.settle(() => idle);
    this.parent?.holdUntil(outcome);
    // A scope in which nothing comes to run, because the run could not be made, ends as well.
    this.#endWhenIdle();
    return operation;
  }

  /** Keeps the episode open until the promise has settled, and one turn longer. */
  holdUntil(promise: PromiseLike<unknown>): void {
    const operation = this.#operation;
    const release = (): void => {
      if (this.#operation !== operation) return;
      this.#holds -= 1;
      this.#endWhenIdle();
    };
    this.#holds += 1;
    void promise.then(release, release);
  }

  /** Cancels what runs in it. True if something did. */
  readonly cancel = (request?: string | CancelRequest | EventLike): boolean => {
    const checked = checkRequest('cancel', withoutEvent(request));
    return this.#operation?.cancel(checked) ?? false;
  };

  readonly getState = (): ScopeState =>
    (this.#state ??= Object.freeze({ name: this.options.name, ...stateOf(this.#operation) }));

  /** Calls back when an episode opens or ends. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const entry = (): void => listener();
    this.#listeners = withListener(this.#listeners, entry);
    return () => {
      this.#listeners = withoutListener(this.#listeners, entry);
    };
  };

  /** Calls back on every change of status or progress, through all episodes. */
  watch(watcher: () => void): () => void {
    let watched: Cancelable | undefined;
    let unwatch = ignore;
    const follow = (): void => {
      if (this.#operation === watched) return;
      unwatch();
      watched = this.#operation;
      unwatch = watched === undefined ? ignore : watch(watched, watcher);
      watcher();
    };
    const unsubscribe = this.subscribe(follow);
    follow();
    return () => {
      unsubscribe();
      unwatch();
    };
  }

  #endWhenIdle(): void {
    if (this.#holds > 0) return;
    const end = this.#end;
    task(() => {
      if (this.#holds === 0 && this.#end === end) end?.();
    });
  }

  #publish(): void {
    this.#state = undefined;
    for (const listener of this.#listeners ?? []) void callSafely(listener);
  }
}
