import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  Cancelable,
  stream,
  type Awaitable,
  type CancelableStream,
  type StreamOptions,
  type StreamPartialResult,
} from 'use-cancelable/core';
import { collect, countTo, createReadable } from './streamSources.ts';

const wrong = (value: unknown): never => value as never;

const callers: Array<[string, (source: never, options?: StreamOptions<never>) => unknown]> = [
  ['stream', (source, options) => stream(source, options)],
  ['op.stream', (source, options) => new Cancelable().stream(source, options)],
];

describe.each(callers)('%s', (_name, call) => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['5 (number)', 5],
    ['an object', {}],
    ['an object', { next: () => {} }],
    ['an instance of Promise', Promise.resolve([1])],
    ['the function countTo', countTo],
  ])('refuses %s as a source', (got, source) => {
    expect(() => call(wrong(source))).toThrow(TypeError);
    expect(() => call(wrong(source))).toThrow(
      /The source must be an iterable, an async iterable or a ReadableStream; got/,
    );
    expect(() => call(wrong(source))).toThrow(got);
  });

  it('refuses a locked ReadableStream, and says why', () => {
    const { stream: source } = createReadable([1]);
    source.getReader();
    expect(() => call(wrong(source))).toThrow(TypeError);
    expect(() => call(wrong(source))).toThrow(/locked ReadableStream/);
  });

  it.each([
    ['reportEvery', 0, RangeError, '0'],
    ['reportEvery', -1, RangeError, '-1'],
    ['reportEvery', 1.5, RangeError, '1.5'],
    ['reportEvery', NaN, RangeError, 'NaN'],
    ['reportEvery', '10', TypeError, '"10"'],
    ['reportEvery', null, TypeError, 'null'],
    ['bufferPartial', 1, TypeError, '1 (number)'],
    ['bufferPartial', null, TypeError, 'null'],
    ['onProgress', {}, TypeError, 'an object'],
    ['onProgress', null, TypeError, 'null'],
    ['reportevery', 1, TypeError, 'unknown option'],
    ['name', 'rows', TypeError, 'unknown option'],
  ])('refuses the option %s: %s before it touches the source', (option, value, type, got) => {
    const { stream: source } = createReadable([1]);
    const bad = (): unknown => call(wrong(source), wrong({ [option]: value }));
    expect(bad).toThrow(type);
    expect(bad).toThrow(`"${option}"`);
    expect(bad).toThrow(got);
    expect(source.locked).toBe(false);
  });

  it('refuses options that are none', () => {
    expect(() => call(wrong([1]), wrong(5))).toThrow(/options of stream.*5/);
    expect(() => call(wrong([1]), wrong(null))).toThrow(/options of stream.*null/);
  });
});

describe('a stream', () => {
  it('tells what a source throws when it is opened', () => {
    const source = {
      [Symbol.asyncIterator]: (): never => {
        throw new Error('does not open');
      },
    };
    expect(() => stream(source)).toThrow('does not open');
  });

  it('reads a ReadableStream that is not iterable, as that of WebKit', async () => {
    const { stream: source } = createReadable([1, 2]);
    Object.defineProperty(source, Symbol.asyncIterator, { value: undefined });
    expect(await collect(stream(source))).toEqual([1, 2]);
    expect(source.locked).toBe(false);
  });

  it('reads a stream of bytes', async () => {
    const chunks = await collect(stream(new Response('some text').body!));
    expect(new TextDecoder().decode(chunks[0])).toBe('some text');
  });

  it('is typed by its items', () => {
    const unused = (..._checks: Array<() => unknown>): void => {};
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(stream(countTo(3))).toEqualTypeOf<CancelableStream<number>>();
      expectTypeOf(op.stream(['a'])).toEqualTypeOf<CancelableStream<string>>();
      expectTypeOf(op.stream(new Blob().stream())).toExtend<CancelableStream<Uint8Array>>();
      expectTypeOf(op.stream([Promise.resolve(1)])).toEqualTypeOf<CancelableStream<number>>();
      expectTypeOf(op.stream<number | string>([1, Promise.resolve('a')])).toEqualTypeOf<
        CancelableStream<number | string>
      >();
      expectTypeOf(stream([1]).next()).toEqualTypeOf<Awaitable<IteratorResult<number, undefined>>>();
      op.stream(countTo(3), {
        onProgress(count, item) {
          expectTypeOf(count).toEqualTypeOf<number>();
          expectTypeOf(item).toEqualTypeOf<number>();
        },
      });
      expectTypeOf<StreamPartialResult<number>['buffer']>().toEqualTypeOf<readonly number[] | undefined>();
      // @ts-expect-error no source
      stream(5);
      // @ts-expect-error a misspelled option
      stream([1], { every: 1 });
    });
    expect(stream).toBeTypeOf('function');
  });
});
