import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatBytesOf,
  formatCount,
  formatMoment,
  formatPercent,
  formatRate,
  formatSeconds,
} from '../../../playground/words/format.ts';

describe('a number of bytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [999.6, '1.0 kB'],
    [1000, '1.0 kB'],
    [8123, '8.1 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [116_400, '116 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [98_900_000, '98.9 MB'],
    [1_234_000_000, '1234.0 MB'],
  ])('%s reads %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it('never reads as a thousand of a unit that has a larger one', () => {
    const bytes = fc.double({ min: 0, max: 999_900_000, noNaN: true });
    fc.assert(
      fc.property(bytes, (bytes) => {
        expect(Number.parseFloat(formatBytes(bytes))).toBeLessThan(1000);
      }),
    );
  });

  it.each([
    [37_200_000, 98_900_000, '37.2 of 98.9 MB'],
    [12, 98_900_000, '0.0 of 98.9 MB'],
    [116_400, 133_000, '116 of 133 kB'],
    [0, 0, '0 of 0 B'],
    [8123, undefined, '8.1 kB'],
  ])('%s of %s reads %s', (bytes, total, words) => {
    expect(formatBytesOf(bytes, total)).toBe(words);
  });
});

describe('a rate', () => {
  it.each([
    [4_000_000, '4.0 MB/s'],
    [999.7, '1.0 kB/s'],
    [0, '0 B/s'],
    [undefined, '–'],
  ])('%s reads %s', (rate, words) => {
    expect(formatRate(rate)).toBe(words);
  });
});

describe('a time', () => {
  it.each([
    [0, '0.0 s'],
    [9300, '9.3 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [15_400, '15 s'],
    [99_600, '100 s'],
  ])('of %d ms that is left reads %s', (milliseconds, words) => {
    expect(formatSeconds(milliseconds)).toBe(words);
  });

  it.each([
    [0, '1 ms'],
    [0.2, '1 ms'],
    [2.4, '2 ms'],
    [10, '0.01 s'],
    [184, '0.18 s'],
    [994, '0.99 s'],
    [995, '1.0 s'],
    [1300, '1.3 s'],
    [12_300, '12 s'],
  ])('of %d ms that something took reads %s', (milliseconds, words) => {
    expect(formatMoment(milliseconds)).toBe(words);
  });
});

describe('a percentage', () => {
  it.each([
    [undefined, 0, '–'],
    [0, 0, '0'],
    [0, 1, '0.0'],
    [37.58, 0, '37'],
    [37.58, 1, '37.5'],
    [99.99, 0, '99'],
    [99.99, 1, '99.9'],
    [100, 1, '100'],
  ])('of %s with %s digits reads %s', (percent, digits, words) => {
    expect(formatPercent(percent, digits)).toBe(words);
  });

  it('is never 100 before the end', () => {
    const percent = fc.double({ min: 0, max: 100, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(percent, fc.constantFrom(0, 1, 2), (percent, digits) => {
        expect(Number(formatPercent(percent, digits))).toBeLessThan(100);
      }),
    );
  });
});

describe('a count', () => {
  it('is grouped by thousands', () => {
    expect([0, 999, 2210].map(formatCount)).toEqual(['0', '999', '2,210']);
  });
});
