import type { Cancelable } from 'use-cancelable';
import { streamJsonLines } from 'use-cancelable/fetch';
import { request } from '../../requests/request.ts';
import type { SearchLine, SearchMatch } from '../../server/contract.ts';

export interface Answer {
  readonly query: string;
  readonly matches: readonly SearchMatch[];
  /** Lines that the server has read. */
  readonly lines: number;
  readonly source: string;
}

/** Has the server search its text. What was found before a cancel is the partial result. */
export async function search(op: Cancelable, query: string): Promise<Answer> {
  const matches: SearchMatch[] = [];
  op.context.partialResult = matches;
  return request(op, `/api/search?q=${encodeURIComponent(query)}`, async (response) => {
    for await (const line of streamJsonLines<SearchLine>(response, { operation: op })) {
      if ('done' in line) return { query, matches, lines: line.lines, source: line.source };
      matches.push(line);
      op.report('Found', { current: matches.length });
    }
    throw new Error('The answer ended before the search did.');
  });
}
