import axe from 'axe-core';
import { expect } from 'vitest';
import { page } from 'vitest/browser';

/** Has axe look at the whole page in the light, and at its colors in the dark too. */
export async function expectNoFaults(): Promise<void> {
  await choose('Dark');
  expect(await faults({ runOnly: ['color-contrast'] }), 'what axe finds wrong with the dark page').toEqual([]);
  await choose('Light');
  expect(await faults({}), 'what axe finds wrong with the light page').toEqual([]);
}

async function choose(theme: string): Promise<void> {
  await page.getByRole('radio', { name: theme }).click();
  // Until colors that change have changed. What turns forever is not waited for.
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

async function faults(options: axe.RunOptions): Promise<string[]> {
  const { violations, incomplete } = await axe.run(document, options);
  return [...violations, ...incomplete].flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
