import { cancelOperation } from '../operation/cascade.js';
import { setLookout } from '../operation/lookout.js';
import type { Operation } from '../operation/node.js';
import { readFlag } from './flag.js';

// The flags of the operations that run in this realm. While there is none, asking an operation costs nothing more.
const watched = new Map<Operation, { readonly flag: SharedArrayBuffer; readonly raised: Int32Array }>();

/** Cancels the operation as soon as code asks for it, or for any other, after its flag was raised. */
export function watchFlag(node: Operation, flag: SharedArrayBuffer): void {
  watched.set(node, { flag, raised: new Int32Array(flag, 0, 1) });
  setLookout(look);
}

export function unwatchFlag(node: Operation): void {
  watched.delete(node);
  if (watched.size === 0) setLookout(undefined);
}

function look(): void {
  for (const [node, { flag, raised }] of watched) {
    if (Atomics.load(raised, 0) === 0) continue;
    unwatchFlag(node); // first: callbacks of the cancelation ask how operations are
    cancelOperation(node, readFlag(flag)!); // it is raised
  }
}
