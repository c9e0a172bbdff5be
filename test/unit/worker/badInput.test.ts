import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { createWorkerPool, expose, runInWorker, transfer } from 'use-cancelable/worker';

const op = new Cancelable({ parent: null });
const { port1 } = new MessageChannel();
port1.close();

describe('what makes no sense is refused in words', () => {
  it.each([
    [
      () => runInWorker(5 as never, port1, 'run', []),
      TypeError,
      'The operation of runInWorker must be a Cancelable; got 5 (number).',
    ],
    [() => runInWorker(op, {}, 'run', []), TypeError, 'The worker must be a Worker, a SharedWorker, a MessagePort'],
    [() => runInWorker(op, null as never, 'run' as never, [] as never), TypeError, 'The worker must be a Worker'],
    [
      () => runInWorker(op, port1, 5 as never, []),
      TypeError,
      'The name of the function must be a string; got 5 (number).',
    ],
    [() => runInWorker(op, port1, 'run', 5 as never), TypeError, 'The arguments must be an array; got 5 (number).'],
    [
      () => runInWorker(op, port1, 'run', [], { transfer: 5 as never }),
      TypeError,
      'Option "transfer" must be an array',
    ],
    [() => runInWorker(op, port1, 'run', [], { grace: -1 }), RangeError, 'Option "grace" must be'],
    [
      () => runInWorker(op, port1, 'run', [], { errors: [RangeError] as never }),
      TypeError,
      'Option "errors" must be an object; got an array.',
    ],
    [
      () => runInWorker(op, port1, 'run', [], { errors: { HashError: 5 as never } }),
      TypeError,
      'Option "errors".HashError must be a function; got 5 (number).',
    ],
    [() => runInWorker(op, port1, 'run', [], { graze: 5 } as never), TypeError, 'unknown option "graze"'],
    [() => expose(5 as never), TypeError, 'The functions of expose must be an object; got 5 (number).'],
    [() => expose({ run: 5 as never }), TypeError, '"run" of expose must be a function; got 5 (number).'],
    [() => expose({}, {} as never), TypeError, 'The port of expose must be a MessagePort; got an object.'],
    [() => expose({}), TypeError, 'expose needs a port outside of a worker'],
    [
      () => createWorkerPool(5 as never),
      TypeError,
      'The function of createWorkerPool must be a function; got 5 (number).',
    ],
    [
      () => createWorkerPool(() => port1 as never, { maxConcurrency: 0 }),
      RangeError,
      'Option "maxConcurrency" must be a whole number above zero',
    ],
    [() => createWorkerPool(() => port1 as never, { idleTimeout: 0 }), RangeError, 'Option "idleTimeout" must be'],
    [() => createWorkerPool(() => port1 as never, { size: 3 } as never), TypeError, 'unknown option "size"'],
    [() => createWorkerPool(() => port1 as never).close(5 as never), TypeError, 'The reason of close must be a string'],
    [() => transfer(5 as never, []), TypeError, 'The value of transfer must be an object'],
    [() => transfer({}, 5 as never), TypeError, 'The list of transfer must be an array'],
  ])('%s', (misuse, Class, message) => {
    expect(misuse).toThrow(Class);
    expect(misuse).toThrow(message);
    expect(op.status).toBe('pending');
  });

  it('also an operation that has completed', async () => {
    const op = new Cancelable({ parent: null });
    await op.run(() => {});
    await expect(runInWorker(op, port1, 'run', [])).rejects.toThrow('This operation is completed.');
  });
});
