import { createId } from '../base/ids.js';
import { holdLock, nameLock } from './locks.js';

/** By this lock the other side sees that this page, which waits for an answer, is still there. */
export class CallerLock {
  /** Nothing is to be waited for: it is held, can't be had, or is not needed. */
  isSettled = true;
  /** Of the lock that is held. */
  name: string | undefined;
  #release: (() => void) | undefined;

  hold(onSettled: () => void): void {
    this.isSettled = false;
    this.#release = holdLock(nameLock(createId()), (name) => {
      this.isSettled = true;
      this.name = name;
      onSettled();
    });
  }

  release(): void {
    this.#release?.();
    this.name = undefined;
  }
}
