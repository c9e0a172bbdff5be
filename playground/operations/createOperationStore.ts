import type { Cancelable } from 'use-cancelable';
import { setRunning } from './running.ts';
import { isSameView, type OperationView, viewOf } from './view.ts';

export type OperationStore = ReturnType<typeof createOperationStore>;

interface Entry {
  readonly operation: Cancelable;
  readonly parent: Cancelable | undefined;
  readonly depth: number;
  readonly children: Cancelable[];
  view: OperationView;
}

const nothing: readonly OperationView[] = [];

/**
 * Follows operations and all that they start, through their public callbacks: a change of status is told at once, progress
 * at most once a frame. It remembers children that have ended, which their parents release.
 */
export function createOperationStore() {
  const entries = new Map<Cancelable, Entry>();
  const ids = new Set<string>();
  const roots = new Set<Cancelable>();
  const open = new Set<Cancelable>();
  const listeners = new Set<() => void>();
  let views = nothing;
  let frame: number | undefined;

  const enter = (operation: Cancelable, parent: Cancelable | undefined, depth: number): void => {
    ids.add(operation.id);
    entries.set(operation, { operation, parent, depth, children: [], view: viewOf(operation, parent, depth) });
    operation.onStart(refresh).onComplete(refresh).onCancel(refresh).onError(refresh);
    discoverChildren(operation, depth);
  };

  const discoverChildren = (operation: Cancelable, depth: number): void => {
    const entry = entries.get(operation);
    for (const child of operation.children) {
      if (entries.has(child)) continue;
      entry?.children.push(child);
      enter(child, operation, depth + 1);
    }
  };

  const refresh = (): void => {
    const next: OperationView[] = [];
    for (const root of roots) collect(root, next);
    setRunning(entries, next.filter(({ status }) => status === 'running' || status === 'shielded').length);
    const isSame = next.length === views.length && next.every((view, index) => view === views[index]);
    if (isSame) return;
    views = next;
    for (const listener of listeners) listener();
  };

  /** In the order of the tree: an operation, then all that is below it. */
  const collect = (operation: Cancelable, into: OperationView[]): void => {
    const entry = entries.get(operation);
    if (entry === undefined) return;
    discoverChildren(operation, entry.depth);
    const view = viewOf(operation, entry.parent, entry.depth);
    if (!isSameView(view, entry.view)) entry.view = view;
    into.push(entry.view);
    for (const child of entry.children) collect(child, into);
  };

  // New children, progress and abandonment are looked for in each frame, while anybody listens.
  const tick = (): void => {
    refresh();
    frame = listeners.size > 0 && open.size > 0 ? requestAnimationFrame(tick) : undefined;
  };
  const keepTicking = (): void => {
    frame ??= requestAnimationFrame(tick);
  };

  return {
    /** Adds a tree. Call it where the work begins. */
    add: (root: Cancelable): void => {
      roots.add(root);
      enter(root, undefined, 0);
      // A child may come and go between two frames, and a hidden page has none: its first word tells of it.
      root.onProgress((id) => {
        if (!ids.has(id)) refresh();
      });
      // A body that ignores its signal runs on after the end: the last news of a tree is that it is closed.
      open.add(root);
      void root.closed.then(() => {
        open.delete(root);
        refresh();
      });
      refresh();
      keepTicking();
    },
    /** Forgets everything that was followed so far. */
    clear: (): void => {
      roots.clear();
      open.clear();
      entries.clear();
      ids.clear();
      refresh();
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      keepTicking();
      return () => listeners.delete(listener);
    },
    getSnapshot: (): readonly OperationView[] => views,
  };
}
