import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  Cancelable,
  CancelationError,
  CancelationToken,
  isCancelation,
  type Awaitable,
  type CustomSource,
  type KnownReason,
  type OperationContext,
  type OperationOptions,
  type Outcome,
  type ProgressMetadata,
  type Reason,
  type Status,
} from 'use-cancelable/core';

// The checks are the compiler's; what stands in these functions is not run.
function unused(..._checks: Array<() => unknown>): void {}

describe('the types', () => {
  it('of run and settle come from the body', () => {
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(op.run(() => 5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.run(() => Promise.resolve('text'))).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(op.run(async (self) => self)).toEqualTypeOf<Awaitable<Cancelable>>();
      expectTypeOf(op.run(() => {})).toEqualTypeOf<Awaitable<void>>();
      expectTypeOf(
        op.run(function* () {
          yield* op.sleep(1);
          return 5;
        }),
      ).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.settle(() => Promise.resolve(5))).toEqualTypeOf<Awaitable<Outcome<number>>>();
      expectTypeOf(op.run(() => (Math.random() > 0.5 ? 1 : 'one'))).resolves.toEqualTypeOf<1 | 'one'>();
      // @ts-expect-error a body is a function
      void op.run(5);
      // @ts-expect-error a promise is work that has begun
      void op.run(Promise.resolve(5));
      // @ts-expect-error a body takes its operation and nothing else
      void op.run((self: Cancelable, more: number) => more);
      // @ts-expect-error the argument is an operation
      void op.run((self: string) => self);
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of a generator body give back what was awaited', async () => {
    const value = await new Cancelable().run(function* (op) {
      const text = yield* op.wait(Promise.resolve('text'));
      expectTypeOf(text).toEqualTypeOf<string>();
      const length = yield* op.wait(text.length);
      expectTypeOf(length).toEqualTypeOf<number>();
      return [text, length] as const;
    });
    expectTypeOf(value).toEqualTypeOf<readonly [string, number]>();
    expect(value).toEqual(['text', 4]);
  });

  it('of an outcome are told apart by its status', async () => {
    const outcome: Outcome<number> = await new Cancelable().settle(() => 5);
    if (outcome.status === 'completed') {
      expectTypeOf(outcome.value).toEqualTypeOf<number>();
      // @ts-expect-error there is no error in it
      void outcome.error;
    } else if (outcome.status === 'canceled') {
      expectTypeOf(outcome.reason).toEqualTypeOf<Reason>();
      expectTypeOf(outcome.message).toEqualTypeOf<string>();
      expectTypeOf(outcome.error).toExtend<Error>();
      // @ts-expect-error there is no value in it
      void outcome.value;
    } else {
      expectTypeOf(outcome.error).toEqualTypeOf<unknown>();
      // @ts-expect-error there is no reason in it
      void outcome.reason;
    }
    expect(outcome).toEqual({ status: 'completed', value: 5 });
  });

  it('of spawn and child are those of the constructor without parent', () => {
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(op.spawn(async () => 5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.spawn((child) => child.name, { timeout: 5, name: 'rows' })).toEqualTypeOf<
        Awaitable<string | undefined>
      >();
      expectTypeOf(op.child({ timeout: { seconds: 5 } })).toEqualTypeOf<Cancelable>();
      // @ts-expect-error the parent is given
      op.child({ parent: null });
      // @ts-expect-error the parent is given
      void op.spawn(() => 5, { parent: op });
      // @ts-expect-error no such option
      op.child({ timeOut: 5 });
      // @ts-expect-error a body is a function
      void op.spawn('rows');
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of the options refuse what the constructor refuses', () => {
    unused(() => {
      expectTypeOf<ConstructorParameters<typeof Cancelable>>().toEqualTypeOf<
        [options?: OperationOptions | undefined]
      >();
      const options: OperationOptions = { timeout: undefined, signal: undefined, parent: null, sources: [] };
      void new Cancelable(options);
      // @ts-expect-error a duration is a number or its parts
      void new Cancelable({ timeout: '5s' });
      // @ts-expect-error no such unit
      void new Cancelable({ timeout: { days: 5 } });
      // @ts-expect-error a controller is no signal
      void new Cancelable({ signal: new AbortController() });
      // @ts-expect-error a signal is no token
      void new Cancelable({ token: new AbortController().signal });
      // @ts-expect-error one of two words
      void new Cancelable({ children: 'stop' });
      // @ts-expect-error a list of sources
      void new Cancelable({ sources: { start: () => {} } });
      // @ts-expect-error a source has a start
      void new Cancelable({ sources: [{ stop: () => {} }] });
      // @ts-expect-error the timeout is given
      Cancelable.withTimeout(5, { timeout: 5 });
      // @ts-expect-error there is no timeout
      Cancelable.withTimeout();
      // @ts-expect-error options are read, not written
      options.timeout = 5;
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of the callbacks have context, error and report', () => {
    unused(() => {
      const op = new Cancelable();
      const same = op
        .onStart((context) => expectTypeOf(context).toEqualTypeOf<OperationContext>())
        .onComplete(async (context) => expectTypeOf(context).toEqualTypeOf<OperationContext>())
        .onCancel((context) => expectTypeOf(context.cancelReason).toEqualTypeOf<Reason | undefined>())
        .onError((context, error) => {
          expectTypeOf(context).toEqualTypeOf<OperationContext>();
          expectTypeOf(error).toEqualTypeOf<unknown>();
        })
        .onProgress((id, message, metadata) => {
          expectTypeOf([id, message]).toEqualTypeOf<string[]>();
          expectTypeOf(metadata).toEqualTypeOf<ProgressMetadata>();
        });
      expectTypeOf(same).toEqualTypeOf<Cancelable>();
      // @ts-expect-error a callback is a function
      op.onStart('start');
      // @ts-expect-error the second argument is an object with a signal
      op.onStart(() => {}, new AbortController().signal);
      // @ts-expect-error an error may be anything
      op.onError((_: OperationContext, error: string) => error);
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of the context let users write metadata and the partial result, and nothing else', () => {
    unused(() => {
      const { context } = new Cancelable();
      context.partialResult = 5;
      context.metadata['mine'] = 5;
      expectTypeOf(context.partialResult).toEqualTypeOf<unknown>();
      // @ts-expect-error the operation writes it
      context.status = 'completed';
      // @ts-expect-error the object stays
      context.metadata = {};
      // @ts-expect-error the operation writes it
      new Cancelable().status = 'completed';
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of a reason know the words of the package and take any other', () => {
    unused(() => {
      const op = new Cancelable();
      op.cancel({ reason: 'logout' });
      op.cancel({ reason: 'hidden', message: 'away', cause: 5, propagate: false });
      expectTypeOf<KnownReason>().toExtend<Reason>();
      expectTypeOf(op.status).toEqualTypeOf<Status>();
      expectTypeOf<Status>().toEqualTypeOf<'pending' | 'running' | 'shielded' | 'completed' | 'canceled' | 'failed'>();
      // @ts-expect-error a message is text
      op.cancel(5);
      // @ts-expect-error no such field
      op.cancel({ messsage: 'typo' });
      // @ts-expect-error a token has no children
      new CancelationToken().cancel({ propagate: false });
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of a source let it return how to stop, or nothing', () => {
    unused(() => {
      const stopped: CustomSource = { start: () => () => {} };
      const bare: CustomSource = {
        start(fire, { signal }) {
          expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
          fire();
          fire('message');
          fire({ reason: 'logout', cause: 5 });
          // @ts-expect-error a cause is text or a request
          fire(5);
        },
      };
      // @ts-expect-error what is returned stops the source
      const asynchronous: CustomSource = { start: async () => {} };
      return [stopped, bare, asynchronous];
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of an error are narrowed by isCancelation', () => {
    unused(() => {
      const error: unknown = new Cancelable().error;
      // @ts-expect-error nothing is known of it yet
      void error.reason;
      if (isCancelation(error)) {
        expectTypeOf(error).toEqualTypeOf<CancelationError>();
        expectTypeOf(error.reason).toEqualTypeOf<Reason>();
        expectTypeOf(error.suppressed).toEqualTypeOf<readonly unknown[]>();
        // @ts-expect-error the reason stays
        error.reason = 'manual';
      }
    });
    expect(Cancelable).toBeTypeOf('function');
  });

  it('of wait and bind are those of what they were given', () => {
    unused(() => {
      const op = new Cancelable();
      expectTypeOf(op.wait(Promise.resolve(5))).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.wait(5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(op.bind((a: number, b: string) => a + b.length)).parameters.toEqualTypeOf<[number, string]>();
      expectTypeOf(op.bind((a: number, b: string) => a + b.length)).returns.toEqualTypeOf<number>();
      // @ts-expect-error it takes a number
      op.bind((a: number) => a)('text');
    });
    expect(Cancelable).toBeTypeOf('function');
  });
});
