import { isSettled, type Operation } from '../operation/node.js';
import { reportProgress } from '../operation/report.js';

/** One body on its way, as its operation's progress knows it. */
export interface Transfer {
  /** Bytes of it that have arrived, or have left, and how many there will be; undefined: nobody knows. */
  readonly tell: (current: number, total: number | undefined) => void;
  readonly end: () => void;
}

interface Part {
  current: number;
  total: number | undefined;
}

interface Group {
  readonly parts: Set<Part>;
  active: number;
}

// Several at once are one sum: each alone would push the bar to and fro. The sum is forgotten when none is on its way.
const groups = new WeakMap<Operation, Group>();

/**
 * Reports the progress of a body to its operation, together with the others that are on their way there. It counts from the
 * first that is told of it: a body that nobody reads would hold up the sum for good.
 */
export function startTransfer(node: Operation | undefined, message: string): Transfer {
  if (node === undefined) return { tell: () => {}, end: () => {} };
  const part: Part = { current: 0, total: undefined };
  let group: Group | undefined;
  let hasEnded = false;
  return {
    tell(current, total) {
      if (hasEnded || isSettled(node)) return;
      group ??= join(node, part);
      part.current = current;
      // More than was announced: a proxy or a hidden compression made the announcement wrong.
      part.total = total !== undefined && current > total ? undefined : total;
      void reportProgress(node, message, sumOf(group.parts));
    },
    end() {
      if (hasEnded) return;
      hasEnded = true;
      if (group === undefined) return;
      // What it did not give is not waited for any more.
      part.total = part.current;
      group.active -= 1;
      if (group.active === 0) groups.delete(node);
    },
  };
}

function join(node: Operation, part: Part): Group {
  const group = groups.get(node) ?? { parts: new Set<Part>(), active: 0 };
  groups.set(node, group);
  group.parts.add(part);
  group.active += 1;
  return group;
}

function sumOf(parts: ReadonlySet<Part>): { current: number; total?: number } {
  let current = 0;
  let total: number | undefined = 0;
  for (const part of parts) {
    current += part.current;
    total = total === undefined || part.total === undefined ? undefined : total + part.total;
  }
  return total === undefined ? { current } : { current, total };
}
