import { expect, it } from 'vitest';
import { World as LoweredByBabel } from './interleavingWorld.ts?babel';
import { World as LoweredByTypeScript } from './interleavingWorld.ts?es5';
import { World as LoweredBySwc } from './interleavingWorld.ts?swc';
import { carryOutPrograms } from './interleavingRuns.ts';

const worlds = {
  'TypeScript to ES5': LoweredByTypeScript,
  'Babel with regenerator': LoweredByBabel,
  SWC: LoweredBySwc,
};

for (const [compiler, World] of Object.entries(worlds)) {
  it(
    `is never the wrong operation and never lost after a wait in code lowered by ${compiler}`,
    { timeout: 30_000 },
    async () => {
      // It is what it says: no class and no async function is left.
      for (const lowered of [World, World.prototype.carryOut]) expect(String(lowered)).toMatch(/^function/);
      expect(await carryOutPrograms(World, 3)).toBeGreaterThan(50);
    },
  );
}
