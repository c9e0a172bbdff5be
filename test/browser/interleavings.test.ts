import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { program } from './interleavingPrograms.ts';
import { Tally, Watch } from './interleavingWatch.ts';
import { isKnown, World } from './interleavingWorld.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it(
  'is never the wrong operation and never lost after a wait, however bodies interleave',
  { timeout: 60_000 },
  async () => {
    // A body that throws after its operation has failed from elsewhere has nobody else to tell.
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const tally = new Tally();
    let programs = 0;
    await fc.assert(
      fc.asyncProperty(program, async (steps) => {
        const watch = new Watch(tally);
        await new World(watch).carryOut(steps);
        programs += 1;
        expect([...watch.faults]).toEqual([]);
      }),
      { numRuns: 3000, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false },
    );

    console.info(
      `${programs} programs, ${tally.looks} looks, ${tally.restored} restored, ${tally.between} from one to another`,
    );
    expect(reported.filter((error) => !isKnown(error))).toEqual([]);
    // The programs do interleave, and there is something to be seen in them.
    expect(programs).toBeGreaterThan(200);
    expect(tally.restored / programs).toBeGreaterThan(5);
    expect(tally.between / programs).toBeGreaterThan(2);
  },
);
