import { pause } from './pause.ts';

const stepMilliseconds = 25;
/** What a client that was slow for a while may get at once, in steps: without a bound, a stall would end in a flood. */
const savedSteps = 4;

/** Resolves with how many bytes may go out now: at least 1, at most `most`. */
export type Pace = (most: number, signal: AbortSignal) => Promise<number>;

/** Spreads bytes evenly, a step about every 25 ms. Without a rate everything may go at once. */
export function createPace(bytesPerSecond: number | undefined): Pace {
  if (bytesPerSecond === undefined) return (most) => Promise.resolve(most);

  const perMillisecond = bytesPerSecond / 1000;
  const step = Math.max(1, perMillisecond * stepMilliseconds);
  let credit = 0;
  let last = performance.now();

  const refill = () => {
    const now = performance.now();
    credit = Math.min(credit + (now - last) * perMillisecond, step * savedSteps);
    last = now;
  };

  return async (most, signal) => {
    const wanted = Math.min(most, step);
    refill();
    while (credit < wanted) {
      await pause(Math.ceil((wanted - credit) / perMillisecond), signal);
      refill();
    }
    const granted = Math.max(1, Math.floor(Math.min(credit, most)));
    credit -= granted;
    return granted;
  };
}
