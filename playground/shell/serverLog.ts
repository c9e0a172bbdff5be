import type { LogEvents, LogRow } from '../server/contract.ts';

export interface ServerLog {
  /** Newest first. */
  readonly rows: readonly LogRow[];
  readonly isConnected: boolean;
}

const nothing: ServerLog = { rows: [], isConnected: false };

/** Follows the server's log while somebody listens; tells of news at most once a frame. */
export function createServerLog(url: string) {
  const rows = new Map<number, LogRow>();
  const listeners = new Set<() => void>();
  let snapshot = nothing;
  let frame: number | undefined;
  let events: EventSource | undefined;

  const publish = (): void => {
    frame = undefined;
    const isConnected = events?.readyState === EventSource.OPEN;
    snapshot = { rows: [...rows.values()].toSorted((a, b) => b.id - a.id), isConnected };
    for (const listener of listeners) listener();
  };
  const publishSoon = (): void => {
    frame ??= requestAnimationFrame(publish);
  };

  const connect = (): void => {
    events = new EventSource(url);
    const on = <Name extends keyof LogEvents>(name: Name, read: (data: LogEvents[Name]) => void): void => {
      events?.addEventListener(name, ({ data }: MessageEvent<string>) => {
        // The contract says what each event carries.
        read(JSON.parse(data) as LogEvents[Name]);
        publishSoon();
      });
    };
    on('rows', (list) => {
      rows.clear();
      for (const row of list) rows.set(row.id, row);
    });
    on('row', (row) => rows.set(row.id, row));
    events.addEventListener('open', publishSoon);
    // The browser connects again by itself; until then the strip says that it is out of touch.
    events.addEventListener('error', publishSoon);
  };

  const disconnect = (): void => {
    events?.close();
    events = undefined;
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };

  return {
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      if (listeners.size === 1) connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) disconnect();
      };
    },
    getSnapshot: (): ServerLog => snapshot,
  };
}
