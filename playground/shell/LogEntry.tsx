import { memo, type ReactNode } from 'react';
import { Bar } from '../components/Bar.tsx';
import { Chip } from '../components/Chip.tsx';
import type { LogRow } from '../server/contract.ts';
import { formatBytes, formatBytesOf } from '../words/format.ts';
import { lookOfRow, shareOf, wordsOf } from './logRow.ts';

interface LogEntryProps {
  readonly row: LogRow;
  /** Ended by the latest step of the page. */
  readonly isLatest: boolean;
}

/** One request: a row is drawn again only when the server has said something new of it. */
export const LogEntry = memo(function LogEntry({ row, isLatest }: LogEntryProps): ReactNode {
  const look = lookOfRow(row);
  return (
    <li className={row.state === 'sending' ? 'open' : isLatest ? 'latest' : undefined}>
      <time dateTime={new Date(row.time).toISOString()}>{clock.format(row.time)}</time>
      <span className="request" title={`${row.method} ${row.path}`}>
        <b>{row.method}</b> {decode(row.path)}
      </span>
      <span className="bytes tabular">
        {row.state === 'sent' || row.state === 'answered'
          ? formatBytes(row.bytes)
          : formatBytesOf(row.bytes, row.total)}
      </span>
      <Chip look={look} bare>
        {wordsOf(row)}
      </Chip>
      <Bar look={look} value={shareOf(row)} size="fine" />
    </li>
  );
});

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone percent sign: the path is shown as it came.
    return path;
  }
}
