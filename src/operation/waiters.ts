import type { Operation, Waiter } from './node.js';

/** Puts a waiter into the operation's list. */
export function addWaiter(node: Operation, waiter: Waiter): void {
  waiter.next = node.waiters;
  if (node.waiters !== undefined) node.waiters.previous = waiter;
  node.waiters = waiter;
}

/** Takes it out; nothing if it is not in it. */
export function removeWaiter(node: Operation, waiter: Waiter): void {
  if (waiter.next !== undefined) waiter.next.previous = waiter.previous;
  if (waiter.previous !== undefined) waiter.previous.next = waiter.next;
  else if (node.waiters === waiter) node.waiters = waiter.next;
  waiter.next = undefined;
  waiter.previous = undefined;
}

/** Takes them all, one after the other; what is added meanwhile too. */
export function* takeWaiters(node: Operation): Generator<Waiter> {
  while (node.waiters !== undefined) {
    const waiter = node.waiters;
    removeWaiter(node, waiter);
    yield waiter;
  }
}
