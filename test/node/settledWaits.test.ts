import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

// In a function of its own: a variable of the test would hold what is waited for.
async function waitForThing(op: Cancelable): Promise<WeakRef<object>> {
  const thing = { name: 'thing' };
  await op.wait(Promise.resolve(thing));
  return new WeakRef(thing);
}

describe('an operation that runs on', () => {
  it('holds nothing of the waits that have settled', async () => {
    const op = new Cancelable();
    const run = op.settle((self) => self.wait(new Promise<never>(() => {})));
    const things = await Promise.all(Array.from({ length: 50 }, () => waitForThing(op)));
    const left = (): number => things.filter((thing) => thing.deref() !== undefined).length;
    for (let round = 0; round < 20 && left() > 0; round += 1) {
      // In a task of its own, so that no stack and no WeakRef of this job holds anything.
      await new Promise((resolve) => setTimeout(resolve));
      collectGarbage();
    }
    expect(left()).toBe(0);
    op.cancel();
    await run;
  });
});
