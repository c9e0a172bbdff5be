import { describe, expectTypeOf, it } from 'vitest';
import type { Awaitable, Cancelable } from 'use-cancelable/core';
import {
  createWorkerPool,
  expose,
  runInWorker,
  type TypedPort,
  type TypedSharedWorker,
  type TypedWorker,
} from 'use-cancelable/worker';

// The checks are the compiler's; what stands in these functions is not run.
function unused(..._checks: Array<() => unknown>): void {}

declare const op: Cancelable;
interface Row {
  readonly id: number;
}

function exposeAll() {
  return expose({
    double: (_op, value: number) => value * 2,
    hash: async (op, file: Blob, algorithm?: string) => `${op.id} ${file.size} ${algorithm}`,
    rows: async (): Promise<Row[]> => [],
    *sum(op: Cancelable, one: number) {
      yield* op.sleep(1);
      return one;
    },
  });
}
type Api = ReturnType<typeof exposeAll>;

describe('the types', () => {
  it('of a call come from the worker', () => {
    unused((): void => {
      const worker: TypedWorker<Api> = new Worker('');
      expectTypeOf(runInWorker(op, worker, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(runInWorker(op, worker, 'hash', [new Blob()])).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(runInWorker(op, worker, 'hash', [new Blob(), 'md5'])).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(runInWorker(op, worker, 'rows', [])).toEqualTypeOf<Awaitable<Row[]>>();
      expectTypeOf(runInWorker(op, worker, 'sum', [1])).toEqualTypeOf<Awaitable<number>>();
      // @ts-expect-error there is no such function
      void runInWorker(op, worker, 'duble', [1]);
      // @ts-expect-error it takes a number
      void runInWorker(op, worker, 'double', ['one']);
      // @ts-expect-error it takes an argument
      void runInWorker(op, worker, 'double', []);
      // @ts-expect-error it takes one argument
      void runInWorker(op, worker, 'double', [1, 2]);
      // @ts-expect-error no such option
      void runInWorker(op, worker, 'double', [1], { transfers: [] });
      // @ts-expect-error an operation comes first
      void runInWorker(worker, 'double', [1]);
    });
  });

  it('are those of a cast worker, a shared worker, a port, a pool and of plain functions', () => {
    unused((): void => {
      const cast = new Worker('') as TypedWorker<Api>;
      expectTypeOf(runInWorker(op, cast, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      const shared: TypedSharedWorker<Api> = new SharedWorker('');
      expectTypeOf(runInWorker(op, shared, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      const port: TypedPort<Api> = new MessageChannel().port1;
      expectTypeOf(runInWorker(op, port, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      const pool = createWorkerPool((): TypedWorker<Api> => new Worker(''));
      expectTypeOf(runInWorker(op, pool, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      // @ts-expect-error it takes a number
      void runInWorker(op, pool, 'double', ['one']);
      const plain: TypedWorker<{ double(op: Cancelable, value: number): Promise<number> }> = new Worker('');
      expectTypeOf(runInWorker(op, plain, 'double', [1])).toEqualTypeOf<Awaitable<number>>();
      // @ts-expect-error it takes a number
      void runInWorker(op, plain, 'double', ['one']);
    });
  });

  it('say nothing of a worker of which nothing is known', () => {
    unused((): void => {
      expectTypeOf(runInWorker(op, new Worker(''), 'anything', [1, 'two'])).toEqualTypeOf<Awaitable<unknown>>();
      expectTypeOf(
        runInWorker(
          op,
          createWorkerPool(() => new Worker('')),
          'anything',
          [1],
        ),
      ).toEqualTypeOf<Awaitable<unknown>>();
      // @ts-expect-error a name is a string
      void runInWorker(op, new Worker(''), 5, []);
    });
  });

  it('of expose are functions of an operation', () => {
    unused((): void => {
      expose({ id: (op) => expectTypeOf(op).toEqualTypeOf<Cancelable>() });
      // @ts-expect-error a number is no function
      expose({ id: 5 });
      // @ts-expect-error the first argument is the operation
      expose({ id: (value: number) => value });
    });
  });
});
