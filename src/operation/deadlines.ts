import type { Operation } from './node.js';

// Deadlines of all operations sit in one queue (a binary heap on `deadlineAt`), and AbortSignal.timeout is armed for the
// queue, not per operation. It cannot be cleared, so each arming takes the largest power of two not above the distance:
// at most one is pending per power of two, whatever the number and order of operations, and a wake-up that comes too
// early arms again.
const heap: Operation[] = [];
const largestPower = 2 ** 30; // 12 days; more than a 32-bit timer takes is not safe in every engine

let armed = new Map<number, { readonly firesAt: number; readonly signal: AbortSignal }>();
let fakedTimer: { readonly id: ReturnType<typeof setTimeout>; readonly firesAt: number } | undefined;
let fakedSetTimeout: unknown;
let onExpired: Expire;

/** Cancels operations whose deadline has passed. */
export type Expire = (due: readonly Operation[]) => void;

/** Puts an operation with a finite `deadlineAt` into the queue. */
export function enqueueDeadline(node: Operation, expire: Expire): void {
  onExpired = expire;
  node.queueIndex = heap.length;
  heap.push(node);
  siftUp(node.queueIndex);
  if (node.queueIndex === 0 || clockWasExchanged()) arm();
}

/** Takes an operation out of the queue; nothing if it is not in it. */
export function dequeueDeadline(node: Operation): void {
  const index = node.queueIndex;
  if (index === -1) return;
  node.queueIndex = -1;
  const last = heap.pop()!;
  if (last !== node) {
    place(last, index);
    siftUp(index);
    siftDown(last.queueIndex);
  }
  if (heap.length === 0) disarmFaked();
}

/** Cancels at once what is overdue: timers may be late, a wait or a report that looks must not be. */
export function expireOverdue(now: number): void {
  if (heap.length === 0 || heap[0]!.deadlineAt > now) return;
  const due: Operation[] = [];
  while (heap.length > 0 && heap[0]!.deadlineAt <= now) {
    due.push(heap[0]!);
    dequeueDeadline(heap[0]!);
  }
  onExpired(due);
}

/**
 * Fake timers do not fake AbortSignal.timeout. While they are installed (the check is the one that Testing Library makes)
 * the faked setTimeout is armed instead, so that `vi.advanceTimersByTime(10_000)` fires a timeout of 10 s.
 */
function timersAreFaked(): boolean {
  return Object.hasOwn(setTimeout, 'clock');
}

function clockWasExchanged(): boolean {
  return fakedSetTimeout !== (timersAreFaked() ? setTimeout : undefined);
}

function arm(): void {
  const first = heap[0];
  if (first === undefined) return;
  if (clockWasExchanged()) {
    // What was armed on the other clock will never fire, or too late.
    armed = new Map();
    fakedTimer = undefined;
    fakedSetTimeout = timersAreFaked() ? setTimeout : undefined;
  }
  if (fakedSetTimeout === undefined) armReal(first.deadlineAt);
  else armFaked(first.deadlineAt);
}

function armReal(deadlineAt: number): void {
  for (const { firesAt } of armed.values()) if (firesAt <= deadlineAt) return;
  const now = performance.now();
  const power = powerBelow(deadlineAt - now);
  const signal = AbortSignal.timeout(power);
  const slot = { firesAt: now + power, signal };
  armed.set(power, slot);
  signal.addEventListener(
    'abort',
    () => {
      if (armed.get(power) === slot) armed.delete(power);
      wake(performance.now());
    },
    { once: true },
  );
}

function armFaked(deadlineAt: number): void {
  if (fakedTimer !== undefined && fakedTimer.firesAt <= deadlineAt) return;
  disarmFaked();
  const delay = Math.min(Math.max(Math.ceil(deadlineAt - performance.now()), 0), largestPower);
  const id = setTimeout(() => {
    fakedTimer = undefined;
    // A clock that fakes setTimeout may leave performance alone: the timer itself is the proof that the time has come.
    wake(delay < largestPower ? Math.max(performance.now(), deadlineAt) : performance.now());
  }, delay);
  fakedTimer = { id, firesAt: deadlineAt };
}

function disarmFaked(): void {
  if (fakedTimer !== undefined && fakedSetTimeout === setTimeout) clearTimeout(fakedTimer.id);
  fakedTimer = undefined;
}

function wake(now: number): void {
  expireOverdue(now);
  arm();
}

function powerBelow(distance: number): number {
  if (distance < 2) return 1;
  return Math.min(2 ** Math.floor(Math.log2(distance)), largestPower);
}

function place(node: Operation, index: number): void {
  heap[index] = node;
  node.queueIndex = index;
}

function siftUp(from: number): void {
  const node = heap[from]!;
  let index = from;
  while (index > 0) {
    const above = (index - 1) >> 1;
    if (heap[above]!.deadlineAt <= node.deadlineAt) break;
    place(heap[above]!, index);
    index = above;
  }
  place(node, index);
}

function siftDown(from: number): void {
  const node = heap[from]!;
  let index = from;
  for (;;) {
    let below = 2 * index + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1]!.deadlineAt < heap[below]!.deadlineAt) below += 1;
    if (heap[below]!.deadlineAt >= node.deadlineAt) break;
    place(heap[below]!, index);
    index = below;
  }
  place(node, index);
}
