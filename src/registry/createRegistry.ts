import { checkBoolean, checkFunction, checkOptions, checkString, wrongType } from '../base/checks.js';
import { toMilliseconds } from '../base/duration.js';
import { callSafely, withListener, withoutListener, type Listeners } from '../base/listeners.js';
import { reportError } from '../base/reportError.js';
import type { Cancelable } from '../cancelable/Cancelable.js';
import { isSettled, Operation } from '../operation/node.js';
import { observe, type OperationEvent } from '../operation/observe.js';
import { checkOperationRequest } from '../operation/request.js';
import { callWith } from '../operation/stack.js';
import type { OperationCancelRequest } from '../operation/types.js';
import { Entries } from './entries.js';
import { checkFilter, checkLimit, matches, newest, type OperationFilter } from './filter.js';
import { createHistory } from './history.js';
import { snapshotOf, type OperationSnapshot } from './snapshot.js';
import { createTotals } from './totals.js';
import type { CleanupOptions, Registry, RegistryOptions } from './types.js';

const cleanupChecks = { olderThan: toMilliseconds, keepFailed: checkBoolean };

/**
 * A list of operations: what runs now, a history of what has run, statistics. It lists those that were made with
 * `register: registry`, those given to `register`, and every one made after `observe()`. It follows operations only while
 * it lists or observes some. A listed operation that has started is kept alive until its run settles.
 *
 * @example
 * const uploads = createRegistry({ historyLimit: 50 });
 * const op = new Cancelable({ name: 'upload', register: uploads });
 * void op.run(upload);
 * uploads.list({ status: 'running' }); // [{ name: 'upload', status: 'running', … }]
 * uploads.cancelAll({ name: 'upload' }, 'Signed out');
 */
export function createRegistry(options: RegistryOptions = {}): Registry {
  checkOptions('The options of createRegistry', options, { historyLimit: checkLimit });
  const past = createHistory(options.historyLimit ?? 1000);
  const totals = createTotals();
  const entries = new Entries(changed);
  let observing = 0;
  let detach: (() => void) | undefined;
  let listeners: Listeners<() => void>;
  let current: readonly OperationSnapshot[] | undefined;

  function attachOrDetach(): void {
    if (observing > 0 || !entries.isEmpty) {
      detach ??= observe(onEvent);
    } else {
      detach?.();
      detach = undefined;
    }
  }

  function changed(): void {
    current = undefined;
    attachOrDetach();
    for (const listener of listeners ?? []) void callSafely(() => callWith(undefined, listener));
  }

  function onEvent(operation: Operation, event: OperationEvent): void {
    if (event === 'created') {
      if (observing > 0) add(operation, false);
      return;
    }
    if (event === 'progress' || event === 'abandoned' || event === 'closed') return;
    const entry = entries.of(operation);
    if (entry === undefined) return;
    entry.snapshot = undefined;
    if (event === 'started') entry.held = operation;
    if (event === 'released') {
      totals.add(operation);
      if (entry.keep) return; // its status has been told
      retire(operation);
    }
    changed();
  }

  function add(operation: Operation, keep: boolean): void {
    const entry = entries.of(operation);
    if (entry !== undefined) {
      if (!keep) return;
      entry.keep = true;
      entry.held = operation;
      return;
    }
    const hasEnded = isReleased(operation);
    if (hasEnded) totals.add(operation);
    if (hasEnded && !keep) remember(operation);
    else entries.add(operation, keep);
    changed();
  }

  function remember(operation: Operation): void {
    totals.add(operation);
    past.add(operation);
  }

  /** From the list into the history, if it has ended. */
  function retire(operation: Operation): void {
    entries.remove(operation);
    if (isSettled(operation)) remember(operation);
  }

  function retireAll(operations: readonly Operation[]): number {
    for (const operation of operations) retire(operation);
    if (operations.length > 0) changed();
    return operations.length;
  }

  function find(filter: OperationFilter): Operation[] {
    const found = entries.operations().filter((operation) => matches(operation.context, filter, 'createdAt'));
    return newest(found, filter.limit);
  }

  /** An id that nobody has read is nobody's, so none is made for the search. */
  function withId(id: string): Operation[] {
    checkString('The id', id);
    return entries.operations().filter((operation) => operation.cold?.id === id);
  }

  return {
    list: (filter) => find(checkFilter(filter)).map(snapshotOf),
    get(id) {
      const found = withId(id);
      const operation = found.findLast((each) => !isSettled(each)) ?? found.at(-1);
      return operation as Cancelable | undefined; // only that class makes operations
    },
    cancel: (id, request) => {
      const checked = checkOperationRequest(request);
      return cancelEach(withId(id), checked) > 0;
    },
    cancelAll(filter, request) {
      const { status = ['pending', 'running'], ...others } = checkFilter(filter);
      const { message = 'Bulk cancelation', ...rest } = checkOperationRequest(request);
      return cancelEach(find({ ...others, status }), { ...rest, message });
    },
    history: (filter) => past.find(checkFilter(filter)),
    statistics: () => totals.with(entries.operations(), past.size),
    register(operation, given = {}) {
      checkOperation('The operation', operation);
      checkOptions('The options of register', given, { keep: checkBoolean });
      add(operation, given.keep ?? true);
    },
    unregister(target) {
      if (typeof target === 'string') return retireAll(withId(target)) > 0;
      checkOperation('What to unregister', target, 'an operation or an id');
      return entries.of(target) !== undefined && retireAll([target]) > 0;
    },
    observe() {
      observing += 1;
      attachOrDetach();
      let isOn = true;
      return () => {
        if (!isOn) return;
        isOn = false;
        observing -= 1;
        attachOrDetach();
      };
    },
    cleanup(given: CleanupOptions = {}) {
      checkOptions('The options of cleanup', given, cleanupChecks);
      const { olderThan = 0, keepFailed = true } = given;
      const latest = performance.now() - toMilliseconds('Option "olderThan"', olderThan);
      const ended = entries.operations().filter((operation) => isReleased(operation) && operation.endedAt <= latest);
      return retireAll(keepFailed ? ended.filter((operation) => operation.phase !== 'failed') : ended);
    },
    subscribe(listener) {
      checkFunction('The listener', listener);
      const entry = (): void => listener(); // the same function may be there twice
      listeners = withListener(listeners, entry);
      return () => {
        listeners = withoutListener(listeners, entry);
      };
    },
    getSnapshot: () => (current ??= entries.snapshots()),
    clear() {
      const wasEmpty = entries.isEmpty && past.size === 0;
      for (const operation of entries.operations()) entries.remove(operation);
      past.clear();
      totals.clear();
      if (!wasEmpty) changed();
    },
  };
}

/** Cancels them one by one, so that one whose `cancel` throws keeps nobody else from being canceled. */
function cancelEach(operations: readonly Operation[], request: OperationCancelRequest): number {
  let count = 0;
  for (const operation of operations.filter((each) => !isSettled(each))) {
    try {
      (operation as Cancelable).cancel(request); // only that class makes operations
      if (operation.phase === 'canceled') count += 1;
    } catch (error) {
      reportError(error);
    }
  }
  return count;
}

/** Has its run settled, or will it never have one? */
function isReleased(operation: Operation): boolean {
  return operation.execution?.settled ?? isSettled(operation);
}

function checkOperation(what: string, value: unknown, expected = 'an operation'): void {
  if (!(value instanceof Operation)) throw wrongType(what, expected, value);
}
