import { startTransition, useCallback, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { checkFunction, checkOptions } from '../base/checks.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import type { CancelableControls } from '../task/controls.js';
import { Task, type AnyBody, type TaskState } from '../task/Task.js';
import type { Scope } from '../task/Scope.js';
import type { UseCancelableOptions } from './createBinding.js';
import { keepsWhenHidden } from './onHidden.js';
import { Owner } from './Owner.js';
import { ScopeContext } from './ScopeContext.js';
import { useActionState } from './useActionState.js';
import { cancelableChecks } from './useBinding.js';
import { useOwner } from './useOwner.js';

/**
 * Options of an operation, `lifetime` and `onHidden`. There is no policy: React runs one action after the other.
 *
 * @example
 * const [state, dispatch] = useCancelableAction(save, initial, { timeout: 10_000, lifetime: 'boundary' });
 */
export interface UseCancelableActionOptions extends Omit<UseCancelableOptions, 'policy' | 'maxConcurrency'> {}

/**
 * What `useCancelableAction` returns.
 *
 * @example
 * const [state, dispatch, isPending, cancel]: CancelableAction<State, [form: FormData]> = useCancelableAction(save, initial);
 */
export type CancelableAction<State, Arguments extends readonly unknown[]> = readonly [
  /** What the last action that completed has returned. */
  state: State,
  /** Starts an action, or queues it behind those that run. For a form's `action`, or to be called from anywhere. */
  dispatch: (...args: Arguments) => void,
  /** True until all of them are done. */
  isPending: boolean,
  /** Settles the running action and all that wait behind it with the state as it was. */
  cancel: CancelableControls['cancel'],
  /** The operation of the newest action, its status and reason: for a `<ProgressBar of={action}>` and for messages. */
  action: TaskState<State>,
];

type AnyFunction = (operation: Cancelable, previous: never, ...args: never[]) => unknown;

const { policy: _policy, maxConcurrency: _maxConcurrency, ...ownChecks } = cancelableChecks;
const noOptions: UseCancelableActionOptions = {};

/**
 * React's `useActionState` with a cancel; React 19. A cancelation, whatever its reason, settles the action at once with the
 * state as it was, even if its body ignores the signal: `isPending` is released, optimistic values go back, no error
 * boundary is reached. A failure reaches it, as with React's own. `cancel`, and the end of the boundary above, end the
 * actions that wait behind it, too. `dispatch` makes a transition of its own, so it may be called outside of one.
 *
 * A form that has `dispatch` as its `action` is reset by React when the action is done, canceled or not: call `dispatch` in
 * `onSubmit` to keep what was typed.
 *
 * @param fn - Gets its operation, the state so far, and what `dispatch` was given; may be a generator function.
 * @example
 * const [saved, save, isPending, cancel] = useCancelableAction(
 *   (op, previous, form: FormData) => post(op, form), initialDraft, { timeout: 10_000 });
 * return <form action={save}>…{isPending && <button type="button" onClick={cancel}>Stop</button>}</form>;
 */
export function useCancelableAction<State, Arguments extends readonly [payload?: unknown]>(
  fn: (operation: Cancelable, previous: State, ...args: Arguments) => Generator<unknown, State>,
  initialState: State,
  options?: UseCancelableActionOptions,
): CancelableAction<State, Arguments>;
export function useCancelableAction<State, Arguments extends readonly [payload?: unknown]>(
  fn: (operation: Cancelable, previous: State, ...args: Arguments) => State | PromiseLike<State>,
  initialState: State,
  options?: UseCancelableActionOptions,
): CancelableAction<State, Arguments>;
export function useCancelableAction(
  fn: AnyFunction,
  initialState: unknown,
  options: UseCancelableActionOptions = noOptions,
): CancelableAction<unknown, never[]> {
  checkFunction('The action of useCancelableAction', fn);
  checkOptions('The options of useCancelableAction', options, ownChecks);
  const scope = useContext(ScopeContext);
  const [actions] = useState(() => createActions(scope));
  useOwner(actions.owner, () => actions.update(fn, options));
  const { task } = actions;
  const action = useSyncExternalStore(task.subscribe, task.getSnapshot, task.getSnapshot);
  const [state, enqueue, isPending] = useActionState(actions.perform, initialState);
  const dispatch = useCallback(
    (...args: never[]) => {
      const ticket = actions.draw(args);
      startTransition(() => enqueue(ticket));
    },
    [actions, enqueue],
  );
  return useMemo(
    () => Object.freeze([state, dispatch, isPending, actions.cancel, action] as const),
    [state, dispatch, isPending, actions, action],
  );
}

/** One call of `dispatch`. It waits in React's queue until its turn has come. */
interface Ticket {
  readonly args: readonly never[];
  readonly era: number;
}

interface Actions {
  readonly owner: Owner;
  readonly task: Task<unknown>;
  readonly cancel: CancelableControls['cancel'];
  draw(args: readonly never[]): Ticket;
  /** For `useActionState`. */
  readonly perform: (previous: unknown, ticket: Ticket) => unknown;
  update(fn: AnyFunction, options: UseCancelableActionOptions): void;
}

function createActions(scope: Scope | undefined): Actions {
  let latest: { readonly fn: AnyFunction; readonly options: UseCancelableActionOptions } | undefined;
  // A cancel begins a new era; what waits from an older one is not started.
  let era = 0;
  const owner = new Owner((scope?.depth ?? 0) + 1);
  const keeps = (): boolean => keepsWhenHidden(latest?.options.onHidden, scope);
  const task = new Task<unknown>(
    () => {
      const { onHidden: _onHidden, ...options } = latest!.options; // written before an action can start
      return { ...options, policy: 'parallel' };
    },
    { scope, stays: keeps },
  );
  owner.onDeparture = (departure) => {
    const { lifetime = 'component' } = latest!.options;
    if (lifetime !== 'component' || (departure === 'hidden' && keeps())) return;
    era += 1;
    task.leave({ reason: departure, message: `The component was ${departure === 'unmount' ? 'unmounted' : 'hidden'}` });
  };
  return {
    owner,
    task,
    cancel(request) {
      const wasCanceled = task.cancel(request);
      era += 1;
      return wasCanceled;
    },
    draw: (args) => ({ args, era }),
    perform(previous, ticket) {
      if (ticket.era !== era) return previous;
      owner.use();
      const { fn } = latest!;
      return new Promise((resolve, reject) => {
        const body = (operation: Cancelable): unknown => {
          operation.onCancel(({ cancelReason }) => {
            if (cancelReason === 'parent') era += 1;
            resolve(previous); // not when the body has unwound: pending actions hold up other transitions
          });
          return fn(operation, previous as never, ...(ticket.args as never[]));
        };
        void task.settle(body as AnyBody<unknown>).then((outcome) => {
          if (outcome.status === 'completed') resolve(outcome.value);
          else if (outcome.status === 'failed') reject(outcome.error);
          else resolve(previous);
        }, reject);
      });
    },
    update(fn, options) {
      latest = { fn, options };
    },
  };
}
