import type { OperationView } from '../../operations/view.ts';

// After so long a pause in milliseconds the next keystroke begins a new chart: on one clock with the old, both would be too small to read.
const pause = 4000;

/** True when nothing runs and the last search ended a while ago. */
export function beginsNewBurst(views: readonly OperationView[]): boolean {
  if (views.some((view) => view.endTime === undefined)) return false;
  return Date.now() - Math.max(...views.map((view) => view.endTime ?? 0)) > pause;
}
