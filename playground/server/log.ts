import type { LogEvents, LogRow, LogState } from './contract.ts';
import { createWaitingReasons } from './reasons.ts';

const mostRows = 200;
const noticeMilliseconds = 50;

export type LogEvent = {
  readonly [Name in keyof LogEvents]: { readonly name: Name; readonly data: LogEvents[Name] };
}[keyof LogEvents];
export type LogListener = (event: LogEvent) => void;

export interface Opening {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
}

export type Log = ReturnType<typeof createLog>;

/**
 * What the server saw, and the page's word beside it. Listeners hear of a new row, of its end and of its reason at once, and
 * of its bytes at most 20 times a second.
 */
export function createLog() {
  const rows = new Map<number, LogRow>();
  const latest = new Map<string, number>();
  const reasons = createWaitingReasons();
  const listeners = new Set<LogListener>();
  const unheard = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;

  const tell = (event: LogEvent) => {
    for (const listener of listeners) listener(event);
  };

  const put = (row: LogRow) => {
    rows.set(row.id, row);
    unheard.delete(row.id);
    tell({ name: 'row', data: row });
  };

  const tellUnheard = () => {
    timer = undefined;
    const ids = [...unheard];
    unheard.clear();
    for (const id of ids) tell({ name: 'row', data: rowOf(id) });
  };

  const rowOf = (id: number): LogRow => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`[bug] The log has no open row ${id}.`);
    return row;
  };

  const remove = (row: LogRow) => {
    rows.delete(row.id);
    unheard.delete(row.id);
    if (row.requestId !== undefined && latest.get(row.requestId) === row.id) latest.delete(row.requestId);
  };

  const trim = () => {
    for (const row of rows.values()) {
      if (rows.size <= mostRows) break;
      if (row.state !== 'sending') remove(row);
    }
  };

  return {
    open({ method, path, requestId }: Opening): number {
      const id = ++count;
      const reason = requestId === undefined ? undefined : reasons.take(requestId);
      if (requestId !== undefined) latest.set(requestId, id);
      put({
        id,
        ...(requestId !== undefined && { requestId }),
        time: Date.now(),
        method,
        path,
        bytes: 0,
        state: 'sending',
        ...(reason !== undefined && { reason }),
      });
      trim();
      return id;
    },

    /** Only while the row is open. */
    update(id: number, changes: Partial<Pick<LogRow, 'status' | 'total' | 'bytes' | 'received' | 'error'>>): void {
      rows.set(id, { ...rowOf(id), ...changes });
      if (listeners.size === 0) return;
      unheard.add(id);
      timer ??= setTimeout(tellUnheard, noticeMilliseconds);
    },

    end(id: number, state: Exclude<LogState, 'sending'>): void {
      put({ ...rowOf(id), state, endedAt: Date.now() });
    },

    /** Joins the page's word to its request, or keeps it for the request that is yet to come. */
    explain(requestId: string, reason: string): void {
      const row = rows.get(latest.get(requestId) ?? 0);
      if (row === undefined) reasons.keep(requestId, reason);
      else put({ ...row, reason });
    },

    /** Forgets what has ended; open requests stay. */
    clear(): void {
      for (const row of rows.values()) if (row.state !== 'sending') remove(row);
      tell({ name: 'rows', data: [...rows.values()] });
    },

    rows: (): readonly LogRow[] => [...rows.values()].slice(-mostRows),

    subscribe(listener: LogListener): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
        unheard.clear();
      };
    },
  };
}
