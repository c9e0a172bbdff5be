import { describe, expect, it } from 'vitest';
import { barClass } from '../../../playground/components/Bar.tsx';
import { isCut, isOutcome, type Look, lookOf, toneOf } from '../../../playground/components/look.ts';

describe('the look of an operation', () => {
  it.each<[Parameters<typeof lookOf>[0], Look]>([
    [{ status: 'idle' }, 'pending'],
    [{ status: 'pending' }, 'pending'],
    [{ status: 'running' }, 'running'],
    [{ status: 'completed' }, 'completed'],
    [{ status: 'failed' }, 'failed'],
    [{ status: 'shielded' }, 'shielded'],
    [{ status: 'canceled', reason: 'manual' }, 'canceled'],
    [{ status: 'canceled', reason: 'superseded' }, 'superseded'],
    [{ status: 'canceled', reason: 'dropped' }, 'superseded'],
    [{ status: 'canceled', reason: 'sibling', isAbandoned: true }, 'abandoned'],
  ])('of %o is %s', (operation, look) => {
    expect(lookOf(operation)).toBe(look);
  });

  it('has the colors of a cancelation when it is a routine one', () => {
    expect([toneOf('superseded'), toneOf('canceled'), toneOf('failed')]).toEqual(['canceled', 'canceled', 'failed']);
  });

  it('has a ground only for an outcome that somebody may want to know of, and a cut where the work stopped', () => {
    const looks: Look[] = [
      'pending',
      'running',
      'completed',
      'canceled',
      'superseded',
      'failed',
      'shielded',
      'abandoned',
    ];
    expect(looks.filter(isOutcome)).toEqual(['completed', 'canceled', 'failed', 'shielded', 'abandoned']);
    expect(looks.filter(isCut)).toEqual(['canceled', 'superseded', 'failed', 'abandoned']);
  });
});

describe('a bar', () => {
  it.each<[Look, number | undefined, string]>([
    ['running', 40, 'bar running'],
    ['running', undefined, 'bar wait running'],
    ['completed', 100, 'bar completed'],
    ['canceled', 40, 'bar cut canceled'],
    ['superseded', undefined, 'bar cut some canceled'],
    ['pending', undefined, 'bar pending'],
  ])('that is %s at %s has the classes “%s”', (look, value, classes) => {
    expect(barClass(look, value).split(/ +/)).toEqual(classes.split(' '));
  });
});
