import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTask, type Cancelable, type Outcome, type Policy } from 'use-cancelable/core';
import { createGate, type Gate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';

const policies: readonly Policy[] = ['restart', 'drop', 'enqueue', 'keepLatest', 'parallel'];

type Touch = { readonly what: 'end' | 'fail' | 'cancel' | 'clean'; readonly which: number };
type Action =
  | Touch
  | { readonly what: 'run'; readonly cleansUp: boolean }
  | { readonly what: 'cancel all' }
  | { readonly what: 'turn' };

const which = fc.nat(20);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('run' as const), cleansUp: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constantFrom<Touch['what'][]>('end', 'fail', 'cancel', 'clean'), which }),
  },
  { weight: 2, arbitrary: fc.constant({ what: 'turn' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'cancel all' as const }) },
);

/** A task whose bodies the test ends, and what was seen of them. */
class World {
  readonly gates: Gate[] = [];
  readonly cleanings: Gate[] = [];
  readonly operations: Cancelable[] = [];
  readonly begun: number[] = [];
  readonly outcomes: Promise<Outcome<number>>[] = [];
  readonly states: string[] = [];
  mostBodies = 0;
  mostRunning = 0;
  #bodies = 0;
  readonly #stop: () => void;
  readonly task;

  constructor(policy: Policy, limit: number) {
    this.task = createTask((op, index: number, cleansUp: boolean) => this.#body(op, index, cleansUp), {
      policy,
      maxConcurrency: limit,
    });
    this.#stop = this.task.subscribe(() => {
      const { status, queued, operation } = this.task.getSnapshot();
      this.states.push(`${status} ${queued} ${operation?.status}`);
    });
  }

  async #body(op: Cancelable, index: number, cleansUp: boolean): Promise<number> {
    this.begun.push(index);
    this.operations.push(op);
    this.#bodies += 1;
    this.mostBodies = Math.max(this.mostBodies, this.#bodies);
    this.mostRunning = Math.max(this.mostRunning, this.operations.filter(({ isRunning }) => isRunning).length);
    const gate = createGate();
    this.gates.push(gate);
    try {
      await op.wait(gate.promise);
      return index;
    } finally {
      try {
        if (cleansUp) await op.shield(() => this.#clean());
      } finally {
        this.#bodies -= 1;
      }
    }
  }

  #clean(): Promise<void> {
    const cleaning = createGate();
    this.cleanings.push(cleaning);
    return cleaning.promise;
  }

  async act(action: Action): Promise<void> {
    if (action.what === 'run') this.outcomes.push(this.task.settle(this.outcomes.length, action.cleansUp));
    else if (action.what === 'cancel all') this.task.cancel();
    else if (action.what === 'turn') await nextTask();
    else this.#touch(action);
  }

  #touch({ what, which }: Touch): void {
    const pick = <T>(list: readonly T[]): T | undefined => list[which % Math.max(list.length, 1)];
    if (what === 'cancel') pick(this.operations)?.cancel();
    else if (what === 'clean') pick(this.cleanings)?.open();
    else if (what === 'end') pick(this.gates)?.open();
    else pick(this.gates)?.fail(new Error('broken'));
  }

  /** Lets all end that is still on. */
  async finish(): Promise<readonly Outcome<number>[]> {
    const all = Promise.all(this.outcomes);
    let isOver = false;
    void all.then(() => (isOver = true));
    while (!isOver) {
      for (const gate of [...this.gates, ...this.cleanings]) gate.open();
      await nextTask();
    }
    this.#stop();
    return all;
  }
}

describe.each(policies)('the policy %s, whatever happens', (policy) => {
  it('settles every promise, keeps the order, and never runs more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(action, { maxLength: 40 }), async (limit, actions) => {
        const world = new World(policy, limit);
        for (const each of actions) await world.act(each);
        const outcomes = await world.finish();

        expect(world.mostRunning).toBeLessThanOrEqual(limit);
        // What waits for its turn waits for the cleaning up, too.
        const waits = policy !== 'restart' && policy !== 'drop';
        expect(waits ? world.mostBodies : world.mostRunning).toBeLessThanOrEqual(limit);
        expect(world.begun).toEqual(world.begun.toSorted((one, other) => one - other));

        const reasons = new Set(outcomes.flatMap((outcome) => (outcome.status === 'canceled' ? [outcome.reason] : [])));
        const allowed = {
          restart: ['superseded'],
          drop: ['dropped'],
          enqueue: [],
          keepLatest: ['superseded'],
          parallel: [],
        };
        expect(
          [...reasons].filter((reason) => reason !== 'manual' && !allowed[policy].includes(reason as never)),
        ).toEqual([]);
        // Only what was canceled may not have begun.
        const unbegun = outcomes.filter((_, index) => !world.begun.includes(index));
        expect(unbegun.filter(({ status }) => status !== 'canceled')).toEqual([]);

        const last = world.task.getSnapshot();
        expect(last).toMatchObject({ queued: 0, isRunning: false });
        expect(world.states.every((state) => !state.startsWith('running') || state.endsWith('running'))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
