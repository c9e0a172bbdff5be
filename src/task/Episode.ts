import { task } from '../base/jobs.js';
import { reportError } from '../base/reportError.js';
import { Cancelable } from '../cancelable/Cancelable.js';
import type { OperationOptions } from '../operation/options.js';

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

  begin(): void {
    // A failure is that of a source that does not start, or of an operation that was spawned in it: nobody else knows.
    this.operation.onError((_context, error) => reportError(error));
    void this.operation.settle(() => this.#idle);
    this.#endWhenIdle();
  }

  /** Keeps it open until the run of the operation has settled, and one turn longer. Once for each operation. */
  hold(operation: Cancelable, stays: () => boolean): void {
    const execution = operation.execution!; // it has been started
    if (execution.settled || this.#held.has(operation)) return;
    this.#held.set(operation, stays);
    // Not through the run's promise: that would mark a failure as handled.
    execution.onSettled = () => {
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
