import { Subscribers } from '../base/Subscribers.js';
import { matches, newest, type OperationFilter } from '../registry/filter.js';
import type { OperationSnapshot } from '../registry/snapshot.js';
import type { Registry } from '../registry/types.js';
import { onNextFrame } from '../task/frame.js';

/** What a view shows of a registry. */
export interface OperationList {
  /** Calls back at most once per frame, and only when what matches has changed. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The same array until somebody is told of a change. */
  readonly getSnapshot: () => readonly OperationSnapshot[];
}

/** A registry tells of every change at once, and makes its list anew for each: a view looks once per frame. */
export function createOperationList(registry: Registry, filter: OperationFilter): OperationList {
  const subscribers = new Subscribers();
  let all: readonly OperationSnapshot[] | undefined;
  let list: readonly OperationSnapshot[] = [];
  let stop: (() => void) | undefined;
  let callOff: (() => void) | undefined;

  /** True if something else matches now. */
  function refresh(): boolean {
    const now = registry.getSnapshot();
    if (now === all) return false;
    all = now;
    const found = newest(
      now.filter((snapshot) => matches(snapshot, filter, 'createdAt')),
      filter.limit,
    );
    if (found.length === list.length && found.every((snapshot, index) => snapshot === list[index])) return false;
    list = found;
    return true;
  }

  function onFrame(): void {
    callOff = undefined;
    if (refresh()) subscribers.notify();
  }

  return {
    subscribe(listener) {
      const remove = subscribers.add(listener);
      stop ??= registry.subscribe(() => {
        callOff ??= onNextFrame(onFrame);
      });
      refresh();
      return () => {
        remove();
        if (!subscribers.isEmpty) return;
        stop?.();
        callOff?.();
        stop = undefined;
        callOff = undefined;
      };
    },
    getSnapshot() {
      if (all === undefined) refresh();
      return list;
    },
  };
}
