import type { TreeRow } from './layoutTree.ts';

/** What a key does in a tree: which row takes the focus, and whether the present one opens or closes. ARIA, tree view pattern. */
export interface TreeMove {
  readonly focus?: number;
  readonly toggle?: true;
}

export function moveInTree(rows: readonly TreeRow[], at: number, key: string): TreeMove | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  switch (key) {
    case 'ArrowDown':
      return { focus: Math.min(at + 1, rows.length - 1) };
    case 'ArrowUp':
      return { focus: Math.max(at - 1, 0) };
    case 'Home':
      return { focus: 0 };
    case 'End':
      return { focus: rows.length - 1 };
    case 'ArrowRight':
      if (!row.hasChildren) return {};
      return row.isExpanded ? { focus: at + 1 } : { toggle: true };
    case 'ArrowLeft':
      if (row.isExpanded) return { toggle: true };
      return row.parent === undefined ? {} : { focus: row.parent };
    default:
      return key.length === 1 && key !== ' ' ? { focus: findByLetter(rows, at, key) } : undefined;
  }
}

/** The next row whose name begins with the letter, from the top again after the last. */
function findByLetter(rows: readonly TreeRow[], at: number, letter: string): number {
  const order = [...rows.keys()].slice(at + 1).concat([...rows.keys()].slice(0, at + 1));
  return order.find((index) => rows[index]?.view.name.toLowerCase().startsWith(letter.toLowerCase())) ?? at;
}
