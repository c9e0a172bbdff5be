import * as fc from 'fast-check';

// Random programs for interleavings.test.ts: what bodies of operations may do, one step after the other.

/** What a step waits for. */
export type Material =
  | { readonly kind: 'value' }
  | { readonly kind: 'resolved' }
  | { readonly kind: 'rejected' }
  /** Settles after that many jobs. */
  | { readonly kind: 'jobs'; readonly count: number }
  | { readonly kind: 'thenable' }
  /** A promise that all bodies share; a step or the clock opens it. */
  | { readonly kind: 'gate'; readonly gate: number };

/** Where a nested operation hangs in the tree. */
export type Place = 'child' | 'current' | 'root';

export type Step = { readonly guarded: boolean } & (
  | { readonly kind: 'op.wait' | 'wait' | 'bare' | 'all' | 'wait all' | 'race' | 'then'; readonly material: Material }
  | { readonly kind: 'store' | 'return wait' | 'iterate' | 'wait of another'; readonly material: Material }
  | { readonly kind: 'other.wait' | 'cancel before await'; readonly material: Material; readonly index: number }
  | { readonly kind: 'op.sleep' | 'sleep'; readonly duration: number }
  | { readonly kind: 'yieldNow' | 'op.yield' | 'report' | 'closed' | 'throw' | 'probe' | 'call bound' }
  | { readonly kind: 'await stored' | 'wait for stored' | 'then stored' | 'open' | 'cancel'; readonly index: number }
  | { readonly kind: 'call' | 'wait for call' | 'bind' | 'spawn' | 'await spawn'; readonly steps: readonly Step[] }
  | {
      readonly kind: 'run' | 'settle' | 'generator' | 'start and leave';
      readonly place: Place;
      readonly steps: readonly Step[];
    }
);

/** Four operations, what their bodies do, and what happens from outside meanwhile. */
export interface Program {
  readonly bodies: ReadonlyArray<readonly Step[]>;
  readonly clock: ReadonlyArray<{
    readonly task: boolean;
    readonly event: 'open' | 'cancel' | 'bound';
    readonly index: number;
  }>;
}

export const operationCount = 4;
export const gateCount = 3;

const material: fc.Arbitrary<Material> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Material>({ kind: 'value' }) },
  { weight: 3, arbitrary: fc.constant<Material>({ kind: 'resolved' }) },
  { weight: 1, arbitrary: fc.constant<Material>({ kind: 'rejected' }) },
  { weight: 1, arbitrary: fc.constant<Material>({ kind: 'thenable' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('jobs' as const), count: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('gate' as const), gate: fc.nat(gateCount - 1) }) },
);

const guarded = fc.boolean();
const index = fc.nat(15);
const place = fc.constantFrom<Place>('child', 'current', 'root');

const flat: Array<fc.WeightedArbitrary<Step>> = [
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('op.wait' as const, 'wait' as const, 'wait' as const),
      material,
      guarded,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'bare' as const,
        'all' as const,
        'wait all' as const,
        'race' as const,
        'then' as const,
        'store' as const,
        'return wait' as const,
        'iterate' as const,
        'wait of another' as const,
      ),
      material,
      guarded,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('other.wait' as const, 'cancel before await' as const),
      material,
      index,
      guarded,
    }),
  },
  // Few: in a browser each costs milliseconds.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('op.sleep' as const, 'sleep' as const),
      duration: fc.constantFrom(0, 0, 1),
      guarded,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'yieldNow' as const,
        'op.yield' as const,
        'report' as const,
        'closed' as const,
        'throw' as const,
        'probe' as const,
        'probe' as const,
        'call bound' as const,
      ),
      guarded,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'await stored' as const,
        'await stored' as const,
        'wait for stored' as const,
        'then stored' as const,
        'open' as const,
        'open' as const,
        'cancel' as const,
      ),
      index,
      guarded,
    }),
  },
];

const stepsOf = fc.memo((depth): fc.Arbitrary<readonly Step[]> => {
  const choices = [...flat];
  if (depth > 1) {
    const steps = stepsOf(depth - 1);
    choices.push({
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'call' as const,
          'wait for call' as const,
          'bind' as const,
          'spawn' as const,
          'await spawn' as const,
        ),
        steps,
        guarded,
      }),
    });
    choices.push({
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('run' as const, 'settle' as const, 'generator' as const, 'start and leave' as const),
        place,
        steps,
        guarded,
      }),
    });
  }
  return fc.array(fc.oneof(...choices), { maxLength: depth === 3 ? 8 : 4 });
});

export const program: fc.Arbitrary<Program> = fc.record({
  bodies: fc.array(stepsOf(3), { minLength: operationCount, maxLength: operationCount }),
  clock: fc.array(
    fc.record({
      task: fc.boolean(),
      event: fc.constantFrom('open' as const, 'open' as const, 'cancel' as const, 'bound' as const),
      index,
    }),
    { maxLength: 8 },
  ),
});
