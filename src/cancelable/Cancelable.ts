/// <reference lib="esnext.disposable" preserve="true" />
import { checkFunction, checkObject, checkOptions, checkString } from '../base/checks.js';
import type { Duration } from '../base/duration.js';
import { createId } from '../base/ids.js';
import type { CancelableStream } from '../flow/createStream.js';
import type { StreamSource } from '../flow/openSource.js';
import { planAll, planRace } from '../flow/all.js';
import { runGroup } from '../flow/group.js';
import type { BodyValue, BodyValues, GroupOptions } from '../flow/groupPlan.js';
import { planMap } from '../flow/map.js';
import { sleepIn } from '../flow/sleep.js';
import { callIn, wrapIn } from '../flow/wrap.js';
import { streamIn, type StreamOptions } from '../flow/stream.js';
import { trackIn, type TrackedItems, type TrackOptions } from '../flow/track.js';
import { yieldIn } from '../flow/yieldNow.js';
import { Deferred, type Awaitable } from '../operation/awaitable.js';
import { cancelOperation } from '../operation/cascade.js';
import { splitMembers } from '../operation/combine.js';
import { contextOf, nameOf, statusOf } from '../operation/contextOf.js';
import { epochDeadlineOf, remainingOf } from '../operation/deadlineOf.js';
import { errorOf, messageOf } from '../operation/errorOf.js';
import { listen, type ListenOptions } from '../operation/listen.js';
import { addSource } from '../operation/listening.js';
import { lookOut } from '../operation/lookout.js';
import {
  coldOf,
  isSettled,
  Operation,
  type ErrorCallback,
  type ProgressCallback,
  type StatusCallback,
} from '../operation/node.js';
import {
  applyOptions,
  operationChecks,
  refuseOption,
  withOption,
  type OperationOptions,
} from '../operation/options.js';
import { tell } from '../operation/observe.js';
import { progressOf } from '../operation/progress.js';
import { registerOperation } from '../operation/register.js';
import { reportProgress } from '../operation/report.js';
import { checkOperationRequest } from '../operation/request.js';
import {
  closedOf,
  failFromOutside,
  finishOperation,
  runOperation,
  settleOperation,
  spawnOperation,
  startOperation,
} from '../operation/run.js';
import { actingFor, runShield } from '../operation/shield.js';
import { signalOf } from '../operation/signal.js';
import { bindTo, currentNode } from '../operation/stack.js';
import { tokenOf } from '../operation/operationToken.js';
import type { CancelationToken } from '../operation/token.js';
import { adopt, forEachChild } from '../operation/tree.js';
import type { Outcome } from '../operation/outcome.js';
import type {
  OperationCancelRequest,
  OperationContext,
  Progress,
  ProgressMetadata,
  Reason,
  Source,
  Status,
} from '../operation/types.js';
import { throwIfCanceled } from '../operation/throwIfCanceled.js';
import { waitFor } from '../operation/wait.js';
import { condition, conditionChecks, type ConditionParts, type Predicate } from '../sources/condition.js';

// WebKit has no Symbol.asyncDispose yet; its stand-in is the one that compilers use when they lower `await using`.
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as never);

/**
 * What a body may be: a function of its operation, asynchronous or not.
 *
 * @example
 * const load: Body<Row[]> = (op) => op.wait(fetchRows(op.signal));
 */
export type Body<T> = (op: Cancelable) => T | PromiseLike<T>;

/**
 * Several bodies, each with a type of its own.
 *
 * @example
 * const steps: Bodies = [(op) => loadUser(op, id), (op) => loadRows(op)];
 * await op.all(steps);
 */
export type Bodies = readonly ((op: Cancelable) => unknown)[];

/**
 * A body as a generator function: `yield*` takes the place of `await`, and the operation is current everywhere in it.
 *
 * @example
 * const load: GeneratorBody<number> = function* (op) {
 *   const rows = yield* op.wait(fetchRows(op.signal));
 *   return rows.length;
 * };
 */
export type GeneratorBody<T> = (op: Cancelable) => Generator<unknown, T>;

/**
 * One piece of work that can be canceled: a node in the tree of operations. It runs once. Canceling it cancels all below
 * it; its `signal` stops what takes an AbortSignal; its status and reason are true at the instant they change.
 *
 * @example
 * const op = new Cancelable({ name: 'load', timeout: 10_000 });
 * const rows = await op.run(async (op) => {
 *   const response = await op.wait(fetch('/rows', { signal: op.signal }));
 *   return await op.wait(response.json());
 * });
 */
export class Cancelable extends Operation {
  /** @internal */
  constructor(options: OperationOptions | undefined, parent: Operation);
  /** Throws a TypeError or RangeError that names the option if one is unknown or makes no sense. */
  constructor(options?: OperationOptions);
  constructor(options?: OperationOptions, above?: Operation) {
    super();
    if (options !== undefined) applyOptions(this, options);
    const parent = above ?? (options?.parent === undefined ? liveCurrent() : options.parent);
    if (parent !== null && parent !== undefined) adopt(this, parent);
    tell(this, 'created');
    if (options?.register !== undefined) registerOperation(this, options.register);
  }

  /**
   * An operation with a timeout: `Cancelable.withTimeout(5000).run(load)`.
   *
   * @example
   * const rows = await Cancelable.withTimeout({ seconds: 5 }, { name: 'load' }).run(load);
   */
  static withTimeout(timeout: Duration, options?: Omit<OperationOptions, 'timeout'>): Cancelable {
    operationChecks.timeout('The timeout', timeout);
    return new Cancelable(withOption('withTimeout', options, { timeout }));
  }

  /**
   * An operation that is canceled with a token.
   *
   * @example
   * const stop = new CancelationToken();
   * const rows = await Cancelable.withToken(stop).run(load);
   */
  static withToken(token: CancelationToken, options?: Omit<OperationOptions, 'token'>): Cancelable {
    operationChecks.token('The token', token);
    return new Cancelable(withOption('withToken', options, { token }));
  }

  /**
   * An operation that is canceled when a foreign AbortSignal is aborted.
   *
   * @example
   * const rows = await Cancelable.withSignal(controller.signal).run(load);
   */
  static withSignal(signal: AbortSignal, options?: Omit<OperationOptions, 'signal'>): Cancelable {
    operationChecks.signal('The signal', signal);
    return new Cancelable(withOption('withSignal', options, { signal }));
  }

  /**
   * An operation that is canceled when the predicate says true, with reason `condition`. The first check comes at its start.
   *
   * @param options - `interval` (default: 100 ms), `conditionName` (default: the name of the function), and those of any
   * operation.
   * @example
   * const op = Cancelable.withCondition(() => queue.length > 1000, { conditionName: 'queue is full', timeout: 5000 });
   */
  static withCondition(predicate: Predicate, options: OperationOptions & ConditionParts = {}): Cancelable {
    checkOptions('The options of withCondition', options, { ...operationChecks, ...conditionChecks });
    const { interval, conditionName: name, ...rest } = options;
    const source = condition(predicate, { interval, name });
    return new Cancelable(rest).addSource(source);
  }

  /** A UUID unless given. Made on first read. */
  get id(): string {
    return (coldOf(this).id ??= createId());
  }

  /** For people, logs and tools; undefined unless given or, with a timeout, made from that. */
  get name(): string | undefined {
    return nameOf(this);
  }

  /**
   * Facts and your own data, live.
   *
   * @example
   * op.context.metadata['user'] = user.id;
   * op.context.partialResult = rows;
   * console.log(op.context.logContext());
   */
  get context(): OperationContext {
    return contextOf(this);
  }

  /** Where it is in its life. True at the instant it changes, before any callback is called. */
  get status(): Status {
    return statusOf(this);
  }

  /** Why it was canceled; undefined unless it was. */
  get reason(): Reason | undefined {
    return this.cancelReason;
  }

  /** What the cancelation says; undefined unless it was canceled. */
  get message(): string | undefined {
    return messageOf(this);
  }

  /** The CancelationError of a canceled operation, or what a failed one has thrown. */
  get error(): unknown {
    return errorOf(this);
  }

  /** True until it starts. */
  get isPending(): boolean {
    return this.phase === 'pending';
  }
  /** True from start to end, also for the handle of a shield. */
  get isRunning(): boolean {
    lookOut();
    return this.phase === 'running';
  }
  /** True when its body has returned and its children have ended, without a cancelation or an error. */
  get isCompleted(): boolean {
    return this.phase === 'completed';
  }
  /** True from the instant it was canceled, also while its body still unwinds. */
  get isCanceled(): boolean {
    lookOut();
    return this.phase === 'canceled';
  }
  /** True from the instant its body, or a child that was spawned, has thrown. */
  get isFailed(): boolean {
    return this.phase === 'failed';
  }
  /** True when it has ended, in whatever way. */
  get isSettled(): boolean {
    lookOut();
    return isSettled(this);
  }

  /** True when the body did not end within `grace` after a cancel: `run` has settled without it. */
  get isAbandoned(): boolean {
    return this.execution?.abandoned === true && this.execution.kind !== 'start';
  }

  /** The operation it belongs to; undefined for a root. Given at its making, and never changed. */
  get parent(): Cancelable | undefined {
    return this.up as Cancelable | undefined; // only this class makes nodes
  }

  /** The children that are alive: pending or not yet settled. */
  get children(): readonly Cancelable[] {
    const children: Cancelable[] = [];
    forEachChild(this, (child) => children.push(child as Cancelable));
    return children;
  }

  /**
   * Aborted when the operation is canceled or fails; its `reason` is `error`. For fetch and all that takes one. A real
   * AbortSignal, made on first read.
   */
  get signal(): AbortSignal {
    return signalOf(this);
  }

  /** The operation's own token: canceling one cancels the other. */
  get token(): CancelationToken {
    return tokenOf(this);
  }

  /** When time is over, this operation's or an ancestor's, in epoch milliseconds. Infinity: never. Undefined while pending. */
  get deadline(): number | undefined {
    return epochDeadlineOf(this);
  }

  /** Milliseconds until the deadline, never negative; undefined without one. */
  get remaining(): number | undefined {
    return remainingOf(this);
  }

  /** How far it is, with what is below it. An immutable snapshot, the same object until something changes. */
  get progress(): Progress {
    return progressOf(this);
  }

  /**
   * Runs the body now. Resolves with its value when it and all children have ended; rejects with the body's error, or with
   * the CancelationError if the operation was canceled. `currentOperation()` in it is this operation.
   *
   * @example
   * const total = await op.run(async (op) => sum(await op.wait(load())));
   */
  run<T>(body: GeneratorBody<T>): Awaitable<T>;
  run<T>(body: Body<T>): Awaitable<T>;
  run<T>(body: GeneratorBody<T> | Body<T>): Awaitable<T> {
    return runOperation(this, body);
  }

  /**
   * As `run`, but tells the end as a value and never throws it. Rejects only on misuse.
   *
   * @example
   * const outcome = await op.settle(load);
   * if (outcome.status === 'completed') show(outcome.value);
   */
  settle<T>(body: GeneratorBody<T>): Awaitable<Outcome<T>>;
  settle<T>(body: Body<T>): Awaitable<Outcome<T>>;
  settle<T>(body: GeneratorBody<T> | Body<T>): Awaitable<Outcome<T>> {
    return settleOperation(this, body);
  }

  /**
   * Starts without a body; disposal ends it. Throws the cancelation if it was canceled before. JavaScript does not tell a
   * disposer that its block threw: call `fail` for that, or use `run`.
   *
   * @example
   * await using op = new Cancelable({ timeout: 5000 }).start();
   * await op.wait(load());
   */
  start(): this {
    startOperation(this);
    return this;
  }

  /** Cancels the children that still run, completes unless canceled or failed, and waits for all. Never rejects. */
  [asyncDispose](): Promise<void> {
    return finishOperation(this);
  }

  /**
   * Fails the operation from outside its body. Nothing if it has ended.
   *
   * @example
   * await using op = new Cancelable().start();
   * socket.addEventListener('error', () => op.fail(new Error('The connection broke')));
   */
  fail(error: unknown): void {
    failFromOutside(this, error);
  }

  /**
   * Resolves when nothing of it runs any more: body, children and callbacks, abandoned ones too. Never rejects.
   *
   * @example
   * op.cancel();
   * await op.closed; // a body that ignored its signal has ended, too
   */
  get closed(): Awaitable<void> {
    return closedOf(this);
  }

  /**
   * Cancels the operation and all below it. The first reason wins: true if this call canceled it.
   *
   * @param request - The message, or `{ reason, message, cause, propagate }`. Default reason: `manual`. With
   * `propagate: false` the children go on.
   *
   * @example
   * op.cancel('The user pressed Stop');
   * op.cancel({ reason: 'signed out', cause: event, propagate: false });
   */
  cancel(request?: string | OperationCancelRequest): boolean {
    return cancelOperation(this, checkOperationRequest(request));
  }

  /**
   * Throws the operation's error if it was canceled or has failed. For loops that never await.
   *
   * @example
   * for (const row of rows) {
   *   op.throwIfCanceled();
   *   draw(row);
   * }
   */
  throwIfCanceled(): void {
    throwIfCanceled(actingFor(this));
  }

  /**
   * A child that has not started. It is canceled with this operation, which waits for it once it runs.
   *
   * @example
   * const rows = await op.child({ name: 'read', timeout: 5000 }).run(read);
   */
  child(options?: Omit<OperationOptions, 'parent'>): Cancelable {
    return createBelow('child', this, options);
  }

  /**
   * A new operation that is canceled when this one or one of the others is, with the same reason and message; the error of
   * that one is its `cause`. (With one that is its parent as well it is canceled as a child.) It has name, id and parent
   * (default: the current operation) of its own; `metadata.combined` has the ids of what it combines. When it starts, it
   * follows those that run, counts the timeouts of those that have not started as its own and listens to what they would
   * listen to, for itself: they are not changed or started by it. One that has completed or failed contributes nothing;
   * canceling the combined operation leaves the others alone.
   *
   * @param members - Operations; the options of the new operation may come last.
   * @example
   * const op = Cancelable.withTimeout(5000).combine(Cancelable.withToken(stop), { name: 'load' });
   * const rows = await op.run(load);
   */
  combine(...members: readonly Operation[]): Cancelable;
  combine(...members: [...members: readonly Operation[], options: OperationOptions]): Cancelable;
  combine(...given: readonly unknown[]): Cancelable {
    const { members, options } = splitMembers([this, ...given]);
    const combined = new Cancelable(options);
    coldOf(combined).members = members;
    return combined;
  }

  /**
   * Runs a child whose failure is this operation's: it fails with the same error, the other children are canceled with
   * reason `sibling`. The promise may be left alone.
   *
   * @example
   * op.spawn(loadUser);
   * op.spawn(loadSettings, { name: 'settings', timeout: 2000 });
   */
  spawn<T>(body: GeneratorBody<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T>;
  spawn<T>(body: Body<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T>;
  spawn<T>(body: GeneratorBody<T> | Body<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T> {
    checkFunction('The body of spawn', body);
    return spawnOperation(createBelow('spawn', actingFor(this), options), body);
  }

  /**
   * Adds what may cancel the operation: it starts with the operation, and at once when that runs. One that throws on start
   * makes the operation fail. After the end there is nothing to cancel, and it is not started. Chainable.
   *
   * @example
   * op.addSource(fromEvent(dialog, 'close')).addSource(controller.signal);
   */
  addSource(source: Source): this {
    addSource(this, source);
    return this;
  }

  /**
   * Called when it starts, with this operation current. The body waits for an asynchronous one. Chainable.
   *
   * @example
   * op.onStart(({ name }) => console.log(`${name} begins`));
   */
  onStart(callback: StatusCallback, options?: ListenOptions): this {
    listen(this, 'onStart', callback, options);
    return this;
  }
  /**
   * Called when it has completed. `run` waits for an asynchronous one. Chainable.
   *
   * @example
   * op.onComplete(({ elapsedTime }) => console.log(`${elapsedTime} ms`));
   */
  onComplete(callback: StatusCallback, options?: ListenOptions): this {
    listen(this, 'onComplete', callback, options);
    return this;
  }
  /**
   * Called once when it was canceled, after the whole tree was marked. Chainable.
   *
   * @example
   * op.onCancel(({ cancelReason, partialResult }) => keep(partialResult));
   */
  onCancel(callback: StatusCallback, options?: ListenOptions): this {
    listen(this, 'onCancel', callback, options);
    return this;
  }
  /**
   * Called with `(context, error)` when it has failed; never for a cancelation. Chainable.
   *
   * @example
   * op.onError((context, error) => log({ ...context.logContext(), error }));
   */
  onError(callback: ErrorCallback, options?: ListenOptions): this {
    listen(this, 'onError', callback, options);
    return this;
  }
  /**
   * Called with `(operationId, message, metadata)` on every report of this operation and of those below it. Chainable.
   *
   * @example
   * op.onProgress((id, message, { progress }) => console.log(message, progress), { signal: panel.signal });
   */
  onProgress(callback: ProgressCallback, options?: ListenOptions): this {
    listen(this, 'onProgress', callback, options);
    return this;
  }

  /**
   * Reports progress to this operation and to those above it, at once. Ignored after the end.
   *
   * @example
   * op.report('Downloading', { current: received, total: size });
   */
  report(message: string, metadata?: ProgressMetadata): void {
    checkReport(message, metadata);
    void reportProgress(reporterFor(this), message, metadata);
  }

  /**
   * As `report`; resolves when asynchronous callbacks are done. Never rejects.
   *
   * @example
   * await op.reportProgress('Saved', { current: 3, total: 10 });
   */
  reportProgress(message: string, metadata?: ProgressMetadata): Awaitable<void> {
    checkReport(message, metadata);
    const deferred = new Deferred<void>();
    void Promise.all(reportProgress(reporterFor(this), message, metadata)).then(() => deferred.fulfill());
    return deferred.promise;
  }

  /**
   * The promise's outcome; rejects as soon as the operation is canceled. After it `currentOperation()` is what it was.
   *
   * @example
   * const response = await op.wait(fetch(url, { signal: op.signal }));
   */
  wait<T>(promise: T | PromiseLike<T>): Awaitable<T> {
    return waitFor(actingFor(this), promise);
  }

  /**
   * Waits that long, or until the operation is canceled, which clears the timer.
   *
   * @example
   * await op.sleep({ seconds: 2 });
   */
  sleep(duration: Duration): Awaitable<void> {
    return sleepIn(actingFor(this), duration);
  }

  /**
   * Lets the browser paint and handle input, then goes on. For long loops.
   *
   * @example
   * for (const row of rows) {
   *   draw(row);
   *   await op.yield();
   * }
   */
  yield(): Awaitable<void> {
    return yieldIn(actingFor(this));
  }

  /**
   * The items of an iterable, an async iterable or a ReadableStream, for `for await`. Ends with the operation's error as
   * soon as that is canceled, also while the source is blocked, and closes the source on every way out, at the latest when
   * the operation ends. How far it came is in `context.partialResult`.
   *
   * @example
   * for await (const chunk of op.stream(file.stream(), { reportEvery: 10 })) {
   *   await op.wait(save(chunk));
   * }
   */
  stream<T>(source: StreamSource<T>, options?: StreamOptions<T>): CancelableStream<T> {
    return streamIn(actingFor(this), source, options);
  }

  /**
   * The same items, in a loop that reports its own progress with rate and eta, at most every 100 ms. Ends with the
   * operation's error at the first step after that was canceled.
   *
   * @example
   * for (const file of op.track(files)) {
   *   await op.wait(upload(file));
   * }
   */
  track<T>(items: Iterable<T>, options?: TrackOptions): TrackedItems<T>;
  track<T>(items: AsyncIterable<T> | ReadableStream<T>, options?: TrackOptions): CancelableStream<T>;
  track<T>(items: StreamSource<T>, options?: TrackOptions): CancelableStream<T> | TrackedItems<T>;
  track<T>(items: StreamSource<T>, options?: TrackOptions): unknown {
    return trackIn(actingFor(this), items, options);
  }

  /**
   * Runs a section that no cancelation of this operation reaches: a cleanup, a write that must not be cut. Its handle takes
   * the place of `op` in it; methods of the outer operation and the free functions act on the handle, but for `op.signal`
   * and `op.child()`. `run` waits for it. Resolves with the section's value and rejects with its error; if this operation
   * was canceled during the section, rejects with that at its end, and if it was canceled before, resolves all the same.
   *
   * @param options - As for any operation, a name or a timeout of its own, say.
   * @example
   * try {
   *   await op.wait(upload(file));
   * } finally {
   *   await op.shield((op) => op.wait(removeTemporaryFile()), { name: 'clean up', timeout: 5000 });
   * }
   */
  shield<T>(body: GeneratorBody<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T>;
  shield<T>(body: Body<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T>;
  shield<T>(body: GeneratorBody<T> | Body<T>, options?: Omit<OperationOptions, 'parent'>): Awaitable<T> {
    checkFunction('The body of shield', body);
    const parent = actingFor(this);
    const handle = createBelow('shield', parent, options);
    handle.context.metadata.shielded = true;
    return runShield(parent, handle, body);
  }

  /**
   * Runs each function in a child of this operation, and resolves with their values in order, as `Promise.all`. When one
   * fails, the others are canceled with reason `sibling`; when they have ended, it rejects with that error. In difference to
   * `spawn`, it is for whoever awaits it to let the error through or not. An empty list gives an empty one.
   *
   * @example
   * const [user, rows] = await op.all([(op) => loadUser(op, id), (op) => loadRows(op)]);
   */
  all<const F extends Bodies>(fns: F, options?: GroupOptions): Awaitable<BodyValues<F>> {
    return runGroup(scopeFor(this), planAll(fns, options)) as Awaitable<BodyValues<F>>; // what the bodies gave
  }

  /**
   * Runs each function in a child of this operation. The first that ends decides, with a value or with an error, as in
   * `Promise.race`; the others are canceled with reason `sibling`, and it settles when they have ended. Throws a RangeError
   * when there is none: that would never settle.
   *
   * @example
   * const rows = await op.race([(op) => load(op, mirror), (op) => load(op, origin)]);
   */
  race<const F extends Bodies>(fns: F): Awaitable<BodyValues<F>[number]> {
    return runGroup(scopeFor(this), planRace(fns)) as Awaitable<BodyValues<F>[number]>; // what one body gave
  }

  /**
   * Runs the function for each item, in a child of this operation, and resolves with the values in the order of the items.
   * An item is read when there is room for it. Reports progress after each, with `current`, and `total` where the items
   * have a length or size; give each of several maps an operation of its own. When one fails, the others are canceled with
   * reason `sibling` and the source is closed; when that is done, it rejects with the error.
   *
   * @example
   * const sizes = await op.map(files, (op, file) => upload(op, file), { concurrency: 4 });
   */
  map<T, R>(
    items: StreamSource<T>,
    fn: (op: Cancelable, item: T, index: number) => R,
    options?: GroupOptions,
  ): Awaitable<BodyValue<R>[]> {
    return runGroup(scopeFor(this), planMap(items, fn, options)) as Awaitable<BodyValue<R>[]>; // what fn gave
  }

  /**
   * The function under the guard of this operation, for whatever calls it: a retry library, a pool, an event. Each call
   * gives a promise that rejects as soon as the operation is canceled, and then drops a late result. It is not called at
   * all when the operation was canceled or its time is over, nor, as a misuse, when it is pending or has completed. Arguments,
   * `this`, errors, name and length are passed on; `currentOperation()` in it is this operation.
   *
   * @example
   * const rows = await op.wait(pRetry(op.wrap(loadRows), { retries: 2, signal: op.signal }));
   */
  wrap<This, Arguments extends unknown[], Result>(
    fn: (this: This, ...args: Arguments) => Result,
  ): (this: This, ...args: Arguments) => Awaitable<Awaited<Result>> {
    checkFunction('The argument of wrap', fn);
    return wrapIn(actingFor(this), fn);
  }

  /**
   * `wrap` for several functions: what it returns calls a function with the arguments, under the same guard.
   *
   * @example
   * const call = op.wrapping();
   * const user = await call(loadUser, id);
   * const rows = await call(loadRows, user, 10);
   */
  wrapping(): <Arguments extends unknown[], Result>(
    fn: (...args: Arguments) => Result,
    ...args: Arguments
  ) => Awaitable<Awaited<Result>> {
    const node = actingFor(this);
    return (fn, ...args) => {
      checkFunction('The function to call', fn);
      return callIn(node, fn, undefined, args);
    };
  }

  /**
   * A function that has this operation current, from wherever it is called: an event, a timer, a library.
   *
   * @example
   * button.addEventListener('click', op.bind(() => currentOperation()?.report('Clicked')));
   */
  bind<This, Arguments extends unknown[], Result>(
    callback: (this: This, ...args: Arguments) => Result,
  ): (this: This, ...args: Arguments) => Result {
    checkFunction('The argument of bind', callback);
    return bindTo(actingFor(this), callback);
  }

  /** The context as plain data, for `JSON.stringify`. */
  toJSON(): ReturnType<OperationContext['toJSON']> {
    return this.context.toJSON();
  }
}

/** As with the option `parent`, without a copy of the options. */
function createBelow(what: string, parent: Operation, options: OperationOptions | undefined): Cancelable {
  if (options !== undefined) refuseOption(what, options, 'parent');
  return new Cancelable(options, parent);
}

/** Inside of a shield, a canceled operation reports through its handle: a report after the end would be ignored. */
function reporterFor(op: Operation): Operation {
  return isSettled(op) ? actingFor(op) : op;
}

/** Inside of a shield, what belongs to the operation belongs to its handle. */
function scopeFor(op: Cancelable): Cancelable {
  return actingFor(op) as Cancelable; // only this class makes nodes
}

function checkReport(message: string, metadata: ProgressMetadata | undefined): void {
  if (typeof message !== 'string') checkString('The message of a report', message);
  if (metadata !== undefined) checkObject('The metadata of a report', metadata);
}

/** A new operation belongs to the current one, unless that has ended: code may run on after its operation. */
function liveCurrent(): Operation | undefined {
  const current = currentNode();
  return current === undefined || isSettled(current) ? undefined : current;
}
