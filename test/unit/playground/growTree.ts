import { Cancelable } from 'use-cancelable';
import { createOperationStore, type OperationStore } from '../../../playground/operations/createOperationStore.ts';

export interface Branches {
  readonly [name: string]: Branches;
}

export interface Grown {
  readonly store: OperationStore;
  /** The operation of this name. */
  find(name: string): Cancelable;
}

/** Operations that have not started, in a tree of these names, and a store that follows them. */
export function growTree(branches: Branches): Grown {
  const operations = new Map<string, Cancelable>();
  const grow = (names: Branches, parent: Cancelable | null): void => {
    for (const [name, below] of Object.entries(names)) {
      const operation = new Cancelable({ name, parent });
      operations.set(name, operation);
      grow(below, operation);
    }
  };
  grow(branches, null);
  const store = createOperationStore();
  for (const name of Object.keys(branches)) store.add(operations.get(name)!);
  return {
    store,
    find(name) {
      const operation = operations.get(name);
      if (operation === undefined) throw new Error(`There is no operation ${name}.`);
      return operation;
    },
  };
}
