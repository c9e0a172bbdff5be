import { errorOf } from './errorOf.js';
import { notice } from './lookout.js';
import { isOver, type Operation } from './node.js';

/** Throws the operation's error if it was canceled or has failed, also when nobody has noticed yet that its time is over. */
export function throwIfCanceled(node: Operation): void {
  notice(node);
  if (isOver(node)) throw errorOf(node);
}
