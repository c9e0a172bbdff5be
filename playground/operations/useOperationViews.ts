import { useSyncExternalStore } from 'react';
import type { OperationStore } from './createOperationStore.ts';
import type { OperationView } from './view.ts';

/** What a store follows, as it is now: the root of each tree first, then all below it. */
export function useOperationViews(store: OperationStore): readonly OperationView[] {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
