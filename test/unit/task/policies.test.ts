import { describe, expect, it } from 'vitest';
import { decide, vacancies, type Load, type Policy } from '../../../src/task/policies.ts';

// `unsettled` counts those that run and those that still unwind after their end.
const load = (running: number, unsettled: number, waiting: number): Load => ({ running, unsettled, waiting });

describe('one more run is asked for', () => {
  it.each<[Policy, limit: number, Load, what: string]>([
    ['restart', 1, load(0, 0, 0), 'start'],
    ['restart', 1, load(1, 1, 0), 'start, superseding 1 that runs'],
    ['restart', 1, load(0, 1, 0), 'start'],
    ['restart', 2, load(1, 1, 0), 'start'],
    ['restart', 2, load(2, 2, 0), 'start, superseding 1 that runs'],
    // After a change of the options.
    ['restart', 1, load(3, 3, 0), 'start, superseding 3 that run'],
    ['restart', 1, load(1, 1, 2), 'start, superseding 1 that runs and 2 that wait'],

    ['drop', 1, load(0, 0, 0), 'start'],
    ['drop', 1, load(1, 1, 0), 'drop'],
    ['drop', 1, load(0, 1, 0), 'start'],
    ['drop', 2, load(1, 1, 0), 'start'],
    ['drop', 2, load(2, 2, 0), 'drop'],
    ['drop', 2, load(1, 1, 1), 'drop'],

    ['enqueue', 1, load(0, 0, 0), 'start'],
    ['enqueue', 1, load(1, 1, 0), 'wait'],
    ['enqueue', 1, load(1, 1, 5), 'wait'],
    ['enqueue', 1, load(0, 1, 0), 'wait'],
    ['enqueue', 2, load(1, 1, 0), 'start'],
    ['enqueue', 2, load(2, 2, 0), 'wait'],
    ['enqueue', 2, load(0, 0, 1), 'wait'],

    ['keepLatest', 1, load(0, 0, 0), 'start'],
    ['keepLatest', 1, load(1, 1, 0), 'wait'],
    ['keepLatest', 1, load(1, 1, 1), 'wait, superseding 1 that waits'],
    ['keepLatest', 1, load(0, 1, 0), 'wait'],
    ['keepLatest', 2, load(1, 1, 0), 'start'],
    ['keepLatest', 2, load(2, 2, 4), 'wait, superseding 4 that wait'],

    ['parallel', Infinity, load(0, 0, 0), 'start'],
    ['parallel', Infinity, load(99, 99, 0), 'start'],
    ['parallel', 2, load(1, 1, 0), 'start'],
    ['parallel', 2, load(2, 2, 0), 'wait'],
  ])('%s with at most %s, %o: %s', (policy, limit, state, what) => {
    const { action, running, waiting } = decide(policy, limit, state);
    const words = [running > 0 && `${running} that run`, waiting > 0 && `${waiting} that wait`].filter(Boolean);
    const superseding = words.map((word) => String(word).replace(/^1 that (run|wait)$/, '1 that $1s')).join(' and ');
    expect([action, superseding].filter(Boolean).join(', superseding ')).toBe(what);
  });
});

describe('a run has settled', () => {
  it.each([
    [1, load(0, 0, 3), 1],
    [1, load(0, 1, 3), 0],
    [2, load(0, 0, 3), 2],
    [2, load(1, 1, 3), 1],
    [2, load(1, 1, 0), 0],
    [1, load(3, 3, 2), 0],
    [Infinity, load(1, 1, 4), 4],
  ])('with at most %s, %o: %s may start', (limit, state, count) => {
    expect(vacancies(limit, state)).toBe(count);
  });
});
