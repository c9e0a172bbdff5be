import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  cancelable,
  Cancelable,
  cancelableCombine,
  cancelableWithCondition,
  cancelableWithSignal,
  cancelableWithToken,
  CancelationToken,
  decorationOf,
  requireOperation,
  withCancelable,
  withCurrentOperation,
  type Awaitable,
  type Decoration,
} from 'use-cancelable/core';

// The checks are the compiler's; what stands in these functions is not run.
function unused(..._checks: Array<() => unknown>): void {}

describe('the types', () => {
  it('of a cancelable function are its own without the operation, its value in an awaitable', () => {
    unused(() => {
      const load = cancelable({ timeout: 5 })(async (op, url: string, times?: number) => {
        expectTypeOf(op).toEqualTypeOf<Cancelable>();
        return url.length + (times ?? 0);
      });
      expectTypeOf(load('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(load('a', 5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(load(new Cancelable(), 'a', 5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelable()((op) => op.name)()).toEqualTypeOf<Awaitable<string | undefined>>();
      expectTypeOf(cancelable()(() => 5)()).toEqualTypeOf<Awaitable<number>>();
      const generator = cancelable()(function* (op, text: string) {
        const length = yield* op.wait(Promise.resolve(text.length));
        expectTypeOf(length).toEqualTypeOf<number>();
        return [length];
      });
      expectTypeOf(generator('a')).toEqualTypeOf<Awaitable<number[]>>();
      expectTypeOf(cancelable({ inject: true })((_op, a: 'x') => a)('x')).toEqualTypeOf<Awaitable<'x'>>();
      // @ts-expect-error an argument is missing
      void load();
      // @ts-expect-error a URL is text
      void load(5);
      // @ts-expect-error there are two arguments
      void load('a', 5, 6);
      // @ts-expect-error null is no parent
      void load(null, 'a');
      // @ts-expect-error the first parameter is the operation
      cancelable()((url: string) => url);
      // @ts-expect-error a promise is work that has begun
      cancelable()(Promise.resolve());
      // @ts-expect-error no such option
      cancelable({ timeOut: 5 });
      // @ts-expect-error each call has an id of its own
      cancelable({ id: 'x' });
      // @ts-expect-error a boolean or an index
      cancelable({ inject: 'op' });
    });
    expect(cancelable).toBeTypeOf('function');
  });

  it('of a function with inject: false, or with an index, stay as they are', () => {
    unused(() => {
      const bare = cancelable({ inject: false })((url: string) => url.length);
      expectTypeOf(bare).toEqualTypeOf<(this: unknown, url: string) => Awaitable<number>>();
      const last = cancelable({ inject: 1 })(async (url: string, op?: Cancelable) => op?.name ?? url);
      expectTypeOf(last('a')).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(last('a', new Cancelable())).toEqualTypeOf<Awaitable<string>>();
      // @ts-expect-error it has one argument
      void bare(new Cancelable(), 'a');
      // @ts-expect-error a name is no operation
      void last('a', 'b');
    });
    expect(cancelable).toBeTypeOf('function');
  });

  it('of the receiver are kept', () => {
    unused(() => {
      const add = cancelable()(function (this: { start: number }, _op, more: number) {
        return this.start + more;
      });
      const counter = { start: 5, add };
      const bare = { add };
      expectTypeOf(counter.add(2)).toEqualTypeOf<Awaitable<number>>();
      // @ts-expect-error its receiver has no start
      void bare.add(2);
    });
    expect(cancelable).toBeTypeOf('function');
  });

  it('of the variants are those of cancelable', () => {
    unused(() => {
      const token = new CancelationToken();
      const { signal } = new AbortController();
      const body = async (op: Cancelable, text: string) => op.wait(text.length);
      expectTypeOf(cancelableWithToken(token, { name: 'x' })(body)('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelableWithSignal(signal)(body)('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelableWithSignal(window, 'offline')(body)('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelableWithCondition(() => true, { interval: 5 })(body)('a')).toEqualTypeOf<Awaitable<number>>();
      const make = () => new Cancelable();
      expectTypeOf(cancelableCombine(make, make)(body)('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelableCombine(make, { timeout: 5 })(body)('a')).toEqualTypeOf<Awaitable<number>>();
      const bare = cancelableCombine(make, make, { inject: false })((text: string) => text);
      expectTypeOf(bare).toEqualTypeOf<(this: unknown, text: string) => Awaitable<string>>();
      expectTypeOf(withCancelable(new Cancelable())(body)('a')).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(cancelable()(cancelableWithToken(token)(body))('a')).toEqualTypeOf<Awaitable<number>>();
      // @ts-expect-error at least one
      cancelableCombine();
      // @ts-expect-error a factory, so that each call has its own
      cancelableCombine(new Cancelable());
      // @ts-expect-error the token is given
      cancelableWithToken(token, { token });
      // @ts-expect-error an event has a type
      cancelableWithSignal(window);
      // @ts-expect-error a predicate is a function
      cancelableWithCondition(true);
      // @ts-expect-error the operation has its options already
      withCancelable(new Cancelable(), { timeout: 5 });
    });
    expect(cancelable).toBeTypeOf('function');
  });

  it('of withCurrentOperation say that there may be none, and leave the result alone', () => {
    unused(() => {
      const read = withCurrentOperation()((op, text: string) => {
        expectTypeOf(op).toEqualTypeOf<Cancelable | undefined>();
        return text.length;
      });
      expectTypeOf(read('a')).toEqualTypeOf<number>();
      expectTypeOf(read(new Cancelable(), 'a')).toEqualTypeOf<number>();
      // @ts-expect-error undefined in its place would be the first argument
      read(undefined, 'a');
      const fn = (text: string, op?: Cancelable) => op?.name ?? text;
      expectTypeOf(withCurrentOperation({ inject: 1 })(fn)).toEqualTypeOf<typeof fn>();
      // @ts-expect-error outside of an operation there is none
      withCurrentOperation()((op: Cancelable) => op.name);
      // @ts-expect-error the operation goes somewhere
      withCurrentOperation({ inject: false });
    });
    expect(withCurrentOperation).toBeTypeOf('function');
  });

  it('of combine take operations, and options at the end', () => {
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(op.combine(op, op)).toEqualTypeOf<Cancelable>();
      expectTypeOf(op.combine(op, { name: 'x', timeout: 5 })).toEqualTypeOf<Cancelable>();
      expectTypeOf(requireOperation(null)).toEqualTypeOf<Cancelable>();
      expectTypeOf(decorationOf(() => 1)).toEqualTypeOf<Decoration | undefined>();
      // @ts-expect-error options come last
      op.combine({ name: 'x' }, op);
      // @ts-expect-error a signal is no operation
      op.combine(new AbortController().signal);
      // @ts-expect-error no such option
      op.combine(op, { timeOut: 5 });
      // @ts-expect-error text is no operation
      requireOperation('op');
    });
    expect(cancelable).toBeTypeOf('function');
  });
});
