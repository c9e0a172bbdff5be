import { task } from '../base/jobs.js';
import type { Execution, Operation } from './node.js';

// The grace of a canceled body counts only while the body is all that is missing. One task is the default, and one task
// serves all: 100,000 children are canceled in one step.

const longest = 2 ** 31 - 1; // milliseconds; more than a timer takes is for ever
let graced: Operation[] = [];

/** Calls back when the body has not ended within its grace, unless that is stopped before. */
export function startGrace(node: Operation, run: Execution, onOver: (node: Operation) => void): void {
  if (run.grace !== undefined) return;
  const grace = node.cold?.grace ?? 0;
  if (grace > 0) {
    run.grace = grace > longest ? null : setTimeout(onOver, grace, node);
    return;
  }
  run.grace = null;
  graced.push(node);
  if (graced.length > 1) return;
  task(() => {
    const nodes = graced;
    graced = [];
    for (const each of nodes) if (each.execution!.grace !== undefined) onOver(each);
  });
}

/** Whatever else is missing: the grace of the body begins anew after it. */
export function stopGrace(run: Execution): void {
  if (run.grace === undefined) return;
  if (run.grace !== null) clearTimeout(run.grace);
  run.grace = undefined;
}
