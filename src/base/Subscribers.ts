import { withListener, withoutListener, type Listeners } from './listeners.js';

/** Who wants to be told of a change of a store: a framework's listeners, not a user's. */
export class Subscribers {
  #list: Listeners<() => void> = undefined;

  get isEmpty(): boolean {
    return this.#list === undefined;
  }

  /** Returns how to end it; ending it twice does nothing. */
  add(listener: () => void): () => void {
    const entry = (): void => listener(); // the same function may be added twice
    this.#list = withListener(this.#list, entry);
    return () => {
      this.#list = withoutListener(this.#list, entry);
    };
  }

  /**
   * Calls them all. The first error is thrown when all have been called: React stops an effect that renders without end by
   * throwing out of its listener.
   */
  notify(): void {
    let failed = false;
    let failure: unknown;
    for (const listener of this.#list ?? []) {
      try {
        listener();
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
      }
    }
    if (failed) throw failure;
  }
}
