// Jobs are reactions of a settled promise, not `queueMicrotask`: fake timers replace that one.
const settled = Promise.resolve();

// Not named `then`: a module with an export of that name is taken for a promise by `import()`.
/** `Promise.prototype.then` itself, which no override on a promise of ours can divert. */
// oxlint-disable-next-line typescript/unbound-method -- it is called with a promise as its receiver
export const promiseThen = Promise.prototype.then;

/** Runs the callback in a job (microtask) of its own. */
export function job(callback: () => void): void {
  void promiseThen.call(settled, callback);
}

/** Does nothing; as a rejection handler it marks a promise as handled. */
export function ignore(): void {}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/**
 * What each of the jobs that are queued is about: jobs run first in, first out, so they need no closures. It is read by an
 * index, because Array.shift moves the whole rest of a long array.
 */
export class Queue<T> {
  #items: T[] = [];
  #next = 0;

  push(item: T): void {
    this.#items.push(item);
  }

  /** The oldest one; only for the job that was queued with it. */
  shift(): T {
    const item = this.#items[this.#next]!;
    this.#next += 1;
    if (this.#next === this.#items.length) {
      this.#items = [];
      this.#next = 0;
    }
    return item;
  }
}

let waiting: Array<() => void> = [];
let channel: MessageChannel | undefined;
// For environments without messages (Jest's jsdom): the timer that was there before a test could fake it.
const realSetTimeout = setTimeout;

/**
 * Runs the callback in the next task. One message serves all who ask within one task. A message, because a zero timer is
 * faked by fake timers and throttled in hidden tabs.
 */
export function task(callback: () => void): void {
  waiting.push(callback);
  if (waiting.length > 1) return;
  if (typeof MessageChannel === 'undefined') {
    realSetTimeout(runTasks, 0);
    return;
  }
  channel ??= new MessageChannel();
  // The handler stands only while somebody waits: a port that listens would keep a server process alive.
  channel.port1.onmessage = runTasks;
  channel.port2.postMessage(undefined);
}

function runTasks(): void {
  const callbacks = waiting;
  waiting = [];
  if (channel !== undefined) channel.port1.onmessage = null;
  for (const callback of callbacks) callback();
}
