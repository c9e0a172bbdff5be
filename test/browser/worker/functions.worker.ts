import { CancelationError, currentOperation, sleep, type Cancelable } from 'use-cancelable/core';
import { expose, runInWorker, transfer } from 'use-cancelable/worker';

const never = new Promise<never>(() => {});
let lastEnd: unknown;

class HttpError extends Error {
  override name = 'HttpError';
  status: number;
  constructor(status: number) {
    super(`The server said ${status}`);
    this.status = status;
  }
}

let nested: Worker | undefined;

/** What the tests call. */
const api = expose({
  double: (_op, value: number) => value * 2,
  facts: (op) => {
    const { id, name, status, deadline } = op;
    const isCurrent = currentOperation() === op;
    return { id, name, status, deadline, isCurrent, metadata: op.context.metadata };
  },
  *sum(op: Cancelable, one: number, other: number) {
    yield* op.sleep(1);
    return one + other;
  },
  untilCanceled: async (op) => {
    op.context.partialResult = { rows: 3 };
    op.report('waiting');
    try {
      await op.wait(never);
    } finally {
      lastEnd = {
        reason: op.reason,
        message: op.message,
        aborted: op.signal.aborted,
        cause: (op.error as Error).cause,
      };
    }
  },
  lastEnd: () => lastEnd,
  inNested: (op, name: string, ...args: unknown[]): PromiseLike<unknown> => {
    nested ??= new Worker(new URL('./functions.worker.ts', import.meta.url), { type: 'module' });
    return runInWorker(op, nested, name, args);
  },
  cancelsItself: async (op, by: 'operation' | 'token' | 'throw') => {
    op.context.partialResult = 'half';
    const request = { reason: 'quota', message: 'No more today', cause: { limit: 5 } };
    if (by === 'operation') op.cancel(request);
    if (by === 'token') op.token.cancel(request);
    if (by === 'throw') throw new CancelationError('quota', { message: 'No more today', cause: { limit: 5 } });
    await op.wait(never);
  },
  shields: async (op, milliseconds: number) => {
    try {
      op.report('waiting');
      await op.wait(never);
    } finally {
      await op.shield(async (shield) => {
        await shield.sleep(milliseconds);
        op.context.partialResult = 'cleaned up';
      });
    }
  },
  rests: async (op, milliseconds: number) => {
    await op.sleep(milliseconds);
    return 'rested';
  },
  ignoresSignal: async (op, milliseconds: number) => {
    op.report('waiting');
    await new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    });
  },
  busy: (op, milliseconds: number) => {
    op.report('busy');
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    return 'done';
  },
  throws: (_op, what: 'error' | 'http' | 'text' | 'function' | 'child' | 'dom') => {
    if (what === 'error') throw new RangeError('Too much', { cause: new TypeError('inner') });
    if (what === 'http') throw new HttpError(404);
    if (what === 'text') throw 'just a text'; // oxlint-disable-line typescript/only-throw-error -- anything can be thrown
    if (what === 'function') throw () => {}; // oxlint-disable-line typescript/only-throw-error -- anything can be thrown
    if (what === 'dom') throw new DOMException('Not there', 'NotFoundError');
    return currentOperation()!
      .child({ name: 'inner', timeout: 5 })
      .run((op) => op.wait(never));
  },
  reports: async (op, count: number) => {
    for (let index = 1; index <= count; index += 1) op.report('step', { current: index, total: count });
  },
  cancelsAmongReports: (op, count: number) => {
    for (let index = 0; index < count; index += 1) {
      if (index === count / 2) op.cancel({ reason: 'quota', message: 'Among them' });
      op.report('step', { current: index });
    }
  },
  childReports: async (op) => {
    await op.all([
      (child) => {
        child.report('from a child', { progress: 50 });
        return child.sleep(20);
      },
      () => sleep(60),
    ]);
    await op.sleep(30);
  },
  countsUntilCanceled: async (op) => {
    for (let index = 0; ; index += 1) {
      op.report('step', { current: index });
      await op.yield();
    }
  },
  uncloneable: () => ({ callback: () => {} }),
  buffer: (_op, size: number) => {
    const buffer = new ArrayBuffer(size);
    return transfer(buffer, [buffer]);
  },
  size: (_op, buffer: ArrayBuffer) => buffer.byteLength,
  closesItself: (op) => {
    self.close();
    return op.wait(never);
  },
  closesWhenIdle: () => void setTimeout(() => self.close()),
  crashes: (op) => {
    setTimeout(() => {
      throw new Error('Out of order');
    });
    return op.wait(never);
  },
  crashesAtTheEnd: async (op) => {
    op.report('waiting');
    try {
      await op.wait(never);
    } finally {
      await op.shield(() => {
        setTimeout(() => {
          throw new Error('Out of order');
        });
        return never;
      });
    }
  },
  stops: (op) => {
    setTimeout(() => api());
    return op.wait(never);
  },
});

export type Api = typeof api;
