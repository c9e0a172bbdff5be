import { ignore } from '../base/jobs.js';
import { Subscribers } from '../base/Subscribers.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { cancelAll } from '../operation/cascade.js';
import type { ProgressCallback, StatusCallback } from '../operation/node.js';
import type { OperationOptions } from '../operation/options.js';
import { checkRequest } from '../operation/request.js';
import type { CancelRequest } from '../operation/types.js';
import { watch } from '../operation/watch.js';
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
export type ScopeState = OperationState & {
  readonly name: string | undefined;
};

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
  readonly #subscribers = new Subscribers();
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

  /** The present episode; opens one if none is on. Whoever starts an operation in it says so with `hold`. */
  enter(): Episode {
    this.onOpen?.();
    const above = this.parent?.enter();
    const parent = above?.operation;
    let episode = this.#episode;
    if (episode === undefined || episode.operation.isSettled || episode.operation.parent !== parent) {
      episode = this.#open(above);
    }
    return episode;
  }

  /** Cancels what runs in it. True if something did. */
  readonly cancel = (request?: string | CancelRequest | EventLike): boolean => {
    const checked = checkRequest('cancel', withoutEvent(request));
    return this.operation?.cancel(checked) ?? false;
  };

  /** Cancels all but what stays; if nothing does, the episode as a whole. */
  cancelWhatDoesNotStay(request: CancelRequest): void {
    const staying = this.#episode?.staying() ?? [];
    if (staying.length === 0) {
      this.cancel(request);
      return;
    }
    const others = this.operation!.children.filter((child) => !staying.includes(child)); // what stays has a parent
    cancelAll(others, request);
  }

  readonly getSnapshot = (): ScopeState =>
    (this.#state ??= Object.freeze({ name: this.options.name, ...stateOf(this.operation) }));

  /** Calls back when an episode opens or ends. */
  readonly subscribe = (listener: () => void): (() => void) => this.#subscribers.add(listener);

  /** Tells those who have read another name. */
  publishName(): void {
    if (this.#state !== undefined && this.#state.name !== this.options.name) this.publish();
  }

  /** Tells those who have subscribed. */
  readonly publish = (): void => {
    this.#state = undefined;
    this.#subscribers.notify();
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

  #open(above: Episode | undefined): Episode {
    const { onCancel: _onCancel, onProgress: _onProgress, ...options } = this.options;
    const episode = new Episode({ ...options, parent: above?.operation ?? null });
    this.#episode = episode;
    const { operation } = episode;
    operation.onStart(this.publish).onComplete(this.publish).onCancel(this.publish).onError(this.publish);
    operation.onCancel((context) => this.options.onCancel?.(context));
    operation.onProgress((id, message, metadata) => this.options.onProgress?.(id, message, metadata));
    episode.begin(above?.hold(operation, () => episode.staying().length > 0));
    return episode;
  }
}
