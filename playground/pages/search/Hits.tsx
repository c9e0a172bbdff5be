import type { ReactNode } from 'react';
import { formatCount } from '../../words/format.ts';
import type { Answer } from './search.ts';

const shownAtMost = 12;

/** The newest answer, and no other. */
export function Hits({ answer }: { readonly answer: Answer }): ReactNode {
  const { query, matches, lines, source } = answer;
  const shown = matches.slice(0, shownAtMost);
  return (
    <>
      <div className="head">
        <h2 aria-live="polite">
          {formatCount(matches.length)} {matches.length === 1 ? 'line' : 'lines'} with “{query}”
        </h2>
        <p className="tabular">
          {source}, {formatCount(lines)} lines
        </p>
      </div>
      <ol className="hits">
        {shown.map(({ line, text }) => (
          <li key={line}>
            <span className="line tabular">{line}</span>
            <span>
              <Marked text={text.trim()} query={query} />
            </span>
          </li>
        ))}
      </ol>
      {matches.length > shown.length && <p className="more">and {formatCount(matches.length - shown.length)} more</p>}
    </>
  );
}

function Marked({ text, query }: { readonly text: string; readonly query: string }): ReactNode {
  return splitAt(text, query).map(({ start, plain, hit }) => (
    <span key={start}>
      {plain}
      {hit !== '' && <mark>{hit}</mark>}
    </span>
  ));
}

interface Piece {
  readonly start: number;
  readonly plain: string;
  readonly hit: string;
}

/** Cuts a text before and behind each place that has the word, case ignored. */
function splitAt(text: string, word: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const { length } of text.toLowerCase().split(word.toLowerCase())) {
    const end = start + length;
    pieces.push({ start, plain: text.slice(start, end), hit: text.slice(end, end + word.length) });
    start = end + word.length;
  }
  return pieces;
}
