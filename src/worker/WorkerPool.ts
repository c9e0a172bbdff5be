import { checkString, wrongType } from '../base/checks.js';
import { job } from '../base/jobs.js';
import { textOf } from '../base/text.js';
import { startTimer } from '../base/timer.js';
import type { Call, CallEnd, Dispatcher } from './Call.js';
import { connectionOf, type Connection } from './Connection.js';
import { isChannel } from './endpoint.js';
import { WorkerError } from './WorkerError.js';

interface Member {
  readonly worker: Worker;
  readonly connection: Connection;
  call: Call | undefined;
  stopIdling: (() => void) | undefined;
}

/** Checked; times are milliseconds. */
export interface PoolSettings {
  readonly maxConcurrency: number;
  readonly grace: number;
  readonly idleTimeout: number;
}

/**
 * Workers that take one call each at a time; `createWorkerPool` makes it. Give it to `runInWorker` in place of a worker.
 *
 * @example
 * console.log(`${pool.running} of ${pool.size} workers are busy, ${pool.waiting} calls wait`);
 */
export class WorkerPool {
  /** How many workers there may be. */
  readonly maxConcurrency: number;
  /** @internal Milliseconds. */ readonly grace: number;
  /** @internal */ readonly dispatcher: Dispatcher = {
    add: (call) => this.#add(call),
    remove: (call, end) => this.#remove(call, end),
  };
  readonly #create: () => Worker;
  readonly #idleTimeout: number;
  readonly #members = new Set<Member>();
  readonly #queue = new Set<Call>();
  #isFilling = false;
  #closed: WorkerError | undefined;

  /** @internal */
  constructor(create: () => Worker, { maxConcurrency, grace, idleTimeout }: PoolSettings) {
    this.maxConcurrency = maxConcurrency;
    this.grace = grace;
    this.#create = create;
    this.#idleTimeout = idleTimeout;
  }

  /** How many workers there are. They are made when they are needed. */
  get size(): number {
    return this.#members.size;
  }

  /** How many of them run a call. */
  get running(): number {
    let count = 0;
    for (const { call } of this.#members) if (call !== undefined) count += 1;
    return count;
  }

  /** How many calls wait for a worker. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** True from the call of `close`. */
  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /**
   * Terminates all workers. What runs or waits, and what comes later, is rejected with a WorkerError.
   *
   * @example
   * pool.close('The user has signed out');
   */
  close(reason?: string): void {
    if (reason !== undefined) checkString('The reason of close', reason);
    if (this.#closed !== undefined) return;
    this.#closed = new WorkerError(`The worker pool is closed${reason === undefined ? '.' : `: ${reason}`}`);
    for (const call of this.#queue) call.fail(this.#closed, 'closed');
    for (const member of this.#members) {
      member.call?.fail(this.#closed, 'open');
      this.#dismiss(member);
    }
  }

  #add(call: Call): void {
    this.#queue.add(call);
    if (this.#closed === undefined) this.#fill();
    else call.fail(this.#closed, 'closed');
  }

  #remove(call: Call, end: CallEnd): void {
    if (this.#queue.delete(call)) return;
    for (const member of this.#members) {
      if (member.call !== call) continue;
      member.call = undefined;
      member.connection.remove(call);
      if (end === 'closed') this.#idle(member);
      else this.#dismiss(member);
      break;
    }
    // After whatever ends with this call: many may end in one step.
    if (this.#queue.size > 0) job(() => this.#fill());
  }

  /** Gives waiting calls to workers, in order, as long as there are any. */
  #fill(): void {
    if (this.#isFilling || this.#closed !== undefined) return; // a call that can't be sent ends at once, and comes by here
    this.#isFilling = true;
    for (const call of this.#queue) {
      let member = this.#findIdle();
      if (member === undefined && this.#members.size >= this.maxConcurrency) break;
      member ??= this.#hire(call);
      if (member === undefined) continue;
      if (this.#queue.delete(call)) {
        member.call = call;
        member.connection.add(call);
      } else this.#idle(member); // it was canceled by who makes workers
    }
    this.#isFilling = false;
  }

  #findIdle(): Member | undefined {
    for (const member of this.#members) {
      if (member.call !== undefined) continue;
      member.stopIdling?.();
      return member;
    }
    return undefined;
  }

  /** A new worker. If it can't be made, the call that needs it is told so. */
  #hire(call: Call): Member | undefined {
    try {
      const worker = this.#create();
      if (!isChannel(worker) || typeof worker.terminate !== 'function')
        throw wrongType('What the function of createWorkerPool returns', 'a Worker', worker);
      if (this.#closed !== undefined) {
        worker.terminate();
        return undefined; // it was closed by who makes workers
      }
      const connection = connectionOf({ channel: worker, errors: worker });
      const member: Member = { worker, connection, call: undefined, stopIdling: undefined };
      this.#members.add(member);
      connection.watchIdle(() => this.#dismiss(member));
      return member;
    } catch (cause) {
      call.fail(new WorkerError(`The pool could not create a worker: ${textOf(cause)}`, { cause }), 'closed');
      return undefined;
    }
  }

  #idle(member: Member): void {
    if (this.#idleTimeout === Infinity) return;
    member.stopIdling = startTimer(() => this.#dismiss(member), this.#idleTimeout);
  }

  /** Another one is made when it is needed. */
  #dismiss(member: Member): void {
    member.stopIdling?.();
    if (!this.#members.delete(member)) return;
    member.worker.terminate();
  }
}
