import type { OperationView } from '../../operations/view.ts';

/** One visible row of a tree, with what its lines and its place need. */
export interface TreeRow {
  readonly view: OperationView;
  /** Its parent's row, as an index into the visible rows; undefined for a root. */
  readonly parent: number | undefined;
  /** For each level above it: does the line of that level go on below this row? */
  readonly lines: readonly boolean[];
  readonly hasChildren: boolean;
  readonly isExpanded: boolean;
  /** Place among its siblings, from 1. */
  readonly place: number;
  readonly siblings: number;
}

/** The rows that are visible when the children of `collapsed` are not, in the order of the tree. */
export function layoutTree(views: readonly OperationView[], collapsed: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const addLevel = (
    siblings: readonly OperationView[],
    parent: number | undefined,
    above: readonly boolean[],
  ): void => {
    for (const [index, view] of siblings.entries()) {
      const children = views.filter((other) => other.parent === view.operation);
      const lines = parent === undefined ? [] : [...above, index < siblings.length - 1];
      const isExpanded = children.length > 0 && !collapsed.has(view.id);
      rows.push({
        view,
        parent,
        lines,
        hasChildren: children.length > 0,
        isExpanded,
        place: index + 1,
        siblings: siblings.length,
      });
      if (isExpanded) addLevel(children, rows.length - 1, lines);
    }
  };
  addLevel(
    views.filter((view) => view.depth === 0),
    undefined,
    [],
  );
  return rows;
}
