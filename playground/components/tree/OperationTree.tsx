import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { OperationStore } from '../../operations/createOperationStore.ts';
import { useOperationViews } from '../../operations/useOperationViews.ts';
import { layoutTree } from './layoutTree.ts';
import { moveInTree } from './moveInTree.ts';
import { TreeNode } from './TreeNode.tsx';

/** Operations as an accessible tree: arrows move, open and close; letters find; Enter selects. */
export function OperationTree({ operations }: { readonly operations: OperationStore }): ReactNode {
  const views = useOperationViews(operations);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const [selected, setSelected] = useState<string>();
  const tree = useRef<HTMLDivElement>(null);

  const rows = layoutTree(views, collapsed);
  const at = Math.max(
    rows.findIndex((row) => row.view.id === focused),
    0,
  );

  const toggle = (id: string): void => {
    const next = new Set(collapsed);
    if (!next.delete(id)) next.add(id);
    setCollapsed(next);
  };
  const select = (id: string): void => {
    setFocused(id);
    setSelected(id === selected ? undefined : id);
  };
  const pressKey = (event: KeyboardEvent, index: number, id: string): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isSelect = event.key === 'Enter' || event.key === ' ';
    const move = isSelect ? {} : moveInTree(rows, index, event.key);
    if (move === undefined) return;
    event.preventDefault();
    if (isSelect) select(id);
    if (move.toggle === true) toggle(id);
    if (move.focus === undefined) return;
    setFocused(rows[move.focus]?.view.id);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[move.focus]?.focus();
  };

  return (
    <div className="tree" role="tree" aria-label="Operations" ref={tree}>
      {rows.map((row, index) => (
        <TreeNode
          key={row.view.id}
          row={row}
          views={views}
          isFocusable={index === at}
          isSelected={row.view.id === selected}
          onSelect={() => select(row.view.id)}
          onToggle={() => toggle(row.view.id)}
          onKeyDown={(event) => pressKey(event, index, row.view.id)}
        />
      ))}
    </div>
  );
}
