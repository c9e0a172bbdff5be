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
 *
 * `freezing`: keeps where each operation below stands, also where this fraction does not depend on it, and counts children
 * that have just failed or were canceled: an operation that fails with its child shows how far it was, not the others.
 */
export function measureFraction(root: Operation, freezing = false): number | undefined {
  if (root.phase === 'pending') return root.cold?.progress?.ownFraction ?? 0;
  if (!isComputed(root, freezing)) return knownFraction(root);
  const levels = [enter(root, freezing)];
  for (;;) {
    const level = levels.at(-1)!;
    const child = level.children.pop();
    if (child !== undefined) {
      if (isComputed(child, freezing)) levels.push(enter(child, freezing));
      else add(level, child, knownFraction(child));
      continue;
    }
    levels.pop();
    const fraction = leave(level, freezing);
    const above = levels.at(-1);
    if (above === undefined) return fraction;
    add(above, level.node, fraction);
  }
}

/** Does the fraction come from children? */
function isComputed(node: Operation, freezing: boolean): boolean {
  if (node.phase !== 'running' || (!freezing && node.cold?.progress?.ownFraction !== undefined)) return false;
  return node.firstChild !== undefined || node.completedWeight > 0 || node.cold?.pendingChildren !== undefined;
}

function knownFraction(node: Operation): number | undefined {
  if (node.phase === 'completed') return 1;
  if (node.phase === 'pending') return 0;
  const progress = node.cold?.progress;
  if (progress?.ownFraction !== undefined) return progress.ownFraction;
  return node.phase === 'running' ? undefined : progress?.floor;
}

function enter(node: Operation, freezing: boolean): Level {
  const children: Operation[] = [];
  forEachChild(node, (child) => {
    if (child.phase === 'pending' || child.phase === 'running') children.push(child);
  });
  const { leavingDone = 0, leavingWeight = 0 } = (freezing && node.cold?.progress) || {};
  const { completedWeight } = node;
  return {
    node,
    children,
    done: completedWeight + leavingDone,
    weight: completedWeight + leavingWeight,
    unknown: false,
  };
}

function add(level: Level, child: Operation, fraction: number | undefined): void {
  const weight = child.cold?.weight ?? 1;
  level.weight += weight;
  if (fraction === undefined) level.unknown = true;
  else level.done += weight * fraction;
}

function leave({ node, done, weight, unknown }: Level, freezing: boolean): number | undefined {
  const own = node.cold?.progress?.ownFraction;
  if (unknown || weight === 0) return own;
  const record = progressRecordOf(node);
  const fraction = Math.min(done / weight, 0.99);
  if (freezing || record.leavingCount === 0) {
    record.floor = Math.max(fraction, record.floor ?? 0);
    return own ?? record.floor;
  }
  // Without a child that has just left, the mean leaps. It counts only if the operation does not fail with that child.
  record.leavingFloor = Math.max(fraction, record.floor ?? 0, record.leavingFloor ?? 0);
  return own ?? record.leavingFloor;
}
