import { Cancelable } from '../../../src/index.ts';

// A thousand operations, each of which reports 60 times per second and is done after ten seconds, when it begins anew. They
// stand at different places, so that in each frame about as many bars as in the next have a new whole percent.

export const barCount = 1000;
export const reportsPerSecond = 60;
const total = 10 * reportsPerSecond;
const period = 1000 / reportsPerSecond;

export interface Reports {
  readonly operations: readonly Cancelable[];
  /** How many were made so far. */
  readonly count: number;
}

/** Starts the operations, and one driver that reports for all of them. */
export function startReports(): Reports {
  const operations = Array.from({ length: barCount }, () => {
    const operation = new Cancelable({ parent: null });
    void operation.run(() => new Promise<never>(() => {}));
    return operation;
  });
  const start = performance.now();
  let tick = 0;
  const drive = (): void => {
    // What a busy page has missed is made up for: the work does not slow down because its page does.
    for (; start + tick * period <= performance.now(); tick += 1) {
      for (const [index, operation] of operations.entries()) {
        const offset = Math.floor((index * total) / barCount);
        operation.report('Receiving', { current: (tick + offset) % total, total });
      }
    }
    setTimeout(drive, start + tick * period - performance.now());
  };
  drive();
  return {
    operations,
    get count() {
      return tick * barCount;
    },
  };
}
