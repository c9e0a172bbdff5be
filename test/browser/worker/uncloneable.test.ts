import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelable, CancelationError } from 'use-cancelable/core';
import {
  expose,
  runInWorker,
  transfer,
  WorkerError,
  type TypedPort,
  type WorkerFunctions,
} from 'use-cancelable/worker';
import { errorOf } from './support.ts';

const root = (options: ConstructorParameters<typeof Cancelable>[0] = {}): Cancelable =>
  new Cancelable({ parent: null, ...options });

function open<F extends WorkerFunctions>(functions: F): TypedPort<F> {
  const { port1, port2 } = new MessageChannel();
  const stop = expose(functions, port2);
  onTestFinished(() => {
    stop();
    port1.close();
  });
  return port1;
}

const trap = {
  get value(): number {
    throw new Error('trapped');
  },
};

describe('a value that gives no DataCloneError when it is cloned, but another error,', () => {
  it('rejects the call if it is the result', async () => {
    const error = await errorOf(runInWorker(root(), open({ run: () => trap }), 'run', []));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe('The result of "run" cannot be cloned: an object.');
    expect(error.cause).toEqual(new Error('trapped'));
  });

  it('is left out if it is the partial result of what cancels itself', async () => {
    const op = root();
    const port = open({
      run: (op: Cancelable) => {
        op.context.partialResult = trap;
        op.cancel({ reason: 'quota', message: 'No more today' });
      },
    });
    expect(await errorOf(runInWorker(op, port, 'run', []))).toBe(op.error);
    expect([op.reason, op.message, op.context.partialResult]).toEqual(['quota', 'No more today', undefined]);
  });

  it('is left out of the metadata of an operation and of a report', async () => {
    const op = root({ metadata: { user: 7 } });
    Object.defineProperty(op.context.metadata, 'trap', Object.getOwnPropertyDescriptor(trap, 'value')!);
    const reports: unknown[] = [];
    op.onProgress((_id, message, metadata) => reports.push([message, metadata]));
    const port = open({
      run: (op: Cancelable) => {
        op.report('One', { part: trap, page: 3 });
        return op.context.metadata;
      },
    });
    expect(await runInWorker(op, port, 'run', [])).toEqual({ user: 7 });
    expect(reports).toEqual([['One', { page: 3 }]]);
  });

  it('rejects its call alone if it is an argument', async () => {
    const port: MessagePort = open({ double: (_op: Cancelable, value: number) => value * 2 });
    const calls = [trap, 2].map((value) => runInWorker(root(), port, 'double', [value]));
    const error = await errorOf(calls[0]!);
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toMatch(/^Argument 1 of "double" cannot be cloned: an object\./);
    expect(await calls[1]).toBe(4);
  });
});

describe('what cannot be transferred', () => {
  it('rejects the call, and says why', async () => {
    const port: MessagePort = open({ run: () => 1 });
    const buffer = new ArrayBuffer(8);
    const given = new ReadableStream();
    structuredClone(buffer, { transfer: [buffer] });
    const message = async (args: unknown[], transfer: unknown[]): Promise<string> => {
      const error = await errorOf(
        runInWorker(root(), port, 'run', args, { transfer: transfer as Transferable[] }), // a wrong one, too
      );
      return `${error.name}: ${error.message}`;
    };
    expect(await message([buffer], [])).toMatch(
      /^WorkerError: Argument 1 of "run" cannot be cloned: an instance of ArrayBuffer/,
    );
    expect(await message([], [buffer])).toMatch(/^WorkerError: The arguments of "run" cannot be posted: ./);
    expect(await message([], [5])).toMatch(/^WorkerError: The arguments of "run" cannot be posted: ./);
    expect(await message([given, () => {}], [given])).toMatch(
      /^WorkerError: Argument 2 of "run" cannot be cloned: a function/,
    );
  });

  it('rejects the call of a function that gives the same away twice', async () => {
    const bytes = new Uint8Array(8);
    const port = open({ run: () => transfer(bytes, [bytes.buffer]) });
    expect((await runInWorker(root(), port, 'run', [])).length).toBe(8);
    const error = await errorOf(runInWorker(root(), port, 'run', []));
    expect(error.message).toBe('The result of "run" cannot be cloned: an instance of Uint8Array.');
  });
});

describe('whatever is thrown', () => {
  const unreadable = (key: string): Error =>
    Object.defineProperty(new Error('a message'), key, {
      enumerable: true,
      get() {
        throw new Error('trapped');
      },
    });
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  class Nameless extends Error {
    static override get name(): string {
      throw new Error('trapped');
    }
  }
  it.each<[string, () => unknown, string]>([
    ['an error without a message that can be read', () => unreadable('message'), 'a value without a text'],
    ['an error without a name that can be read', () => unreadable('name'), 'a message'],
    [
      'an error whose message has no text',
      () => Object.assign(new Error(), { message: Object.create(null) }),
      'a value without a text',
    ],
    ['an error of a class without a name', () => new Nameless('a message'), 'a message'],
    ['an error whose errors are none', () => Object.assign(new Error('a message'), { errors: revoked() }), 'a message'],
    ['a cancelation with a strange detail', () => cancelation({ timeout: () => 5 }), 'No more'],
    ['an object with a getter that throws', () => trap, 'What was thrown cannot be cloned: an object.'],
  ])('rejects the call: %s', async (_what, make, message) => {
    const run = (): never => {
      throw make();
    };
    const error = await errorOf(runInWorker(root(), open({ run }), 'run', []));
    expect(error.message).toContain(message);
  });

  function cancelation(fields: object): unknown {
    const error = new CancelationError('quota', { message: 'No more' });
    for (const [key, value] of Object.entries(fields)) Object.defineProperty(error, key, { value });
    return error;
  }

  it('rejects the call: an object whose tag throws', async () => {
    const run = (): never => {
      throw {
        get [Symbol.toStringTag](): string {
          throw new Error('trapped');
        },
      };
    };
    await expect(runInWorker(root(), open({ run }), 'run', [])).rejects.toEqual({});
  });
});

describe('an exposed function', () => {
  it('may be a method of the object that is exposed', async () => {
    const functions = {
      factor: () => 3,
      times(_op: Cancelable, value: number): number {
        return this.factor() * value;
      },
    };
    expect(await runInWorker(root(), open(functions), 'times', [2])).toBe(6);
  });

  it('may have any name, if it is own', async () => {
    const functions: WorkerFunctions = { ['then']: () => 1, constructor: () => 2, ['__proto__']: () => 3 };
    const port: MessagePort = open(functions);
    const call = (name: string): PromiseLike<unknown> => runInWorker(root(), port, name, []);
    expect([await call('then'), await call('constructor'), await call('__proto__')]).toEqual([1, 2, 3]);
    expect((await errorOf(call('toString'))).message).toMatch(/exposes no function "toString"/);
  });
});

describe('an error of a class of the caller', () => {
  // In the browser's own words: that of jsdom is none of Node's errors.
  it('may be a DOMException', async () => {
    class QuotaError extends DOMException {}
    const port = open({
      run: () => {
        throw new QuotaError('full', 'QuotaError');
      },
    });
    const error = await errorOf(runInWorker(root(), port, 'run', [], { errors: { QuotaError } }));
    expect(error).toBeInstanceOf(QuotaError);
    expect([error.name, error.message]).toEqual(['QuotaError', 'full']);
  });
});
