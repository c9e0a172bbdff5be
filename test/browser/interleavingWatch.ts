import { currentOperation, type Cancelable } from 'use-cancelable/core';

/** What was seen, over all programs. */
export class Tally {
  /** Looks at the current operation. */
  looks = 0;
  /** Of these, after an await that must bring it back, and it was there before. */
  restored = 0;
  /** Of these, where it was another operation than the one before. */
  between = 0;
}

/** Looks at the current operation wherever a program of interleavingWorld.ts comes along. */
export class Watch {
  /** What must never happen, in words. */
  readonly faults = new Set<string>();
  readonly #tally: Tally;
  #lastSeen: Cancelable | undefined;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** In code of the operation: the current one is that or none. Returns which. */
  look(op: Cancelable, when: string): Cancelable | undefined {
    const seen = currentOperation();
    this.#tally.looks += 1;
    if (seen !== undefined) {
      if (this.#lastSeen !== undefined && this.#lastSeen !== seen) this.#tally.between += 1;
      this.#lastSeen = seen;
    }
    if (seen !== undefined && seen !== op) this.blame('a wrong operation', when);
    return seen;
  }

  /** After an await that brings back what was there before. */
  lookAgain(op: Cancelable, before: Cancelable | undefined, when: string): void {
    const seen = this.look(op, when);
    if (before !== undefined) this.#tally.restored += 1;
    if (before !== undefined && seen === undefined) this.blame('a lost operation', when);
    if (before === undefined && seen !== undefined) this.blame('an operation from nowhere', when);
  }

  /** Where nothing can have lost it. */
  expect(op: Cancelable, when: string): void {
    if (this.look(op, when) === undefined) this.blame('a lost operation', when);
  }

  /** In code outside of operations. */
  expectNone(when: string): void {
    this.#tally.looks += 1;
    if (currentOperation() !== undefined) this.blame('an operation where there is none', when);
  }

  blame(what: string, when: string): void {
    this.faults.add(`${what} ${when}`);
  }
}
