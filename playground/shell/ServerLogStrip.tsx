import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { Chip } from '../components/Chip.tsx';
import { LogEntry } from './LogEntry.tsx';
import { latestStep, wordsOf } from './logRow.ts';
import { createServerLog } from './serverLog.ts';

const log = createServerLog('/api/log');
const shownAtFirst = 6;

/** What the other end sees. It stands outside of the routes, so it keeps its place when one of them is left. */
export function ServerLogStrip(): ReactNode {
  const { rows, isConnected } = useSyncExternalStore(log.subscribe, log.getSnapshot);
  const [showsAll, setShowsAll] = useState(false);
  const open = rows.filter((row) => row.state === 'sending').length;
  const shown = showsAll ? rows : rows.slice(0, shownAtFirst);
  const latest = latestStep(rows);
  return (
    <aside className={showsAll ? 'server all' : 'server'} aria-labelledby="server-log">
      <header>
        <h2 id="server-log">
          Server log<span>what the other end sees</span>
        </h2>
        <Chip look={open > 0 ? 'running' : 'pending'} bare>
          <span className="tabular">{isConnected || rows.length > 0 ? `${open} open` : 'connecting'}</span>
        </Chip>
      </header>
      {rows.length === 0 ? (
        <p className="empty">No request yet. Start something on this page.</p>
      ) : (
        // A list that scrolls takes the focus, so that the keyboard can scroll it too: WebKit does not do that by itself.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ol className="log" tabIndex={showsAll ? 0 : undefined} aria-label="Requests, newest first">
          {shown.map((row) => (
            <LogEntry key={row.id} row={row} isLatest={latest.has(row.id)} />
          ))}
        </ol>
      )}
      <footer>
        <span className="tabular">
          {shown.length} of {rows.length} requests
        </span>
        {showsAll && (
          <button type="button" className="link" onClick={clearLog}>
            Clear
          </button>
        )}
        <button type="button" className="link" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer' : 'Show all'}
        </button>
      </footer>
      <LatestEnd rows={rows} />
    </aside>
  );
}

/** Says each end, and nothing else, to screen readers. */
function LatestEnd({ rows }: { readonly rows: ReturnType<typeof log.getSnapshot>['rows'] }): ReactNode {
  const ended = rows.filter((row) => row.endedAt !== undefined);
  const last = ended.reduce<(typeof ended)[number] | undefined>(
    (latest, row) => ((row.endedAt ?? 0) > (latest?.endedAt ?? 0) ? row : latest),
    undefined,
  );
  return (
    <p className="visually-hidden" aria-live="polite">
      {last === undefined ? '' : `${last.method} ${last.path}, ${wordsOf(last)}`}
    </p>
  );
}

function clearLog(): void {
  void fetch('/api/log', { method: 'DELETE' });
}
