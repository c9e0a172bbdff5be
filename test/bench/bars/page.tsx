import { createRoot } from 'react-dom/client';
import { contenders, renderCount, type Contender } from './contenders.tsx';
import { startReports, type Reports } from './reports.ts';

// What is loaded into a page, which shows the bars of one contender. Times are taken by the browser: see ../bars.mjs.

export { barCount, reportsPerSecond } from './reports.ts';

export interface Counts {
  readonly frames: number;
  /** Frames that came a frame late or later. */
  readonly lateFrames: number;
  readonly renders: number;
  readonly reports: number;
}

let frames = 0;
let lateFrames = 0;
let contender: Contender | undefined;
let reports: Reports | undefined;

export function listContenders(): readonly string[] {
  return contenders.map(({ name }) => name);
}

/** Starts the reports and shows them. */
export function show(name: string): void {
  contender = contenders.find((each) => each.name === name);
  if (contender === undefined) throw new Error(`There is no contender "${name}".`);
  const style = document.createElement('style');
  // All of them fit into the window: a bar out of sight costs less.
  style.textContent = 'body { margin: 0; line-height: 0 } progress { width: 32px; height: 12px; margin: 2px }';
  document.head.append(style);
  reports = startReports();
  const { operations } = reports;
  const { Bar } = contender;
  if (Bar !== undefined) {
    const root = document.body.appendChild(document.createElement('div'));
    createRoot(root).render(operations.map((operation) => <Bar key={operation.id} of={operation} />));
  }
  countFrames();
}

export function count(): Counts {
  return { frames, lateFrames, renders: renderCount, reports: reports?.count ?? 0 };
}

/** Throws unless every bar shows where its operation is: nothing is cheaper than a bar that does not move. */
export function checkBars(): void {
  if (contender?.Bar === undefined) return;
  const bars = document.querySelectorAll('progress');
  for (const [index, { progress }] of (reports?.operations ?? []).entries()) {
    const bar = bars[index];
    const difference = Math.abs((progress.progress ?? NaN) - (bar?.value ?? NaN));
    const isNear = difference < 3 || difference > 96; // it is about to begin anew
    if (!isNear) throw new Error(`Bar ${index} shows ${bar?.value} where its operation is at ${progress.progress}.`);
    if (bar!.getBoundingClientRect().bottom > innerHeight) throw new Error(`Bar ${index} is out of sight.`);
  }
}

function countFrames(): void {
  let last = Infinity;
  const onFrame = (time: number): void => {
    frames += 1;
    if (time - last > 25) lateFrames += 1; // half a frame more than the 16.7 ms of 60 Hz
    last = time;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
}
