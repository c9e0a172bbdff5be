import { type Cancelable } from 'use-cancelable';

/** Real work of a known size: counts in steps and reports each. */
export async function count(op: Cancelable, steps = 100, pause = 20): Promise<number> {
  for (let current = 1; current <= steps; current += 1) {
    await op.sleep(pause);
    op.context.partialResult = current;
    op.report(`Step ${current}`, { current, total: steps });
  }
  return steps;
}

/** Work that cannot say how far it is. */
export async function think(op: Cancelable, duration = 400): Promise<number> {
  op.report('Thinking');
  await op.sleep(duration);
  return duration;
}
