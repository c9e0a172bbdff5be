import { outOfRange, wrongType } from '../base/checks.js';
import type { Body } from '../operation/body.js';
import { concurrencyOf, type GroupOptions, type GroupPlan } from './groupPlan.js';
import { openSource } from './openSource.js';

/** All of them, as `Promise.all`. */
export function planAll(bodies: unknown, options: GroupOptions | undefined): GroupPlan {
  const concurrency = concurrencyOf('all', options);
  return planBodies('all', bodies, concurrency);
}

/** The first that ends, as `Promise.race`. None would never end, so that is refused. */
export function planRace(bodies: unknown): GroupPlan {
  const plan = planBodies('race', bodies, Infinity);
  if (plan.reader.total === 0) throw outOfRange('The functions of race', 'one or more', bodies);
  return { ...plan, isRace: true };
}

function planBodies(name: string, bodies: unknown, concurrency: number): GroupPlan {
  if (!Array.isArray(bodies)) throw wrongType(`The functions of ${name}`, 'an array', bodies);
  const checked: readonly unknown[] = [...(bodies as readonly unknown[])]; // the caller's array may change
  for (const [index, body] of checked.entries()) {
    if (typeof body !== 'function') throw wrongType(`Function ${index} of ${name}`, 'a function', body);
  }
  return { reader: openSource(checked), toBody: (body) => body as Body, concurrency }; // each was checked
}
