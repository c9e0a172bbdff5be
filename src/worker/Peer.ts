import { waitForLock } from './locks.js';
import type { Ready } from './protocol.js';

/** Who is exposed on the other side, as far as is known, and whether he is still there. */
export class Peer {
  readonly #onGone: () => void;
  #seat: string | undefined;
  #lock: string | undefined;
  #stopWatching: (() => void) | undefined;

  /** `onGone` is called while he is watched. */
  constructor(onGone: () => void) {
    this.#onGone = onGone;
  }

  get seat(): string | undefined {
    return this.#seat;
  }

  /** His end would be noticed. */
  get hasLock(): boolean {
    return this.#lock !== undefined;
  }

  meet({ seat, lock }: Ready): void {
    if (seat !== this.#seat) this.forget();
    this.#seat = seat;
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
    this.#seat = undefined;
    this.#lock = undefined;
  }
}
