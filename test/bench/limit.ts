import { LimitQueue } from './limitQueue.ts';

// What the package is measured against: the least code, written by hand for this purpose alone, that shows the same of an
// operation: a linked node under a parent, the first reason wins, status and reason true at once, a signal made when it is
// read, a deadline, a parent that waits for its children, one promise per run, an asynchronous body, an error of its own for
// each rejection. It has no time stamps, checks no argument, calls no callback of a status and restores no current operation.

export class LimitError extends Error {
  override readonly name = 'AbortError';
  readonly operation: Limit;
  constructor(operation: Limit, cause: unknown) {
    super(operation.message ?? `Canceled: ${operation.reason}`, { cause });
    this.operation = operation;
  }
}

// oxlint-disable typescript/no-this-alias -- each walk begins with the operation itself

interface Waiter {
  previous: Waiter | undefined;
  next: Waiter | undefined;
  reject(error: unknown): void;
}

type Report = Readonly<Record<string, unknown>>;
type Listener = (origin: Limit, message: string, data: Report) => void;

const queue = new LimitQueue<Limit>((due) => due.cancel('timeout'));

export class Limit {
  status: 'pending' | 'running' | 'completed' | 'canceled' | 'failed' = 'pending';
  reason: string | undefined = undefined;
  message: string | undefined = undefined;
  deadline: number;
  index = -1;
  listener: Listener | undefined = undefined;
  lastMessage: string | undefined = undefined;
  lastReport: Report | undefined = undefined;

  readonly #parent: Limit | undefined;
  #first: Limit | undefined = undefined;
  #last: Limit | undefined = undefined;
  #previous: Limit | undefined = undefined;
  #next: Limit | undefined = undefined;
  #open = 0;
  // oxlint-disable-next-line no-unused-private-class-members -- read through `at` in #advance
  #bodyEnded = false;
  #settled = false;
  #value: unknown = undefined;
  #failure: unknown = undefined;
  #controller: AbortController | undefined = undefined;
  #waiters: Waiter | undefined = undefined;
  #resolve: ((value: never) => void) | undefined = undefined;
  #reject: ((error: unknown) => void) | undefined = undefined;

  constructor(parent?: Limit, timeout = Infinity) {
    this.#parent = parent;
    this.deadline = timeout;
  }

  get error(): unknown {
    if (this.status !== 'canceled') return this.#failure;
    return (this.#failure ??= new LimitError(this, this.reason === 'parent' ? this.#parent?.error : undefined));
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.status === 'canceled' || this.status === 'failed') this.#controller.abort(this.error);
    }
    return this.#controller.signal;
  }

  run<T>(body: (op: Limit) => T | Promise<T>): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#link();
    this.status = 'running';
    if (this.deadline !== Infinity) {
      this.deadline += performance.now();
      queue.add(this);
    }
    try {
      const result = body(this);
      if (result instanceof Promise) {
        void result.then(
          (value) => this.#endBody(value),
          (error: unknown) => this.#failBody(error),
        );
      } else this.#endBody(result);
    } catch (error) {
      this.#failBody(error);
    }
    return promise;
  }

  cancel(reason = 'manual', message?: string): boolean {
    if (this.status !== 'running' && this.status !== 'pending') return false;
    this.message = message;
    this.#cascade(reason);
    return true;
  }

  /** A promise's outcome, unless the operation is canceled first. */
  wait<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.status === 'canceled') {
        reject(this.error);
        return;
      }
      const waiter: Waiter = { previous: undefined, next: this.#waiters, reject };
      if (this.#waiters !== undefined) this.#waiters.previous = waiter;
      this.#waiters = waiter;
      promise.then(
        (value) => {
          this.#forget(waiter);
          resolve(value);
        },
        (error: unknown) => {
          this.#forget(waiter);
          reject(error);
        },
      );
    });
  }

  report(message: string, given: Report): void {
    const data = { ...given };
    for (let at: Limit | undefined = this; at !== undefined; at = at.#parent) {
      at.lastMessage = message;
      at.lastReport = data;
      at.listener?.(this, message, data);
    }
  }

  #endBody(value: unknown): void {
    this.#value = value;
    this.#bodyEnded = true;
    this.#advance();
  }

  #failBody(error: unknown): void {
    if (this.status === 'running') {
      this.#failure = error;
      this.#cascade('', 'failed');
    }
    this.#bodyEnded = true;
    this.#advance();
  }

  /** Settles what has nothing to wait for, and climbs on. */
  #advance(): void {
    for (let at: Limit | undefined = this; at !== undefined && at.#bodyEnded && at.#open === 0 && !at.#settled;) {
      at.#settled = true;
      at.#settle();
      at = at.#parent;
    }
  }

  #settle(): void {
    if (this.index !== -1) queue.remove(this);
    this.#unlink();
    if (this.status === 'running') {
      this.status = 'completed';
      this.#resolve!(this.#value as never);
    } else this.#reject!(this.error);
  }

  #cascade(reason: string, status: 'canceled' | 'failed' = 'canceled'): void {
    const nodes: Limit[] = [this];
    this.status = status;
    this.reason = reason;
    for (let next = 0; next < nodes.length; next += 1) {
      for (let child = nodes[next]!.#first; child !== undefined; child = child.#next) {
        if (child.status !== 'running') continue;
        child.status = 'canceled';
        child.reason = 'parent';
        nodes.push(child);
      }
    }
    for (const node of nodes) {
      if (node.index !== -1) queue.remove(node);
      node.#controller?.abort(node.error);
    }
    for (const node of nodes) {
      while (node.#waiters !== undefined) {
        const waiter = node.#waiters;
        node.#forget(waiter);
        waiter.reject(node.error);
      }
    }
  }

  #forget(waiter: Waiter): void {
    if (waiter.next !== undefined) waiter.next.previous = waiter.previous;
    if (waiter.previous !== undefined) waiter.previous.next = waiter.next;
    else if (this.#waiters === waiter) this.#waiters = waiter.next;
  }

  #link(): void {
    const parent = this.#parent;
    if (parent === undefined) return;
    parent.#open += 1;
    this.#previous = parent.#last;
    if (parent.#last === undefined) parent.#first = this;
    else parent.#last.#next = this;
    parent.#last = this;
  }

  #unlink(): void {
    const parent = this.#parent;
    if (parent === undefined) return;
    parent.#open -= 1;
    if (this.#previous === undefined) parent.#first = this.#next;
    else this.#previous.#next = this.#next;
    if (this.#next === undefined) parent.#last = this.#previous;
    else this.#next.#previous = this.#previous;
  }
}
