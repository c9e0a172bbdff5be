import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, anyOf, Cancelable, waitFor, type CustomSource, type Source } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

/** A combination as a formula: it holds when its members do; a leaf holds from the first time that it has fired. */
type Formula = number | { readonly combine: typeof anyOf; readonly parts: readonly Formula[] };

const leafCount = 6;
const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.nat(leafCount - 1),
    fc.record({
      combine: fc.constantFrom(anyOf, allOf),
      parts: fc.array(tie('formula'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).formula;
const events = fc.array(fc.nat(leafCount - 1), { maxLength: 12 });
const atOnce = fc.uniqueArray(fc.nat(leafCount - 1), { maxLength: 2 });

function holds(formula: Formula, fired: ReadonlySet<number>): boolean {
  if (typeof formula === 'number') return fired.has(formula);
  const part = (each: Formula): boolean => holds(each, fired);
  return formula.combine === anyOf ? formula.parts.some(part) : formula.parts.every(part);
}

/** Sources that the test fires; those of `early` do so, twice, while they are started. One may stand in several places. */
function createLeaves(early: readonly number[]) {
  const lives: Array<{ leaf: number; fire: () => void; signal: AbortSignal; stops: number }> = [];
  const sources = Array.from({ length: leafCount }, (_, leaf): CustomSource => {
    const start: CustomSource['start'] = (fire, { signal }) => {
      const life = { leaf, fire, signal, stops: 0 };
      lives.push(life);
      if (early.includes(leaf)) for (let time = 0; time < 2; time += 1) fire();
      return () => {
        life.stops += 1;
      };
    };
    return { start };
  });
  const toSource = (formula: Formula): Source =>
    typeof formula === 'number' ? sources[formula]! : formula.combine(...formula.parts.map(toSource));
  const fire = (leaf: number): void => lives.filter((life) => life.leaf === leaf).forEach((life) => life.fire());
  const areOver = (): boolean => lives.every(({ stops, signal }) => stops === 1 && signal.aborted);
  return { toSource, fire, areOver };
}

describe('a combination of any shape', () => {
  it('cancels in the very step in which it holds, and each start is stopped once [cases 144, 149, 150, 151]', async () => {
    await fc.assert(
      fc.asyncProperty(formulas, atOnce, events, async (formula, early, late) => {
        const { toSource, fire, areOver } = createLeaves(early);
        const fired = new Set(early);
        const op = new Cancelable({ sources: [toSource(formula)] });
        const run = op.settle(untilCanceled);
        expect(op.isCanceled).toBe(holds(formula, fired));
        for (const leaf of late) {
          fire(leaf);
          expect(op.isCanceled).toBe(holds(formula, fired.add(leaf)));
        }
        op.cancel();
        await run;
        expect(areOver()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('opens a gate when it holds, and not before', async () => {
    await fc.assert(
      fc.asyncProperty(formulas, atOnce, events, async (formula, early, late) => {
        const { toSource, fire, areOver } = createLeaves(early);
        const op = new Cancelable();
        const run = op.settle(() => waitFor(toSource(formula)));
        for (const leaf of late) fire(leaf);
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        expect(op.isCompleted).toBe(holds(formula, new Set([...early, ...late])));
        op.cancel();
        await run;
        expect(areOver()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
