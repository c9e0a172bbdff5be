import { describe, expect, it, vi } from 'vitest';
import {
  cancelable,
  Cancelable,
  cancelableCombine,
  cancelableWithCondition,
  cancelableWithSignal,
  cancelableWithToken,
  CancelationToken,
  requireOperation,
  withCancelable,
  withCurrentOperation,
} from 'use-cancelable/core';

const never = null as never;
const { signal } = new AbortController();
const target = new EventTarget();
const token = new CancelationToken();
const make = () => new Cancelable();

describe('bad input of a decorator is refused before anything is decorated:', () => {
  it('a timeout of zero, which is not "no timeout" [case 196]', () => {
    expect(() => cancelable({ timeout: 0 })).toThrow(RangeError);
    expect(() => cancelable({ timeout: 0 })).toThrow('Option "timeout" must be a number of milliseconds');
    expect(() => cancelable({ timeout: -1 })).toThrow('above zero; got -1 (number).');
    expect(() => cancelableWithToken(token, { timeout: 0 })).toThrow(RangeError);
    expect(() => cancelableCombine(make, { timeout: 0 })).toThrow(RangeError);
  });

  const bad: Array<[string, () => unknown, string]> = [
    ['options that are none', () => cancelable(never), 'The options of cancelable must be an object; got null.'],
    ['a function for options', () => cancelable((() => {}) as never), 'The options of cancelable must be an object'],
    ['an unknown option', () => cancelable({ timeOut: 5 } as never), 'unknown option "timeOut"'],
    ['an id', () => cancelable({ id: 'x' } as never), 'Option "id" can\'t be set: each call makes an operation'],
    ['a wrong inject', () => cancelable({ inject: 'op' as never }), 'Option "inject" must be true, false or the index'],
    ['a negative inject', () => cancelable({ inject: -1 }), 'Option "inject" must be a whole number, zero or more'],
    ['a broken inject', () => cancelable({ inject: 0.5 }), 'got 0.5 (number).'],
    ['no token', () => cancelableWithToken(never), 'The token must be a CancelationToken; got null.'],
    [
      'a second token',
      () => cancelableWithToken(token, { token } as never),
      'an option "token", which cancelableWithToken',
    ],
    ['an unknown option beside a token', () => cancelableWithToken(token, { x: 5 } as never), 'unknown option "x"'],
    ['no signal', () => cancelableWithSignal(never), 'The target of fromEvent must be an EventTarget; got null.'],
    ['a second signal', () => cancelableWithSignal(signal, { signal } as never), 'an option "signal", which'],
    ['no event type', () => cancelableWithSignal(target, undefined as never), 'The event type must be a string'],
    [
      'an empty event type',
      () => cancelableWithSignal(target, ''),
      'The event type must be a string that is not empty',
    ],
    [
      'a wrong filter',
      () => cancelableWithSignal(target, 'x', { filter: 5 as never }),
      'Option "filter" must be a function',
    ],
    [
      'options of an event that are none',
      () => cancelableWithSignal(target, 'x', never),
      'must be an object; got null.',
    ],
    ['no predicate', () => cancelableWithCondition(never), 'The predicate must be a function; got null.'],
    ['a wrong interval', () => cancelableWithCondition(() => true, { interval: 0 }), 'Option "interval" must be'],
    [
      'a wrong name',
      () => cancelableWithCondition(() => true, { conditionName: 5 as never }),
      'Option "conditionName" must be',
    ],
    [
      'sources that are none',
      () => cancelableWithCondition(() => true, { sources: 5 as never }),
      'Option "sources" must be',
    ],
    [
      'options of a condition that are none',
      () => cancelableWithCondition(() => true, never),
      'must be an object; got null.',
    ],
    [
      'a factory that is none',
      () => cancelableCombine(make, 5 as never),
      'Argument 2 of cancelableCombine must be a function',
    ],
    ['an operation for a factory', () => cancelableCombine(make, make() as never, make as never), 'Argument 2 of'],
    [
      'an operation for the last factory',
      () => cancelableCombine(make() as never),
      'Argument 1 of cancelableCombine must be a function that makes an operation; got an instance of Cancelable.',
    ],
    [
      'no shared operation',
      () => withCancelable(never),
      'The operation of withCancelable must be an operation; got null.',
    ],
    ['wrong options of a shared one', () => withCancelable(make(), { name: 'x' } as never), 'unknown option "name"'],
    [
      'no index',
      () => withCurrentOperation({ inject: false as never }),
      'Option "inject" must be the index of a parameter',
    ],
    ['a negative index', () => withCurrentOperation({ inject: -1 }), 'Option "inject" must be a whole number'],
  ];
  it.each(bad)('%s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(/^(?!Cannot)/);
  });

  it('no factory at all [case 187]', () => {
    const message = 'at least one cancelable must be provided';
    expect(() => (cancelableCombine as () => unknown)()).toThrow(message);
    expect(() => (cancelableCombine as (options: object) => unknown)({ timeout: 5 })).toThrow(message);
  });

  const decorators = {
    cancelable: cancelable(),
    cancelableCombine: cancelableCombine(make),
    withCancelable: withCancelable(make()),
    withCurrentOperation: withCurrentOperation(),
  };
  it.each(Object.entries(decorators))('what %s can not decorate', (name, decorate) => {
    const loose = decorate as (value: unknown, context?: unknown) => unknown;
    expect(() => loose(undefined)).toThrow(`What ${name} decorates must be a function; got undefined.`);
    expect(() => loose(undefined, { kind: 'field', name: 'x' })).toThrow(
      `What ${name} decorates must be a method, by a standard decorator; got "field" (string).`,
    );
    expect(() => loose(Cancelable, { kind: 'class', name: 'x' })).toThrow('got "class" (string).');
    // As decorators before the standard are called.
    expect(() => loose({}, 'load')).toThrow('must be a method, by a standard decorator; got "load" (string).');
  });
});

describe('requireOperation', () => {
  it('returns the same operation, and throws what to do when there is none [case 252]', () => {
    const op = new Cancelable();
    expect(requireOperation(op)).toBe(op);
    const message =
      'The injected operation must be an operation (decorate the function with cancelable, or pass one); got';
    expect(() => requireOperation(null)).toThrow(new TypeError(`${message} null.`));
    expect(() => requireOperation(undefined)).toThrow(new TypeError(`${message} undefined.`));
    expect(() => requireOperation('op' as never)).toThrow(`${message} "op" (string).`);
  });

  it('serves a function that has its operation in an optional parameter', async () => {
    const load = vi.fn<(text: string, op?: Cancelable) => string | undefined>((_, op) => requireOperation(op).name);
    await expect(cancelable({ inject: 1, name: 'load' })(load)('a')).resolves.toBe('load');
    expect(() => load('a')).toThrow('The injected operation');
  });
});
