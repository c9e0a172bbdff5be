// A runner of its own: mitata and tinybench measure one contender after the other, in one process. A machine that slows down
// meanwhile makes the last one look bad there, and what one contender does to the engine (a class that extends Promise, a
// leak) slows down the others. Here each contender has a process or a page for itself, all live at the same time, and every
// round asks each of them for one batch, in a changing order. Batches are large because a clock in Chromium ticks every
// 0.1 ms.

export interface Contender {
  readonly name: string;
  /** Made before the clock starts. */
  prepare?(count: number): unknown;
  /** What is measured, `count` times or with `count` things. */
  measure(count: number, prepared: never): unknown;
  /** After the clock has stopped. */
  after?(prepared: never): unknown;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** How many things a batch has; absent: as many as fill the time of a batch. */
  readonly count?: number;
  readonly contenders: readonly Contender[];
}

/** What one process or page measures. */
export interface Chosen {
  readonly contender: Contender;
  readonly count: number | undefined;
}

/** Nanoseconds per operation, one figure per round. */
export interface Figures {
  readonly name: string;
  readonly samples: readonly number[];
}

export interface Measured {
  readonly scenario: string;
  readonly title: string;
  readonly contenders: readonly Figures[];
}

const batchTime = 40; // milliseconds
const warmUp = 3000; // milliseconds at most
const { gc } = globalThis as { gc?: () => void };

/** Warms a contender up. Returns how many make a batch. */
export async function fitBatch(contender: Contender, given: number | undefined): Promise<number> {
  if (given !== undefined) {
    // A call is short here: the first thirty or so measure how fast the engine compiles, not what it has compiled.
    const enough = performance.now() + warmUp;
    for (let turn = 0; turn < 3 || (turn < 30 && performance.now() < enough); turn += 1)
      await takeTime(contender, given);
    return given;
  }
  for (let count = 512; ; count *= 2) {
    const time = await takeTime(contender, count);
    if (time >= batchTime) return Math.max(Math.round((count * batchTime) / time / 100), 1) * 100;
  }
}

/** Nanoseconds per operation of one batch. */
export async function sampleBatch({ count: given, contender }: Chosen, count: number): Promise<number> {
  gc?.();
  // A full collection takes optimized code along that knows of objects which are gone. A batch that does not count
  // brings it back; what has a fixed number makes the same objects while it prepares.
  if (given === undefined) await takeTime(contender, count);
  return ((await takeTime(contender, count)) * 1e6) / count;
}

async function takeTime(contender: Contender, count: number): Promise<number> {
  const prepared = (await contender.prepare?.(count)) as never; // what this contender has prepared it gets
  await nextTask();
  const start = performance.now();
  const result = contender.measure(count, prepared);
  // A synchronous batch ends here, not one job later.
  if (result instanceof Promise) await result;
  const time = performance.now() - start;
  await contender.after?.(prepared);
  return time;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
