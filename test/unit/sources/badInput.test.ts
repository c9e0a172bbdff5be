import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  condition,
  fromEvent,
  fromSignal,
  fromToken,
  pageHidden,
  resources,
  timeout,
} from 'use-cancelable/core';

const wrong = (value: unknown): never => value as never;
const target = new EventTarget();
const yes = (): boolean => true;

/** What is called, the class of the error, and what its message has to say. */
const rows: Array<[string, () => unknown, typeof Error, string[]]> = [
  ...[0, -1, NaN].map((value): (typeof rows)[number] => [
    `timeout(${value})`,
    () => timeout(value),
    RangeError,
    ['timeout', 'above zero', `${value} (number)`],
  ]),
  ['timeout("5s")', () => timeout(wrong('5s')), TypeError, ['timeout', '"5s"']],
  ['timeout()', () => timeout(wrong(undefined)), TypeError, ['timeout', 'undefined']],
  ['timeout({ days: 1 })', () => timeout(wrong({ days: 1 })), TypeError, ['"days"', '"hours"']],
  ['condition()', () => condition(wrong(undefined)), TypeError, ['predicate', 'function', 'undefined']],
  ['condition(true)', () => condition(wrong(true)), TypeError, ['predicate', 'true']],
  ...[0, -5, NaN].map((value): (typeof rows)[number] => [
    `condition with interval ${value}`,
    () => condition(yes, { interval: value }),
    RangeError,
    ['"interval"', 'above zero', `${value} (number)`],
  ]),
  ['condition with interval "1s"', () => condition(yes, { interval: wrong('1s') }), TypeError, ['"interval"', '"1s"']],
  ['condition with interval null', () => condition(yes, { interval: wrong(null) }), TypeError, ['"interval"', 'null']],
  ['condition with name 5', () => condition(yes, { name: wrong(5) }), TypeError, ['"name"', '5 (number)']],
  [
    'condition with times',
    () => condition(yes, wrong({ times: 5 })),
    TypeError,
    ['condition', '"times"', '"interval"'],
  ],
  ['condition with null', () => condition(yes, wrong(null)), TypeError, ['options of condition', 'null']],
  ['fromEvent()', () => fromEvent(wrong(undefined), 'x'), TypeError, ['target', 'EventTarget', 'undefined']],
  ['fromEvent({})', () => fromEvent(wrong({}), 'x'), TypeError, ['target', 'an object']],
  ['fromEvent("#id")', () => fromEvent(wrong('#id'), 'x'), TypeError, ['target', '"#id"']],
  [
    'fromEvent of half a target',
    () => fromEvent(wrong({ addEventListener: () => {} }), 'x'),
    TypeError,
    ['target', 'EventTarget'],
  ],
  ['fromEvent without type', () => fromEvent(target, wrong(undefined)), TypeError, ['event type', 'undefined']],
  ['fromEvent with type 5', () => fromEvent(target, wrong(5)), TypeError, ['event type', '5 (number)']],
  ['fromEvent with an empty type', () => fromEvent(target, ''), RangeError, ['event type', 'empty']],
  ['fromEvent with a filter', () => fromEvent(target, 'x', { filter: wrong(/x/) }), TypeError, ['"filter"', 'RegExp']],
  ['fromEvent with once', () => fromEvent(target, 'x', wrong({ once: true })), TypeError, ['"once"', '"filter"']],
  ['fromEvent with a function', () => fromEvent(target, 'x', wrong(yes)), TypeError, ['options of fromEvent']],
  ['fromSignal()', () => fromSignal(wrong(undefined)), TypeError, ['signal', 'AbortSignal', 'undefined']],
  ['fromSignal(controller)', () => fromSignal(wrong(new AbortController())), TypeError, ['AbortController']],
  ['fromToken()', () => fromToken(wrong(undefined)), TypeError, ['token', 'CancelationToken', 'undefined']],
  ['fromToken({})', () => fromToken(wrong({ isCanceled: false })), TypeError, ['token', 'an object']],
  ['anyOf(5)', () => anyOf(wrong(5)), TypeError, ['anyOf[0]', '5 (number)']],
  ['anyOf([source])', () => anyOf(wrong([timeout(5)])), TypeError, ['anyOf[0]', 'an array']],
  ['allOf(source, null)', () => allOf(timeout(5), wrong(null)), TypeError, ['allOf[1]', 'null']],
  ['allOf()', () => allOf(), RangeError, ['allOf', 'At least one source is required']],
  ['anyOf()', () => anyOf(), RangeError, ['anyOf', 'At least one source is required']],
  ['pageHidden for -1', () => pageHidden({ for: -1 }), RangeError, ['"for"', '-1 (number)']],
  ['pageHidden for "5s"', () => pageHidden({ for: wrong('5s') }), TypeError, ['"for"', '"5s"']],
  ['pageHidden(5)', () => pageHidden(wrong(5)), TypeError, ['options of pageHidden', '5 (number)']],
  ['pageHidden after', () => pageHidden(wrong({ after: 5 })), TypeError, ['"after"', '"for"']],
  ['resources()', () => resources(wrong(undefined)), TypeError, ['options of resources', 'undefined']],
  ['resources({})', () => resources({}), TypeError, ['"memory"', '"storage"', '"battery"']],
  ['resources, interval alone', () => resources({ interval: 5 }), TypeError, ['"memory"']],
  ['resources, memory "80"', () => resources({ memory: wrong('80') }), TypeError, ['"memory"', '"80"']],
  ...(['memory', 'storage', 'battery'] as const).flatMap((name) =>
    [-1, 101, NaN].map((value): (typeof rows)[number] => [
      `resources, ${name} ${value}`,
      () => resources({ [name]: value }),
      RangeError,
      [`"${name}"`, '0 to 100', `${value} (number)`],
    ]),
  ),
  ['resources, cpu', () => resources(wrong({ cpu: 80 })), TypeError, ['"cpu"', '"memory"']],
  ['resources, interval 0', () => resources({ memory: 80, interval: 0 }), RangeError, ['"interval"', '0 (number)']],
];

describe('a source that makes no sense', () => {
  it.each(rows)('is refused when it is made: %s [cases 52, 161, 254, 282]', (_, make, type, words) => {
    expect(make).toThrow(type);
    for (const word of words) expect(make).toThrow(word);
  });

  it('may have options that are undefined', () => {
    expect(condition(yes, { interval: undefined, name: undefined }).name).toBe('yes');
    expect(fromEvent(target, 'x', { filter: undefined }).name).toBe('x');
    expect(pageHidden({ for: undefined }).name).toBe('pageHidden');
  });
});
