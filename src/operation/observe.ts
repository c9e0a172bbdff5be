import { callSafely, withListener, withoutListener, type Listeners } from '../base/listeners.js';
import type { Operation } from './node.js';
import { callWith } from './stack.js';

/**
 * What happens to an operation. In this order, each at most once, but for `progress`: `created`; `started`, unless it ends
 * before; how it has ended; `abandoned`, if its body has outlived its grace; `released`, when its run has settled; `closed`,
 * when nothing of it runs any more.
 */
export type OperationEvent =
  | 'created'
  | 'started'
  | 'progress'
  | 'completed'
  | 'canceled'
  | 'failed'
  | 'abandoned'
  | 'released'
  | 'closed';

/** Told of what happens to any operation, when status and reason are true and its own callbacks have been called. */
export type Observer = (operation: Operation, event: OperationEvent) => void;

// The one place where registry, tools and progress bars attach. Nothing is made for an event that nobody hears.
let observers: Listeners<Observer> = undefined;

/** With no observer it costs the one check. */
export function tell(operation: Operation, event: OperationEvent): void {
  if (observers !== undefined) tellAll(observers, operation, event);
}

/** Attaches an observer. Returns how to detach it. What it throws goes to `reportError`. */
export function observe(observer: Observer): () => void {
  const entry: Observer = (operation, event) => observer(operation, event); // the same function may be attached twice
  observers = withListener(observers, entry);
  return () => {
    observers = withoutListener(observers, entry);
  };
}

function tellAll(list: readonly Observer[], operation: Operation, event: OperationEvent): void {
  for (const observer of list) void callSafely(() => callWith(undefined, observer, operation, event));
}
