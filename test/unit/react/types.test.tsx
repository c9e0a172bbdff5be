import type { ReactNode } from 'react';
import { assertType, describe, expectTypeOf, it } from 'vitest';
import {
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useBoundary,
  useCancelable,
  useCancelableAction,
  useCancelableEffect,
  useIsBusy,
  useOperations,
  useProgress,
  useShared,
  type Awaitable,
  type BoundaryState,
  type Cancelable,
  type CancelableState,
  type OperationSnapshot,
  type Outcome,
  type ProgressView,
  type Reason,
} from 'use-cancelable';

// Checked by the compiler. The functions below are never called: hooks run in a render only.

interface Draft {
  readonly title: string;
}

describe('useCancelable without a function', () => {
  it('infers what a run returns, for all kinds of bodies', () => {
    const useCheck = (): void => {
      const { run, settle } = useCancelable();
      expectTypeOf(run(() => 5)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(run(async () => Promise.resolve('text'))).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(run((op) => op.sleep(5))).toEqualTypeOf<Awaitable<void>>();
      const generator = function* (op: Cancelable): Generator<unknown, number, unknown> {
        yield* op.sleep(5);
        return 5;
      };
      expectTypeOf(run(generator)).toEqualTypeOf<Awaitable<number>>();
      expectTypeOf(settle(generator)).toEqualTypeOf<Awaitable<Outcome<number>>>();
      expectTypeOf(settle(() => 'one' as const)).toEqualTypeOf<Awaitable<Outcome<'one'>>>();
      // @ts-expect-error -- a body is a function
      void run('body');
    };
    assertType(useCheck);
  });

  it('has data of unknown type, or of the type that is named, which its bodies must return', () => {
    const useCheck = (): void => {
      expectTypeOf(useCancelable().data).toBeUnknown();
      const state = useCancelable<string>({ timeout: { seconds: 10 }, policy: 'drop', onHidden: 'keep' });
      expectTypeOf(state).toEqualTypeOf<CancelableState<string>>();
      expectTypeOf(state.data).toEqualTypeOf<string | undefined>();
      expectTypeOf(state.run((): string => 'text')).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(state.run(() => 'text')).resolves.toExtend<string>();
      // @ts-expect-error -- a number is no string
      void state.run(() => 5);
    };
    assertType(useCheck);
  });

  it('knows its options', () => {
    const useCheck = (): void => {
      // @ts-expect-error -- misspelled
      useCancelable({ timeOut: 5 });
      // @ts-expect-error -- no policy
      useCancelable({ policy: 'newest' });
      // @ts-expect-error -- hooks set the parent themselves
      useCancelable({ parent: null });
      // @ts-expect-error -- each run has an id of its own
      useCancelable({ id: 'one' });
      // @ts-expect-error -- no duration
      useCancelable({ timeout: '10s' });
    };
    assertType(useCheck);
  });
});

describe('useCancelable with a function', () => {
  it('takes the arguments and the result of the function', () => {
    const useCheck = (): void => {
      const { run, settle, data } = useCancelable(async (op, draft: Draft, count?: number) => {
        expectTypeOf(op).toEqualTypeOf<Cancelable>();
        await op.sleep(count ?? 1);
        return draft.title;
      });
      expectTypeOf(run({ title: 'one' })).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(run({ title: 'one' }, 2)).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(settle({ title: 'one' })).toEqualTypeOf<Awaitable<Outcome<string>>>();
      expectTypeOf(data).toEqualTypeOf<string | undefined>();
      // @ts-expect-error -- the draft is missing
      void run();
      // @ts-expect-error -- a draft has a title
      void run({});
    };
    assertType(useCheck);
  });

  it('takes the result of a generator function', () => {
    const useCheck = (): void => {
      const { run, data } = useCancelable(function* (op, id: number) {
        yield* op.sleep(5);
        return String(id);
      });
      expectTypeOf(run(5)).toEqualTypeOf<Awaitable<string>>();
      expectTypeOf(data).toEqualTypeOf<string | undefined>();
    };
    assertType(useCheck);
  });

  it('without arguments of its own may be given to onClick by a handler, and cancel and reset as they are', () => {
    const useCheck = (): ReactNode => {
      const { run, cancel, reset } = useCancelable((op) => op.sleep(5));
      expectTypeOf(run).parameters.toEqualTypeOf<[]>();
      expectTypeOf(cancel).returns.toBeBoolean();
      return (
        <>
          <button type="button" onClick={() => void run()}>
            Run
          </button>
          <button type="button" onClick={cancel}>
            Cancel
          </button>
          <button type="button" onClick={reset}>
            Reset
          </button>
        </>
      );
    };
    assertType(useCheck);
  });

  it('has the options second', () => {
    const useCheck = (): void => {
      useCancelable((op) => op.sleep(5), { timeout: 5, policy: 'parallel' });
      // @ts-expect-error -- misspelled
      useCancelable((op) => op.sleep(5), { timeOut: 5 });
    };
    assertType(useCheck);
  });
});

describe('the state', () => {
  it('is read-only, and its words are known', () => {
    const useCheck = (): void => {
      const state = useCancelable();
      expectTypeOf(state.status).toEqualTypeOf<'idle' | 'pending' | 'running' | 'completed' | 'canceled' | 'failed'>();
      expectTypeOf(state.reason).toEqualTypeOf<Reason | undefined>();
      expectTypeOf(state.error).toBeUnknown();
      expectTypeOf(state.operation).toEqualTypeOf<Cancelable | undefined>();
    };
    assertType(useCheck);
    const change = (state: CancelableState<unknown>): void => {
      // @ts-expect-error -- immutable
      state.status = 'idle';
    };
    assertType(change);
  });

  it('narrows by its status, and by each of its flags, also where it is taken apart', () => {
    const useCheck = (): void => {
      const state = useCancelable(() => 5);
      expectTypeOf(state.data).toEqualTypeOf<number | undefined>();
      if (state.isCompleted) expectTypeOf(state.data).toEqualTypeOf<number>();
      if (state.status === 'canceled') {
        expectTypeOf(state.reason).toEqualTypeOf<Reason>();
        expectTypeOf(state.message).toEqualTypeOf<string>();
        expectTypeOf(state.partialResult).toBeUnknown();
      } else expectTypeOf(state.reason).toEqualTypeOf<undefined>();
      if (!state.isFailed) expectTypeOf(state.error).toEqualTypeOf<undefined>();
      if (!state.isIdle) expectTypeOf(state.operation).toEqualTypeOf<Cancelable>();
      const { status, isCompleted, data, message } = useCancelable(() => 5);
      if (isCompleted) expectTypeOf(data).toEqualTypeOf<number>();
      if (status === 'canceled') expectTypeOf(message).toEqualTypeOf<string>();
      const page = useBoundary();
      if (page?.isCanceled === true) expectTypeOf(page.reason).toEqualTypeOf<Reason>();
    };
    assertType(useCheck);
  });

  it('of a boundary is null outside of one', () => {
    const useCheck = (): void => {
      const page = useBoundary();
      expectTypeOf(page).toEqualTypeOf<BoundaryState | null>();
      // @ts-expect-error -- there may be none
      page.cancel();
      expectTypeOf(page?.name).toEqualTypeOf<string | undefined>();
    };
    assertType(useCheck);
  });
});

describe('useProgress', () => {
  it('gives the view, or what select makes of it', () => {
    const useCheck = (): void => {
      const task = useCancelable();
      expectTypeOf(useProgress()).toEqualTypeOf<ProgressView>();
      expectTypeOf(useProgress(task)).toEqualTypeOf<ProgressView>();
      expectTypeOf(useProgress(task.operation, { throttle: 100 })).toEqualTypeOf<ProgressView>();
      expectTypeOf(useProgress(useBoundary(), { select: ({ progress }) => progress ?? 0 })).toEqualTypeOf<number>();
      // @ts-expect-error -- no such option
      useProgress(task, { debounce: 5 });
      // @ts-expect-error -- nothing that has progress
      useProgress(5);
    };
    assertType(useCheck);
  });

  it('has numbers that may be unknown', () => {
    expectTypeOf<ProgressView['progress']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<ProgressView['isIndeterminate']>().toBeBoolean();
    expectTypeOf(getProgressProps).parameters.toEqualTypeOf<[ProgressView]>();
  });
});

describe('useCancelableEffect', () => {
  it('takes an effect of the operation alone, its dependencies and options', () => {
    const useCheck = (id: number): void => {
      const user = useCancelableEffect((op) => op.wait(Promise.resolve('Ada')), [id], { timeout: 5 });
      expectTypeOf(user.data).toEqualTypeOf<string | undefined>();
      expectTypeOf(user.run).toEqualTypeOf<() => Awaitable<string>>();
      // @ts-expect-error -- without dependencies it would run for every render
      useCancelableEffect((op) => op.sleep(5));
      // @ts-expect-error -- nobody gives it more than its operation
      useCancelableEffect((op, name: string) => op.sleep(name.length), []);
    };
    assertType(useCheck);
  });
});

describe('useShared', () => {
  it('takes a key of plain parts', () => {
    const useCheck = (id: number): void => {
      const user = useShared(['user', id], (op) => op.wait(Promise.resolve('Ada')), { timeout: 5 });
      expectTypeOf(user.data).toEqualTypeOf<string | undefined>();
      // @ts-expect-error -- objects are not compared
      useShared({ user: id }, (op) => op.sleep(5));
      // @ts-expect-error -- one run for all: there is no policy
      useShared('user', (op) => op.sleep(5), { policy: 'drop' });
    };
    assertType(useCheck);
  });
});

describe('useCancelableAction', () => {
  it('takes its state from the function, and what dispatch gets', () => {
    const useCheck = (): void => {
      const [state, dispatch, isPending, cancel, action] = useCancelableAction(
        async (op, previous: number, step: number) => {
          await op.sleep(5);
          return previous + step;
        },
        0,
      );
      expectTypeOf(state).toEqualTypeOf<number>();
      expectTypeOf(dispatch).parameters.toEqualTypeOf<[step: number]>();
      expectTypeOf(isPending).toBeBoolean();
      expectTypeOf(cancel).returns.toBeBoolean();
      if (action.isCanceled) expectTypeOf(action.reason).toEqualTypeOf<Reason>();
      // @ts-expect-error -- a step is a number
      dispatch('one');
      // @ts-expect-error -- React runs one after the other
      useCancelableAction((_op, previous: number) => previous, 0, { policy: 'drop' });
      // @ts-expect-error -- the state is a number
      useCancelableAction((_op, previous: number) => previous, 'zero');
    };
    assertType(useCheck);
  });

  it('without a payload has a dispatch without arguments; with a form, one for its action', () => {
    const useCheck = (): ReactNode => {
      const [, toggle] = useCancelableAction((_op, previous: boolean) => !previous, false);
      expectTypeOf(toggle).parameters.toEqualTypeOf<[]>();
      const [, save] = useCancelableAction((_op, _previous: string, form: FormData) => String(form.has('name')), '');
      return <form action={save} />;
    };
    assertType(useCheck);
  });
});

describe('the lists of operations', () => {
  it('are snapshots, and an answer', () => {
    const useCheck = (): void => {
      expectTypeOf(useOperations({ status: 'running' })).toEqualTypeOf<readonly OperationSnapshot[]>();
      expectTypeOf(useIsBusy()).toBeBoolean();
      // @ts-expect-error -- no such status
      useIsBusy({ status: 'busy' });
    };
    assertType(useCheck);
  });
});

describe('the options of a task', () => {
  it('know policies, lifetimes and a number', () => {
    const useCheck = (): void => {
      useCancelable({ policy: 'keepLatest', maxConcurrency: 2, lifetime: 'boundary' });
      // @ts-expect-error -- no lifetime
      useCancelable({ lifetime: 'page' });
      // @ts-expect-error -- a number
      useCancelable({ maxConcurrency: 'all' });
    };
    assertType(useCheck);
  });
});

describe('the components', () => {
  it('know their props', () => {
    const useCheck = (operation: Cancelable): ReactNode => (
      <CancelableBoundary name="page" timeout={60_000} onHidden="keep" onCancel={({ name }) => name} fallback={null}>
        <ProgressBar of={operation} className="wide" aria-label="Download" />
        {/* @ts-expect-error -- the value is the operation's affair */}
        <ProgressBar value={5} />
        {/* @ts-expect-error -- nothing that has progress */}
        <ProgressBar of="page" />
        {/* @ts-expect-error -- the component tree says what the parent is */}
        <CancelableBoundary parent={operation} />
        {/* @ts-expect-error -- a boundary is no element */}
        <CancelableBoundary className="page" />
      </CancelableBoundary>
    );
    assertType(useCheck);
  });
});
