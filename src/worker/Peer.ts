import { waitForLock } from './locks.js';
import type { Ready } from './protocol.js';

/** The host on the other side, as far as is known, and whether it is still there. */
export class Peer {
  readonly #onGone: () => void;
  #host: string | undefined;
  #lock: string | undefined;
  #stopWatching: (() => void) | undefined;

  /** `onGone` is called while it is watched. */
  constructor(onGone: () => void) {
    this.#onGone = onGone;
  }

  get host(): string | undefined {
    return this.#host;
  }

  /** Its end would be noticed. */
  get hasLock(): boolean {
    return this.#lock !== undefined;
  }

  update({ host, lock }: Ready): void {
    if (host !== this.#host) this.forget();
    this.#host = host;
    this.#lock = lock;
    this.watch();
  }

  watch(): void {
    if (this.#lock === undefined || this.#stopWatching !== undefined) return;
    this.#stopWatching = waitForLock(this.#lock, this.#onGone);
  }

  unwatch(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  forget(): void {
    this.unwatch();
    this.#host = undefined;
    this.#lock = undefined;
  }
}
