import { job } from '../base/jobs.js';
import { isSettled, type Operation } from '../operation/node.js';
import { snapshotOf, type OperationSnapshot } from './snapshot.js';

/** A place in the list. */
export interface Entry {
  /** The operation, but for a pending one, which may be dropped: that is known weakly. */
  held: Operation | undefined;
  weak: WeakRef<Operation> | undefined;
  /** Stays listed after its end. */
  keep: boolean;
  /** Of the present state, once somebody has asked. */
  snapshot: OperationSnapshot | undefined;
}

/** What a registry lists, in the order in which it was registered. */
export class Entries {
  readonly #entries = new Set<Entry>();
  readonly #entryOf = new WeakMap<Operation, Entry>();
  readonly #onGone: () => void;
  #collected: FinalizationRegistry<Entry> | undefined;

  /** @param onGone - A pending operation that was dropped has left the list. */
  constructor(onGone: () => void) {
    this.#onGone = onGone;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  of(operation: Operation): Entry | undefined {
    return this.#entryOf.get(operation);
  }

  add(operation: Operation, keep: boolean): void {
    const entry: Entry = { held: operation, weak: undefined, keep, snapshot: undefined };
    this.#entries.add(entry);
    this.#entryOf.set(operation, entry);
    // Most start in the job that made them.
    if (!keep) job(() => this.#weaken(entry));
  }

  remove(operation: Operation): void {
    const entry = this.#entryOf.get(operation);
    if (entry === undefined) return;
    this.#entryOf.delete(operation);
    this.#forget(entry);
  }

  operations(): Operation[] {
    const found: Operation[] = [];
    for (const entry of this.#entries) {
      const operation = entry.held ?? entry.weak?.deref();
      if (operation !== undefined) found.push(operation);
    }
    return found;
  }

  snapshots(): readonly OperationSnapshot[] {
    return Object.freeze(
      this.operations().map((operation) => (this.of(operation)!.snapshot ??= snapshotOf(operation))),
    );
  }

  #weaken(entry: Entry): void {
    const { held, keep } = entry;
    if (held === undefined || keep || held.execution !== undefined || isSettled(held)) return;
    entry.held = undefined;
    entry.weak = new WeakRef(held);
    this.#collected ??= new FinalizationRegistry((gone) => {
      if (this.#forget(gone)) this.#onGone();
    });
    this.#collected.register(held, entry);
  }

  // An entry that is forgotten must not hold its operation: it is in the FinalizationRegistry as long as that lives.
  #forget(entry: Entry): boolean {
    entry.held = undefined;
    entry.snapshot = undefined;
    return this.#entries.delete(entry);
  }
}
