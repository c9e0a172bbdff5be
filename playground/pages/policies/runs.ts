import type { Outcome } from 'use-cancelable';

/** One run as the page shows it, with its moments in epoch milliseconds. */
export interface RunView {
  readonly number: number;
  readonly askedAt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: Outcome<unknown> | undefined;
}

export type RunEvent =
  | { readonly type: 'asked'; readonly number: number; readonly at: number }
  | { readonly type: 'started'; readonly number: number; readonly at: number }
  | { readonly type: 'ended'; readonly number: number; readonly at: number; readonly outcome: Outcome<unknown> }
  | { readonly type: 'cleared' };

/** What is known of the runs after one more event. What was cleared away meanwhile is not brought back. */
export function followRuns(runs: readonly RunView[], event: RunEvent): readonly RunView[] {
  if (event.type === 'cleared') return [];
  const { number, at } = event;
  if (event.type === 'asked') {
    return [...runs, { number, askedAt: at, startedAt: undefined, endedAt: undefined, outcome: undefined }];
  }
  const change = event.type === 'started' ? { startedAt: at } : { endedAt: at, outcome: event.outcome };
  return runs.map((run) => (run.number === number ? { ...run, ...change } : run));
}
