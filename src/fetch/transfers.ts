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

/** Reports the progress of a body to its operation, together with the others that are on their way there. */
export function startTransfer(node: Operation | undefined, message: string): Transfer {
  if (node === undefined || isSettled(node)) return { tell: () => {}, end: () => {} };
  const group = groups.get(node) ?? { parts: new Set<Part>(), active: 0 };
  groups.set(node, group);
  const part: Part = { current: 0, total: undefined };
  group.parts.add(part);
  group.active += 1;
  let isOpen = true;
  return {
    tell(current, total) {
      if (!isOpen) return;
      part.current = current;
      // More than was announced: a proxy or a hidden compression made the announcement wrong.
      part.total = total !== undefined && current > total ? undefined : total;
      void reportProgress(node, message, sumOf(group.parts));
    },
    end() {
      if (!isOpen) return;
      isOpen = false;
      group.active -= 1;
      if (group.active === 0) groups.delete(node);
    },
  };
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
