import { describe, expect, it } from 'vitest';
import { followRuns, type RunEvent, type RunView } from '../../../playground/pages/policies/runs.ts';
import { whyEnded } from '../../../playground/words/whyEnded.ts';

const follow = (events: readonly RunEvent[]): readonly RunView[] => events.reduce(followRuns, []);
const outcome = { status: 'completed', value: 1 } as const;

describe('the runs of the page Policies', () => {
  it('keep the moments of each', () => {
    const runs = follow([
      { type: 'asked', number: 1, at: 10 },
      { type: 'started', number: 1, at: 11 },
      { type: 'asked', number: 2, at: 12 },
      { type: 'ended', number: 1, at: 13, outcome },
    ]);
    expect(runs).toEqual([
      { number: 1, askedAt: 10, startedAt: 11, endedAt: 13, outcome },
      { number: 2, askedAt: 12, startedAt: undefined, endedAt: undefined, outcome: undefined },
    ]);
  });

  it('that were cleared away do not come back', () => {
    expect(
      follow([{ type: 'asked', number: 1, at: 1 }, { type: 'cleared' }, { type: 'ended', number: 1, at: 2, outcome }]),
    ).toEqual([]);
  });
});

describe('why a run has ended', () => {
  it.each([
    ['manual', 'by you'],
    ['superseded', 'a newer one took over'],
    ['dropped', 'one was already running'],
    ['hidden', 'you went to another tab'],
    ['parent', 'stopped with the page'],
    ['timeout', 'Operation timed out after 5s'],
  ])('%s: %s', (reason, words) => {
    expect(whyEnded(reason, 'Operation timed out after 5s')).toBe(words);
  });
});
