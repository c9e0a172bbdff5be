import { task } from '../base/jobs.js';
import { coldOf, isSettled, type Operation } from './node.js';

// A child that has started stands in its parent's linked list, which keeps it alive until its run settles. A child that
// has not started holds nobody and is not kept alive: its parent knows it through a WeakRef. Most children start in the job
// that made them, and a WeakRef costs ten times an operation, so the exchange is put off to the next task.
let young: Operation[] = [];
let willWeaken = false;

/** Makes a new operation a pending child. */
export function adopt(node: Operation, parent: Operation): void {
  node.up = parent;
  link(node, parent);
  young.push(node);
  if (willWeaken) return;
  willWeaken = true;
  task(weakenPending);
}

/** A child starts: from now on its parent waits for it. */
export function startInTree(node: Operation): void {
  const parent = node.up;
  if (parent === undefined) return;
  if (!node.linked) {
    link(node, parent);
    forgetPending(node);
  } else if (young.at(-1) === node) young.pop();
  join(node, true);
  join(node, false);
}

// Counts one more or less of what runs below: runs that have not settled, or what has not closed. Two fields and not a key:
// every operation comes by here four times.
function count(node: Operation, settling: boolean, change: number): number {
  if (settling) return (node.openChildren += change);
  return (node.unclosedChildren += change);
}

// A parent that has not started waits for nobody. While something runs below it, those above it wait through it.
function join(node: Operation, settling: boolean): void {
  if (count(node, settling, 0) > 0) return; // it is counted already, for what runs below it
  for (let at = node.up; at !== undefined; at = at.up) {
    if (count(at, settling, 1) > 1 || at.execution !== undefined) return;
  }
}

/** The counterpart: returns the nearest one above that has started, if it has one less to wait for now. */
export function part(node: Operation, settling: boolean): Operation | undefined {
  for (let at = node.up; at !== undefined; at = at.up) {
    const left = count(at, settling, -1);
    if (at.execution !== undefined) return at;
    if (left > 0) return undefined;
  }
  return undefined;
}

/** A child that has settled, or was canceled before it started, is released. */
export function release(node: Operation): void {
  if (node.linked) unlink(node, node.up!);
  else forgetPending(node);
}

/** Calls back for every child that is alive, started or not, in no particular order of the two kinds. */
export function forEachChild(node: Operation, callback: (child: Operation) => void): void {
  for (let child = node.firstChild; child !== undefined;) {
    const next = child.nextSibling;
    callback(child);
    child = next;
  }
  const pending = node.cold?.pendingChildren;
  if (pending === undefined) return;
  for (const reference of pending) {
    const child = reference.deref();
    if (child === undefined) pending.delete(reference);
    else callback(child);
  }
}

function weakenPending(): void {
  const nodes = young;
  young = [];
  willWeaken = false;
  for (const node of nodes) {
    if (node.execution !== undefined || isSettled(node) || !node.linked) continue;
    const parent = node.up!;
    unlink(node, parent);
    const reference = new WeakRef(node);
    coldOf(node).pendingReference = reference;
    const pending = (coldOf(parent).pendingChildren ??= new Set());
    pending.add(reference);
    sweep(pending);
  }
}

// References to children that are gone are swept when the set has reached a power of two, so the cost per child is constant.
function sweep(pending: Set<WeakRef<Operation>>): void {
  if (pending.size < 16 || (pending.size & (pending.size - 1)) !== 0) return;
  for (const reference of pending) if (reference.deref() === undefined) pending.delete(reference);
}

function forgetPending(node: Operation): void {
  const reference = node.cold?.pendingReference;
  if (reference === undefined) return;
  node.cold!.pendingReference = undefined;
  node.up?.cold?.pendingChildren?.delete(reference);
}

function link(node: Operation, parent: Operation): void {
  node.linked = true;
  node.previousSibling = parent.lastChild;
  if (parent.lastChild === undefined) parent.firstChild = node;
  else parent.lastChild.nextSibling = node;
  parent.lastChild = node;
}

function unlink(node: Operation, parent: Operation): void {
  node.linked = false;
  if (node.previousSibling === undefined) parent.firstChild = node.nextSibling;
  else node.previousSibling.nextSibling = node.nextSibling;
  if (node.nextSibling === undefined) parent.lastChild = node.previousSibling;
  else node.nextSibling.previousSibling = node.previousSibling;
  node.previousSibling = undefined;
  node.nextSibling = undefined;
}
