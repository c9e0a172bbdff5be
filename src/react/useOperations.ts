import { useMemo, useSyncExternalStore } from 'react';
import { wrongType } from '../base/checks.js';
import { checkFilter, type OperationFilter } from '../registry/filter.js';
import { registry } from '../registry/registry.js';
import type { OperationSnapshot } from '../registry/snapshot.js';
import type { Registry } from '../registry/types.js';
import { createOperationList, type OperationList } from './operationList.js';

const none: readonly OperationSnapshot[] = [];
const noOperations = (): readonly OperationSnapshot[] => none;

/**
 * The operations that a registry lists, oldest first, as snapshots; what has not changed is the same object. Listed is what
 * was made with `register: true`, or everything after `registry.observe()`. Renders at most once per frame, and only when
 * what matches has changed. On the server the list is empty.
 *
 * @param filter - Which of them, by `status`, `name`, `parent`, `since`, `limit`. Default: all.
 * @param from - Default: the default registry.
 * @example
 * const uploads = useOperations({ name: 'upload', status: 'running' });
 * return <ul>{uploads.map(({ id, name }) => <li key={id}>{name}</li>)}</ul>;
 */
export function useOperations(filter?: OperationFilter, from: Registry = registry): readonly OperationSnapshot[] {
  const list = useOperationList('useOperations', filter, from);
  return useSyncExternalStore(list.subscribe, list.getSnapshot, noOperations);
}

/**
 * True while a listed operation that matches runs, also in a shield; with a `status` in the filter, while one has that. For
 * a spinner of the whole application. Renders only when the answer changes. False on the server.
 *
 * @param filter - Which of them. Default: all.
 * @param from - Default: the default registry.
 * @example
 * registry.observe(); // once, where the application starts: lists every operation
 * const isSaving = useIsBusy({ name: 'save' });
 */
export function useIsBusy(filter: OperationFilter = {}, from: Registry = registry): boolean {
  const { status = ['running', 'shielded'], ...others } = checkFilter(filter);
  const list = useOperationList('useIsBusy', { ...others, status }, from);
  return useSyncExternalStore(
    list.subscribe,
    () => list.getSnapshot().length > 0,
    () => false,
  );
}

/** The same list for an equal filter: it is mostly written in place, so a new object in each render. */
function useOperationList(hook: string, filter: OperationFilter | undefined, from: Registry): OperationList {
  const { status, parent, name, since, limit } = checkFilter(filter);
  if (typeof from?.getSnapshot !== 'function') throw wrongType(`The second argument of ${hook}`, 'a registry', from);
  const statuses = status === undefined ? undefined : [status].flat().join();
  const time = since === undefined ? undefined : Number(since);
  return useMemo(
    () => createOperationList(from, { status, parent, name, since: time, limit }),
    // oxlint-disable-next-line react/exhaustive-deps -- `statuses` is what `status` says
    [from, statuses, parent, name, time, limit],
  );
}
