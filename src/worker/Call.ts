import { createId } from '../base/ids.js';
import { job } from '../base/jobs.js';
import { startTimer } from '../base/timer.js';
import type { Awaitable } from '../operation/awaitable.js';
import { keepLateError } from '../operation/body.js';
import { isOver, isSettled, type Operation } from '../operation/node.js';
import { Wait } from '../operation/wait.js';
import { applyCancel, applyFraction, applyPartialResult, applyReport, type ToldFraction } from './applyToCaller.js';
import { toCancelReport } from './cancelReport.js';
import { describeOperation } from './description.js';
import { rebuildError, type ErrorClasses } from './errors/rebuild.js';
import type { ErrorReport } from './errors/types.js';
import { createFlag, raiseFlag } from './flag.js';
import { onEnding } from './onEnding.js';
import { toMessage, type CallMessage, type Cancel, type CallerMessage, type Run, type Settled } from './protocol.js';
import { WorkerError } from './WorkerError.js';

/** How a call has ended for the worker: nothing of it runs any more; something may; it does not answer. */
export type CallEnd = 'closed' | 'open' | 'busy';

/** Where a call goes: to a worker, or to whichever of a pool is free. */
export interface Dispatcher {
  /** It is to be sent as soon as that is possible. */
  add(call: Call): void;
  /** It is not to be sent any more, or nobody waits for an answer any more. */
  remove(call: Call, end: CallEnd): void;
}

export interface CallOptions {
  readonly transfer: readonly Transferable[];
  /** Milliseconds. */
  readonly grace: number;
  readonly errors: ErrorClasses | undefined;
  /** Stays until nothing of it runs in the worker, which is needed for the next one. */
  readonly untilClosed: boolean;
}

type Post = (message: CallerMessage, transfer?: Transferable[]) => void;

const idOfThisRealm = /* @__PURE__ */ lazily(createId);
let count = 0;

/** One call of a function on the other side, on the side that has asked for it. */
export class Call {
  readonly order: number = (count += 1);
  readonly id: string = `${idOfThisRealm()}-${this.order}`;
  readonly name: string;
  readonly #node: Operation;
  readonly #args: readonly unknown[];
  readonly #options: CallOptions;
  readonly #dispatcher: Dispatcher;
  readonly #wait: Wait<unknown>;
  readonly #told: ToldFraction = { fraction: undefined };
  #stopFollowing: (() => void) | undefined;
  #post: Post | undefined;
  #flag: SharedArrayBuffer | undefined;
  /** The operation was asked to end there, or has ended there. */
  #isCanceled = false;
  #hasSettled = false;
  #hasLeft = false;
  #stopTimer: (() => void) | undefined;
  #onSettled: (() => void) | undefined;

  constructor(node: Operation, name: string, args: readonly unknown[], options: CallOptions, dispatcher: Dispatcher) {
    this.#node = node;
    this.name = name;
    this.#args = args;
    this.#options = options;
    this.#dispatcher = dispatcher;
    this.#wait = new Wait(node, () => void this.#letGo());
    if (isSettled(node)) {
      this.#hasLeft = true; // the wait says why
      return;
    }
    this.#stopFollowing = onEnding(node, () => this.#letGo());
    dispatcher.add(this);
  }

  get promise(): Awaitable<unknown> {
    return this.#wait.promise;
  }

  /** The other side is ready, and nothing has ended the call yet. */
  send(post: Post, host: string, sharesMemory: boolean): void {
    if (sharesMemory) this.#flag = createFlag();
    const { id: call, order, name } = this;
    const args = this.#args;
    // Before it is posted: whatever happens from now on is told to the other side.
    this.#post = post;
    try {
      const operation = describeOperation(this.#node, this.#flag);
      post(toMessage<Run>({ type: 'run', host, call, order, name, args, operation }), [...this.#options.transfer]);
    } catch (error) {
      this.#post = undefined;
      this.fail(error, 'closed');
    }
  }

  receive(message: CallMessage): void {
    switch (message.type) {
      case 'report':
        applyReport(this.#node, this.#told, message);
        return;
      case 'advanced':
        applyFraction(this.#node, this.#told, message);
        return;
      case 'canceled':
        this.#stopTimer?.(); // it has heard of it, and may take its time to end
        this.#isCanceled = true;
        applyPartialResult(this.#node, message.partialResult);
        applyCancel(this.#node, message, this.#options.errors);
        return;
      case 'settled':
        this.#settle(message);
        return;
      default:
        this.#leave('closed');
    }
  }

  /** There will be no answer. False if the operation had ended before: the error is told to nobody. */
  fail(error: unknown, end: CallEnd): boolean {
    if (this.#hasLeft) return false;
    const isHeard = !this.#hasSettled && !isSettled(this.#node);
    // Nothing settles in the job in which it was handed out.
    if (!this.#hasSettled) job(() => this.#wait.reject(error));
    // In case it still runs there.
    if (!this.#isCanceled && !this.#hasSettled) this.#cancelThere();
    this.#leave(end);
    return isHeard;
  }

  #settle({ outcome, partialResult, isClosed }: Settled): void {
    this.#hasSettled = true;
    applyPartialResult(this.#node, partialResult);
    const node = this.#node;
    const rebuild = (report: ErrorReport): unknown => rebuildError(report, node, this.#options.errors);
    if (outcome.status === 'completed') this.#wait.fulfill(outcome.value);
    else if (outcome.status === 'canceled') {
      // It has said so before, and by now it is canceled here as well.
      if (!isSettled(node)) this.#wait.reject(new WorkerError('[bug] The worker has canceled without a word.'));
      for (const report of outcome.suppressed) keepLateError(node, rebuild(report));
    } else if (isOver(node)) keepLateError(node, rebuild(outcome.error));
    else this.#wait.reject(rebuild(outcome.error));
    this.#release();
    if (isClosed) this.#leave('closed');
    else if (this.#options.untilClosed) this.#startGrace();
    else this.#leave('open');
  }

  /**
   * The operation was canceled or has failed, or has completed without awaiting this. Called in the very step. The run
   * waits for the promise: until the other side has unwound, or does not answer.
   */
  #letGo(): Promise<void> | undefined {
    if (this.#hasLeft || this.#hasSettled) return undefined;
    if (this.#post === undefined) {
      this.#leave('closed');
      return undefined;
    }
    if (!this.#isCanceled) {
      this.#cancelThere();
      this.#startGrace();
    }
    return new Promise((resolve) => {
      const before = this.#onSettled;
      this.#onSettled = () => {
        before?.();
        resolve();
      };
    });
  }

  #cancelThere(): void {
    if (this.#post === undefined) return;
    this.#isCanceled = true;
    const report = toCancelReport(this.#node);
    if (this.#flag !== undefined) raiseFlag(this.#flag, report.reason, report.message);
    this.#post(toMessage<Cancel>({ type: 'cancel', call: this.id, ...report }));
  }

  #startGrace(): void {
    this.#stopTimer?.();
    this.#stopTimer = startTimer(() => this.#leave('busy'), this.#options.grace);
  }

  #release(): void {
    this.#onSettled?.();
    this.#onSettled = undefined;
  }

  #leave(end: CallEnd): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#stopTimer?.();
    this.#stopFollowing?.();
    this.#dispatcher.remove(this, end);
    this.#release();
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
