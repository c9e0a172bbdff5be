import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { Cancelable, createRegistry, registry, type OperationSnapshot, type Registry } from 'use-cancelable/core';

// Other files list operations in the same registry.
beforeEach(() => registry.clear());

// The checks are the compiler's; what stands in these functions is not run.
function unused(..._checks: Array<() => unknown>): void {}

describe('the types of a registry', () => {
  it('give snapshots that are only read, and live operations by id', () => {
    unused(() => {
      expectTypeOf(registry).toEqualTypeOf<Registry>();
      expectTypeOf(registry.list()).toEqualTypeOf<OperationSnapshot[]>();
      expectTypeOf(registry.get('id')).toEqualTypeOf<Cancelable | undefined>();
      expectTypeOf(registry.getSnapshot()).toEqualTypeOf<readonly OperationSnapshot[]>();
      expectTypeOf(registry.statistics().averageDuration).toEqualTypeOf<number | undefined>();
      void new Cancelable({ register: registry });
      // @ts-expect-error a snapshot is not written
      registry.list()[0]!.status = 'failed';
      // @ts-expect-error it has no partial result
      void registry.list()[0]!.partialResult;
      // @ts-expect-error no such status
      registry.list({ status: 'done' });
      // @ts-expect-error the parent is an operation or an id
      registry.list({ parent: {} });
      // @ts-expect-error operations only
      registry.register({});
      // @ts-expect-error true, false or a registry
      void new Cancelable({ register: 'yes' });
    });
    expect(registry.list).toBeTypeOf('function');
  });
});

describe('a registry refuses', () => {
  it.each([
    ['createRegistry with an unknown option', () => createRegistry({ limit: 5 } as never), TypeError, '"limit"'],
    ['a limit that is no number', () => createRegistry({ historyLimit: '5' } as never), TypeError, '"historyLimit"'],
    ['a negative limit', () => createRegistry({ historyLimit: -1 }), RangeError, 'Option "historyLimit"'],
    [
      'to register what is no operation',
      () => registry.register({} as never),
      TypeError,
      'The operation must be an operation',
    ],
    [
      'an unknown option of register',
      () => registry.register(new Cancelable(), { hold: true } as never),
      TypeError,
      '"hold"',
    ],
    [
      'keep: 1',
      () => registry.register(new Cancelable(), { keep: 1 } as never),
      TypeError,
      'Option "keep" must be true or false',
    ],
    [
      'to unregister a number',
      () => registry.unregister(5 as never),
      TypeError,
      'What to unregister must be an operation or an id',
    ],
    ['to get by a number', () => registry.get(5 as never), TypeError, 'The id must be a string'],
    [
      'to cancel by an operation',
      () => registry.cancel(new Cancelable() as never),
      TypeError,
      'The id must be a string',
    ],
    [
      'the option register as text',
      () => new Cancelable({ register: 'yes' as never }),
      TypeError,
      'Option "register" must be true, false or a registry; got "yes" (string).',
    ],
    ['the option register as null', () => new Cancelable({ register: null as never }), TypeError, 'Option "register"'],
    [
      'the option register as another object',
      () => new Cancelable({ register: {} as never }),
      TypeError,
      'Option "register"',
    ],
  ])('%s', (_, call, kind, words) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(words);
    expect(registry.list()).toEqual([]);
  });
});
