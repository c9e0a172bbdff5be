import { expect, it } from 'vitest';
import { carryOutPrograms } from './interleavingRuns.ts';
import { World } from './interleavingWorld.ts';

it(
  'is never the wrong operation and never lost after a wait, however bodies interleave',
  { timeout: 60_000 },
  async () => {
    expect(await carryOutPrograms(World, 10)).toBeGreaterThan(200);
  },
);
