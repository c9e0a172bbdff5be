import * as fc from 'fast-check';
import { expect, onTestFinished, vi } from 'vitest';
import { program } from './interleavingPrograms.ts';
import { Tally, Watch } from './interleavingWatch.ts';
import { isKnown, type World } from './interleavingWorld.ts';

/** Carries out up to 3,000 random programs, no longer than that many seconds; none may show a fault. Returns how many. */
export async function carryOutPrograms(WorldOf: typeof World, seconds: number): Promise<number> {
  // A body that throws after its operation has failed from elsewhere has nobody else to tell.
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  onTestFinished(() => void vi.unstubAllGlobals());
  const tally = new Tally();
  let programs = 0;
  await fc.assert(
    fc.asyncProperty(program, async (steps) => {
      const watch = new Watch(tally);
      await new WorldOf(watch).carryOut(steps);
      programs += 1;
      expect([...watch.faults]).toEqual([]);
    }),
    { numRuns: 3000, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false },
  );

  console.info(
    `${programs} programs, ${tally.looks} looks, ${tally.restored} restored, ${tally.between} from one to another`,
  );
  expect(reported.filter((error) => !isKnown(error))).toEqual([]);
  // The programs do interleave, and there is something to be seen in them.
  expect(tally.restored / programs).toBeGreaterThan(5);
  expect(tally.between / programs).toBeGreaterThan(2);
  return programs;
}
