import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationError,
  isCancelation,
  ManualCancelation,
  TimeoutCancelation,
} from 'use-cancelable/core';
import { expose, runInWorker, WorkerError, type ErrorClass, type WorkerFunctions } from 'use-cancelable/worker';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Exposes a function on the other end of a channel, and calls it. */
function call(
  run: (op: Cancelable) => unknown,
  { op = root(), errors }: { op?: Cancelable; errors?: Record<string, ErrorClass> } = {},
): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const functions: WorkerFunctions = { run };
  const stop = expose(functions, port2);
  stops.push(() => {
    stop();
    port1.close();
    port2.close();
  });
  return runInWorker(op, port1, 'run', [], { errors });
}

/** What comes of an error that is thrown on the other side. */
async function across(value: unknown, errors?: Record<string, ErrorClass>): Promise<Error & Record<string, unknown>> {
  const promise = call(
    () => {
      throw value;
    },
    errors === undefined ? {} : { errors },
  );
  const thrown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return thrown as Error & Record<string, unknown>;
}

describe('an error that crosses', () => {
  it.each([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, WorkerError])(
    'keeps its class: %o',
    async (Class) => {
      const error = await across(new Class('a message'));
      expect(error).toBeInstanceOf(Class);
      expect([error.name, error.message]).toEqual([new Class('').name, 'a message']);
    },
  );

  it('keeps its own data, without what cannot be cloned', async () => {
    const error = await across(
      Object.assign(new Error('a message'), {
        status: 404,
        when: new Date(5),
        callback: () => {},
        inner: new TypeError('in'),
      }),
    );
    expect(error).toMatchObject({ status: 404, when: new Date(5) });
    expect('callback' in error).toBe(false);
    expect(error['inner']).toBeInstanceOf(TypeError);
    expect(Object.keys(error)).toEqual(['status', 'when', 'inner']);
  });

  it('keeps the errors of an AggregateError, and their causes', async () => {
    const error = await across(new AggregateError([new TypeError('one'), 'two', { three: 3 }], 'all', { cause: 5 }));
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.cause).toBe(5);
    expect((error as unknown as AggregateError).errors).toEqual([new TypeError('one'), 'two', { three: 3 }]);
    expect((error as unknown as AggregateError).errors[0]).toBeInstanceOf(TypeError);
  });

  it('may be its own cause', async () => {
    const inner = new Error('inner');
    const outer = new Error('outer', { cause: inner });
    inner.cause = outer;
    const error = await across(outer);
    expect((error.cause as Error).cause).toBe(error);
  });

  it('may have a hundred thousand causes, of which the first hundred come', async () => {
    let error = new Error('0');
    for (let index = 1; index < 100_000; index += 1) error = new Error(String(index), { cause: error });
    let at: unknown = await across(error);
    let depth = 0;
    for (; at instanceof Error; at = at.cause) depth += 1;
    expect(depth).toBe(101); // the last one says that there were more
  });

  it('keeps a list of errors of its own without being an AggregateError', async () => {
    const error = await across(Object.assign(new Error('invalid'), { errors: ['too short', new RangeError('old')] }));
    expect(error).not.toBeInstanceOf(AggregateError);
    expect(error['errors']).toEqual(['too short', new RangeError('old')]);
  });

  it('is of a class of the caller, also by a class above its own', async () => {
    class HttpError extends Error {
      status = 0;
    }
    class NotFoundError extends HttpError {
      override status = 404;
    }
    const error = await across(new NotFoundError('gone'), { HttpError });
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ message: 'gone', status: 404 });
  });

  it('is of a class of the caller by its name, whatever the classes are called in minified scripts', async () => {
    const there = class a extends Error {
      override name = 'HashError';
    };
    const here = class b extends Error {};
    const wrong = class a extends Error {};
    const error = await across(new there('broken'), { OtherError: wrong, HashError: here });
    expect(error).toBeInstanceOf(here);
    expect([error.name, error.message]).toEqual(['HashError', 'broken']);
    const plain = await across(Object.assign(new Error('plain'), { name: 'valueOf' }), { HashError: here });
    expect(Object.getPrototypeOf(plain)).toBe(Error.prototype);
  });

  it.each([null, undefined, 0, 'text', { plain: true }])('may be %j', async (value) => {
    await expect(
      call(() => {
        throw value;
      }),
    ).rejects.toEqual(value);
  });

  it.each([Symbol('a'), () => {}, { callback: () => {} }])('that cannot be cloned is told in words', async (value) => {
    const error = await across(value);
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(/^What was thrown cannot be cloned: /);
  });

  it('may have getters that throw', async () => {
    const error = new Error('a message');
    Object.defineProperty(error, 'trap', {
      enumerable: true,
      get() {
        throw new Error('trapped');
      },
    });
    expect((await across(error)).message).toBe('a message');
  });
});

describe('a cancelation that crosses', () => {
  it('that was made by hand cancels the operation, with its cause', async () => {
    const op = root();
    const error = await call(
      () => {
        throw new CancelationError('quota', { message: 'No more', cause: new RangeError('100') });
      },
      { op },
    ).catch((error: unknown) => error as CancelationError);
    expect(isCancelation(error, op)).toBe(true);
    expect([op.status, op.reason, op.message]).toEqual(['canceled', 'quota', 'No more']);
    expect((error as CancelationError).cause).toBeInstanceOf(RangeError);
  });

  it('of another operation is a failure, and shows that operation', async () => {
    const op = root();
    const error = (await call(
      async (op) => {
        const child = op.child({ name: 'part', metadata: { page: 3, callback: () => {} } });
        child.context.partialResult = [1, 2];
        child.cancel('Stop');
        await child.run(() => 5);
      },
      { op },
    ).catch((error: unknown) => error)) as ManualCancelation;
    expect(op.status).toBe('failed');
    expect(error).toBeInstanceOf(ManualCancelation);
    expect(isCancelation(error, op)).toBe(false);
    const { operation } = error;
    expect(operation).not.toBe(op);
    expect(operation).toMatchObject({ name: 'part', status: 'canceled', reason: 'manual', message: 'Stop', error });
    expect(operation!.context).toMatchObject({ parentId: op.id, metadata: { page: 3 }, partialResult: [1, 2] });
    expect(operation!.context.toJSON().name).toBe('part');
    expect(operation!.signal.reason).toBe(error);
    expect(operation!.signal).toBe(operation!.signal);
    expect(error.context?.logContext()).toMatchObject({ operationName: 'part', cancelReason: 'manual' });
  });

  it('takes along what was thrown while it unwound', async () => {
    const op = root();
    const started = new Promise<void>((resolve) => op.onProgress(() => resolve()));
    const run = op.settle((op) =>
      call(
        async (there) => {
          try {
            there.report('started');
            await there.wait(new Promise<never>(() => {}));
          } finally {
            // oxlint-disable-next-line no-unsafe-finally -- that is the fault
            throw new RangeError('The file could not be closed');
          }
        },
        { op },
      ),
    );
    await started;
    op.cancel('Stop');
    await run;
    expect((op.error as CancelationError).suppressed).toEqual([new RangeError('The file could not be closed')]);
  });

  it('of one that has not ended is not aborted', async () => {
    const { operation } = (await across(
      new CancelationError('quota', { operation: root({ name: 'other' }) }),
    )) as unknown as CancelationError;
    expect(operation).toMatchObject({ name: 'other', status: 'pending' });
    expect(operation!.signal.aborted).toBe(false);
  });

  it('keeps class, reason and details', async () => {
    const error = (await call((op) => op.child({ timeout: 5 }).run((op) => op.sleep(1000))).catch(
      (error: unknown) => error,
    )) as TimeoutCancelation;
    expect(error).toBeInstanceOf(TimeoutCancelation);
    expect([error.name, error.reason, error.timeout, error.message]).toEqual([
      'TimeoutError',
      'timeout',
      5,
      'Operation timed out after 5ms',
    ]);
  });

  it('of the operation itself, inside of another error, is of the operation at home', async () => {
    const op = root();
    let failure: unknown;
    op.onCancel(() => {});
    await call(
      async (op) => {
        op.cancel('Stop');
        throw new Error('outer', { cause: op.error });
      },
      { op },
    ).catch((error: unknown) => (failure = error));
    expect(failure).toBe(op.error);
  });

  it('is reported nowhere when nobody awaits it', async () => {
    const seen = vi.fn<(error: unknown) => void>();
    process.on('unhandledRejection', seen);
    void call((op) => void op.cancel('Stop'));
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    process.off('unhandledRejection', seen);
    expect(seen).not.toHaveBeenCalled();
  });
});
