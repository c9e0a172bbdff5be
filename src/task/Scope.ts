import { ignore } from '../base/jobs.js';
import { callAll, withListener, withoutListener, type Listeners } from '../base/listeners.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { cancelAll } from '../operation/cascade.js';
import type { ProgressCallback, StatusCallback } from '../operation/node.js';
import type { OperationOptions } from '../operation/options.js';
import { watch } from '../operation/progress.js';
import { checkRequest } from '../operation/request.js';
import type { CancelRequest } from '../operation/types.js';
import { Episode } from './Episode.js';
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
  options: ScopeOptions;
  /** Called whenever something is started in it. */
  onOpen: (() => void) | undefined;
  #episode: Episode | undefined;
  #listeners: Listeners<() => void> = undefined;
  #state: ScopeState | undefined;

  constructor(parent: Scope | undefined, options: ScopeOptions) {
    this.parent = parent;
    this.depth = (parent?.depth ?? 0) + 1;
    this.options = options;
  }

  /** Operation of the present episode, else of the last one. */
  get operation(): Cancelable | undefined {
    return this.#episode?.operation;
  }

  /**
   * Makes an operation in the present episode and keeps the episode open until its run has settled. Opens an episode if
   * none is on. `make` gets the episode's operation and must start what it makes. `stays` is asked when what does not stay
   * is canceled.
   */
  start<Result>(make: (parent: Cancelable) => { operation: Cancelable; result: Result }, stays: () => boolean): Result {
    this.onOpen?.();
    const episode = this.#open();
    const { operation, result } = make(episode.operation);
    episode.hold(operation, stays);
    return result;
  }

  /** Cancels what runs in it. True if something did. */
  readonly cancel = (request?: string | CancelRequest | EventLike): boolean => {
    const checked = checkRequest('cancel', withoutEvent(request));
    return this.operation?.cancel(checked) ?? false;
  };

  /** Cancels all but what stays; if nothing does, the episode as a whole. */
  cancelWhatDoesNotStay(request: CancelRequest): void {
    const staying = this.#episode?.staying() ?? [];
    if (staying.length === 0) this.cancel(request);
    else
      cancelAll(
        this.operation!.children.filter((child) => !staying.includes(child)),
        request,
      ); // staying ones have a parent
  }

  readonly getState = (): ScopeState =>
    (this.#state ??= Object.freeze({ name: this.options.name, ...stateOf(this.operation) }));

  /** Calls back when an episode opens or ends. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const entry = (): void => listener();
    this.#listeners = withListener(this.#listeners, entry);
    return () => {
      this.#listeners = withoutListener(this.#listeners, entry);
    };
  };

  /** Tells those who have read another name. */
  publishName(): void {
    if (this.#state !== undefined && this.#state.name !== this.options.name) this.publish();
  }

  /** Tells those who have subscribed. */
  readonly publish = (): void => {
    this.#state = undefined;
    callAll(this.#listeners);
  };

  /** Calls back on every change of status or progress, through all episodes. */
  watch(watcher: () => void): () => void {
    let watched: Cancelable | undefined;
    let unwatch = ignore;
    const follow = (): void => {
      const { operation } = this;
      if (operation === undefined || operation === watched) return;
      unwatch();
      watched = operation;
      unwatch = watch(operation, watcher);
      watcher();
    };
    const unsubscribe = this.subscribe(follow);
    follow();
    return () => {
      unsubscribe();
      unwatch();
    };
  }

  #open(): Episode {
    const { parent } = this;
    if (parent === undefined) return this.#openUnder(null);
    return parent.start(
      (above) => {
        const result = this.#openUnder(above);
        return { operation: result.operation, result };
      },
      () => this.#episode!.staying().length > 0,
    );
  }

  #openUnder(above: Cancelable | null): Episode {
    const present = this.#episode;
    if (present !== undefined && !present.operation.isSettled && present.operation.parent === (above ?? undefined))
      return present;
    const { onCancel: _onCancel, onProgress: _onProgress, ...options } = this.options;
    const episode = new Episode({ ...options, parent: above });
    this.#episode = episode;
    const { operation } = episode;
    operation.onStart(this.publish).onComplete(this.publish).onCancel(this.publish).onError(this.publish);
    operation.onCancel((context) => this.options.onCancel?.(context));
    operation.onProgress((id, message, metadata) => this.options.onProgress?.(id, message, metadata));
    episode.begin();
    return episode;
  }
}
