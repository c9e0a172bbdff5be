import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

// Chromium is started with --expose-gc.
const { gc } = globalThis as { gc?: (options: { execution: 'async' }) => Promise<void> };

const forever = (): Promise<never> => new Promise<never>(() => {});

/** How many of the objects are left after several rounds of collecting garbage. */
async function countLeft(references: ReadonlyArray<WeakRef<object>>): Promise<number> {
  for (let round = 0; round < 8; round += 1) {
    // In a task of its own, so that no stack and no WeakRef of this job holds anything.
    await new Promise((resolve) => setTimeout(resolve));
    await gc!({ execution: 'async' });
  }
  return references.filter((reference) => reference.deref() !== undefined).length;
}

describe('the garbage collector', () => {
  it('takes combined operations that have ended, though a member runs on [case 139]', async () => {
    const long = new Cancelable();
    const run = long.settle(forever);
    const ended = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const combined = long.combine(new Cancelable());
        await combined.run(() => 1);
        return new WeakRef(combined);
      }),
    );
    expect(await countLeft(ended)).toBe(0);
    long.cancel();
    await run;
  });

  it('leaves a member alone that only the combined operation holds, so that its parent still cancels it', async () => {
    const parent = new Cancelable();
    const parentRun = parent.settle(forever);
    const combined = new Cancelable().combine(parent.child());
    const run = combined.settle(forever);
    expect(await countLeft(parent.children.map((child) => new WeakRef(child)))).toBe(1);
    parent.cancel('left');
    expect([combined.reason, combined.isCanceled]).toEqual(['parent', true]);
    await Promise.all([run, parentRun]);
  });
});
