interface Entry {
  readonly deadline: number;
  index: number;
}

/** Deadlines of the hand-written limit: a binary heap and one timer for the earliest. */
export class LimitQueue<T extends Entry> {
  readonly #heap: T[] = [];
  readonly #onDue: (entry: T) => void;
  #firesAt = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined = undefined;

  constructor(onDue: (entry: T) => void) {
    this.#onDue = onDue;
  }

  add(entry: T): void {
    this.#heap.push(entry);
    this.#rise(entry, this.#heap.length - 1);
    // A timer that fires too early arms again: leaving it is cheaper than setting another for each entry.
    if (entry.deadline < this.#firesAt) this.#arm(entry.deadline);
  }

  remove(entry: T): void {
    const { index } = entry;
    entry.index = -1;
    const last = this.#heap.pop()!;
    if (last === entry) return;
    this.#rise(last, index);
    this.#sink(last, last.index);
  }

  #arm(deadline: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = deadline;
    this.#timer = setTimeout(() => this.#fire(), deadline - performance.now());
  }

  #fire(): void {
    const now = performance.now();
    while (this.#heap.length > 0 && this.#heap[0]!.deadline <= now) {
      const due = this.#heap[0]!;
      this.remove(due);
      this.#onDue(due);
    }
    this.#firesAt = Infinity;
    if (this.#heap.length > 0) this.#arm(this.#heap[0]!.deadline);
  }

  #rise(entry: T, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (this.#heap[above]!.deadline <= entry.deadline) break;
      this.#place(this.#heap[above]!, index);
      index = above;
    }
    this.#place(entry, index);
  }

  #sink(entry: T, from: number): void {
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= this.#heap.length) break;
      if (below + 1 < this.#heap.length && this.#heap[below + 1]!.deadline < this.#heap[below]!.deadline) below += 1;
      if (this.#heap[below]!.deadline >= entry.deadline) break;
      this.#place(this.#heap[below]!, index);
      index = below;
    }
    this.#place(entry, index);
  }

  #place(entry: T, index: number): void {
    this.#heap[index] = entry;
    entry.index = index;
  }
}
