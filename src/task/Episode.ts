import { ignore, task } from '../base/jobs.js';
import { reportError } from '../base/reportError.js';
import { Cancelable } from '../cancelable/Cancelable.js';
import type { OperationOptions } from '../operation/options.js';
import { runFor } from '../operation/run.js';

/** One episode of a scope: from the first run in it until one turn after the last has settled. */
export class Episode {
  readonly operation: Cancelable;
  readonly #held = new Map<Cancelable, () => boolean>();
  #end!: () => void;
  readonly #idle = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(options: OperationOptions) {
    this.operation = new Cancelable(options);
  }

  /** `letGo` is called when its run has settled. */
  begin(letGo: (() => void) | undefined): void {
    // A failure is that of a source that does not start, or of an operation that was spawned in it: nobody else knows.
    this.operation.onError((_context, error) => reportError(error));
    runFor(this.operation, () => this.#idle, letGo ?? ignore);
    this.#endWhenIdle();
  }

  /** Keeps it open until the operation is let go, and one turn longer. Returns how to let it go. */
  hold(operation: Cancelable, stays: () => boolean): () => void {
    this.#held.set(operation, stays);
    return () => {
      this.#held.delete(operation);
      this.#endWhenIdle();
    };
  }

  /** What stays of all that is held. */
  staying(): Cancelable[] {
    return [...this.#held].filter(([, stays]) => stays()).map(([operation]) => operation);
  }

  #endWhenIdle(): void {
    if (this.#held.size > 0) return;
    task(() => {
      if (this.#held.size === 0) this.#end();
    });
  }
}
