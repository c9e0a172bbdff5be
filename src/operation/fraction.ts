import type { Operation } from './node.js';
import { progressRecordOf } from './progressRecord.js';
import { forEachChild } from './tree.js';

// One level of the walk. It is a list and not a recursion: ten thousand levels are an ordinary case.
interface Level {
  readonly node: Operation;
  readonly children: Operation[];
  done: number;
  weight: number;
  unknown: boolean;
}

/**
 * How much of an operation is done, 0 to 1, or undefined when it can't be known: 1 if completed; else by its own last
 * report that had numbers; else the weighted mean of its children, where pending ones count 0, running ones what they are
 * at, completed ones 1, and canceled or failed ones not at all. While computed from children it never falls.
 */
export function measureFraction(root: Operation): number | undefined {
  const known = ownFraction(root);
  if (known !== 'children') return known;
  const levels = [enter(root)];
  for (;;) {
    const level = levels.at(-1)!;
    const child = level.children.pop();
    if (child !== undefined) {
      const fraction = ownFraction(child);
      if (fraction === 'children') levels.push(enter(child));
      else add(level, child, fraction);
      continue;
    }
    levels.pop();
    const fraction = leave(level);
    const above = levels.at(-1);
    if (above === undefined) return fraction;
    add(above, level.node, fraction);
  }
}

/** The fraction as far as it does not depend on children. */
function ownFraction(node: Operation): number | undefined | 'children' {
  if (node.phase === 'completed') return 1;
  if (node.phase === 'pending') return 0;
  const progress = node.cold?.progress;
  if (progress?.ownFraction !== undefined) return progress.ownFraction;
  if (node.phase !== 'running') return progress?.floor;
  return node.firstChild === undefined && node.completedWeight === 0 && node.cold?.pendingChildren === undefined
    ? undefined
    : 'children';
}

function enter(node: Operation): Level {
  const children: Operation[] = [];
  forEachChild(node, (child) => {
    if (child.phase === 'pending' || child.phase === 'running') children.push(child);
  });
  return { node, children, done: node.completedWeight, weight: node.completedWeight, unknown: false };
}

function add(level: Level, child: Operation, fraction: number | undefined): void {
  const weight = child.cold?.weight ?? 1;
  level.weight += weight;
  if (fraction === undefined) level.unknown = true;
  else level.done += weight * fraction;
}

function leave({ node, done, weight, unknown }: Level): number | undefined {
  if (unknown || weight === 0) return undefined;
  const record = progressRecordOf(node);
  record.floor = Math.max(Math.min(done / weight, 0.99), record.floor ?? 0);
  return record.floor;
}
