import type { Operation } from './node.js';

// Deadlines of all operations sit in one queue (a binary heap on `deadlineAt`), and AbortSignal.timeout is armed for the
// queue, not per operation. It cannot be cleared, so each arming takes the largest power of two not above the distance:
// at most one is pending per power of two, whatever the number and order of operations, and a wake-up that comes too
// early arms again.
const heap: Operation[] = [];
const largestPower = 2 ** 30; // 12 days; more than a 32-bit timer takes is not safe in every engine

const longOverdue = 100; // milliseconds; a page that is busy for so long arms one more than it needs

/** When each armed power of two fires. */
const armed = new Map<number, number>();
let started = 0;
let onExpired: Expire;

/** Cancels operations whose deadline has passed. */
export type Expire = (due: readonly Operation[]) => void;

/** Starts to watch the finite `deadlineAt` of an operation. */
export function enqueueDeadline(node: Operation, expire: Expire): void {
  onExpired = expire;
  if (timersAreFaked()) {
    setFakedTimer(node);
    return;
  }
  node.queueIndex = heap.length;
  node.queueOrder = started += 1;
  heap.push(node);
  siftUp(node.queueIndex);
  if (node.queueIndex === 0) arm(node.startedAt);
}

/** Stops watching it. */
export function dequeueDeadline(node: Operation): void {
  const index = node.queueIndex;
  if (index === -1) return;
  node.queueIndex = -1;
  if (index === inFakedTime) {
    clearFakedTimer(node);
    return;
  }
  const last = heap.pop()!;
  if (last === node) return;
  place(last, index);
  siftUp(index);
  siftDown(last.queueIndex);
}

/** Cancels at once what is overdue: timers may be late, a wait or a report that looks must not be. */
export function expireOverdue(): void {
  if (heap.length > 0 && !timersAreFaked()) expireUntil(performance.now());
}

function expireUntil(now: number): void {
  const due: Operation[] = [];
  while (heap.length > 0 && heap[0]!.deadlineAt <= now) {
    due.push(heap[0]!);
    dequeueDeadline(heap[0]!);
  }
  if (due.length > 0) onExpired(due);
}

function arm(now: number): void {
  const first = heap[0];
  if (first === undefined) return;
  for (const [power, firesAt] of armed) {
    // Long overdue: its page is gone, that of a test that has ended, say. Nothing must wait for it for ever.
    if (firesAt < now - longOverdue) armed.delete(power);
    else if (firesAt <= first.deadlineAt) return;
  }
  const power = powerBelow(first.deadlineAt - now);
  const firesAt = now + power;
  armed.set(power, firesAt);
  const wake = (): void => {
    armed.delete(power);
    // With a faked clock, what was started on the real one goes by the timer itself.
    const time = timersAreFaked() ? firesAt : performance.now();
    expireUntil(time);
    arm(time);
  };
  AbortSignal.timeout(power).addEventListener('abort', wake, { once: true });
}

// Fake timers do not fake AbortSignal.timeout. What starts while they are installed (the check is the one that Testing
// Library makes) gets a faked setTimeout of its own, so that `vi.advanceTimersByTime(10_000)` fires a timeout of 10 s.
const inFakedTime = -2;
const fakedTimers = new WeakMap<
  Operation,
  { readonly id: ReturnType<typeof setTimeout>; readonly clear: typeof clearTimeout }
>();

function timersAreFaked(): boolean {
  return Object.hasOwn(setTimeout, 'clock');
}

function setFakedTimer(node: Operation, left = node.timeout): void {
  node.queueIndex = inFakedTime;
  const part = Math.min(left, largestPower);
  const id = setTimeout(() => (left > part ? setFakedTimer(node, left - part) : onExpired([node])), part);
  fakedTimers.set(node, { id, clear: clearTimeout });
}

/** Cleared by the clock that it was set on: each installation of fake timers is one of its own. */
function clearFakedTimer(node: Operation): void {
  const timer = fakedTimers.get(node);
  timer?.clear(timer.id);
}

function powerBelow(distance: number): number {
  if (distance < 2) return 1;
  return Math.min(2 ** Math.floor(Math.log2(distance)), largestPower);
}

// Of several that are over at the same instant the outer one has the word, and that has started first.
function isBefore(one: Operation, other: Operation): boolean {
  return (
    one.deadlineAt < other.deadlineAt || (one.deadlineAt === other.deadlineAt && one.queueOrder < other.queueOrder)
  );
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
    if (!isBefore(node, heap[above]!)) break;
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
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
    if (!isBefore(heap[below]!, node)) break;
    place(heap[below]!, index);
    index = below;
  }
  place(node, index);
}
