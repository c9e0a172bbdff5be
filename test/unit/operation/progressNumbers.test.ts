import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

/** Runs the body in an operation that is still running when the body is called. */
const within = async (body: (op: Cancelable) => unknown): Promise<void> => {
  await new Cancelable().run(body);
};

describe('numbers that make no sense', () => {
  const senseless: Array<[string, unknown]> = [
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['a string', '50'],
    ['null', null],
    ['an object', {}],
    ['a bigint', 5n],
    ['a symbol', Symbol('five')],
    ['a boolean', true],
  ];

  const sensible = { progress: 50, current: 5, total: 10, rate: 1, eta: 7 };
  // What is shown instead: what follows from the other fields, if anything does.
  const instead = { progress: 50, current: undefined, total: undefined, rate: undefined, eta: 5 };

  for (const field of ['progress', 'current', 'total', 'rate', 'eta'] as const) {
    it.each(senseless)(`never throw and never show: ${field} is %s`, (_name, value) =>
      within((op) => {
        op.report('x', { ...sensible, [field]: value });
        expect(op.progress).toMatchObject({ ...sensible, [field]: instead[field], fraction: 0.5 });
      }),
    );
  }

  it.each([
    ['progress below zero', { progress: -5 }, 0],
    ['progress above 100', { progress: 250 }, 0.99],
    ['current below zero', { current: -5, total: 10 }, 0],
    ['current above total', { current: 11, total: 10 }, 0.99],
    ['nothing of nothing', { current: 0, total: 0 }, 0],
    ['the largest number of the smallest', { current: Number.MAX_VALUE, total: Number.MIN_VALUE }, 0.99],
    ['the smallest of the largest', { current: Number.MIN_VALUE, total: Number.MAX_VALUE }, 0],
  ])('are kept within bounds: %s', (_name, metadata, expected) =>
    within((op) => {
      op.report('x', metadata);
      expect(op.progress.fraction).toBe(expected);
      expect(op.progress.progress).toBe(expected * 100);
    }),
  );

  it('drop a negative rate and eta, in what callbacks get too', () =>
    within((op) => {
      let got: object | undefined;
      op.onProgress((_id, _message, metadata) => {
        got = metadata;
      });
      op.report('x', { progress: 50, rate: -1, eta: -1, note: 'kept' });
      expect(op.progress).toMatchObject({ progress: 50, rate: undefined, eta: undefined });
      expect(got).toEqual({ progress: 50, note: 'kept' });
    }));

  it('do not replace the numbers of the report before', () =>
    within((op) => {
      op.report('x', { progress: 40 });
      op.report('y', { progress: Number.NaN });
      expect(op.progress).toMatchObject({ progress: 40, message: 'y' });
    }));

  it('show percents without the dust of floating point', () =>
    within((op) => {
      for (let percent = 0; percent < 100; percent += 1) {
        op.report('x', { current: percent, total: 100 });
        expect(op.progress.progress).toBe(Math.min(percent, 99));
      }
    }));
});
