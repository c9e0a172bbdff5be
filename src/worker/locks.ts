import { ignore } from '../base/jobs.js';
import { startTimer } from '../base/timer.js';

// A context that ends says nothing: a worker that was terminated or has closed itself, a frame that was removed. But the
// locks that it holds are released (Web Locks, section 2.2). So it holds one with a name of its own, and whoever waits for
// an answer asks for the same lock.

// Locks are shared within an origin only (Web Locks, section 2.3): a frame of another one holds one that is free here, and so
// nothing can be told from it. Hence the origin in the name.
const prefix = (): string => `use-cancelable ${globalThis.origin} `;

/** The name of a lock that can be seen from here. */
export function nameLock(id: string): string {
  return prefix() + id;
}

/** Are there any? Not on an insecure page. */
export function hasLocks(): boolean {
  return locksOfThisPage() !== undefined;
}

function locksOfThisPage(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}

/** Takes the lock, calls back when it is held, and keeps it until the returned function is called. */
export function holdLock(name: string, onHeld: () => void): () => void {
  let release = ignore;
  let isHeld = true;
  const held = new Promise<void>((resolve) => (release = resolve));
  void locksOfThisPage()
    ?.request(name, async () => {
      if (isHeld) onHeld();
      await held;
    })
    .catch(ignore); // an opaque origin has none
  return () => {
    isHeld = false;
    release();
  };
}

const patience = 50; // milliseconds
const enough = 3;

/**
 * Calls back when the one who holds the lock is gone. It has asked for the lock before we knew its name; but two contexts
 * are not served in order everywhere, and one that has died before it was served can't tell. So as long as nobody has said
 * that it is held, only several goes in a row count. One of another origin is never waited for. Returns how to stop waiting.
 */
export function waitForLock(name: string, isHeld: () => boolean, onFree: () => void): () => void {
  if (!name.startsWith(prefix())) return ignore;
  let controller: AbortController | undefined; // most need none
  let goes = 0;
  // An answer mostly comes sooner, and to ask costs more than a short call.
  let stopTimer = startTimer(request, patience);
  return () => {
    stopTimer();
    controller?.abort();
  };

  function request(): void {
    controller ??= new AbortController();
    const { signal } = controller;
    const onGranted = (): void => {
      if (signal.aborted) return;
      goes += 1;
      if (isHeld() || goes === enough) onFree();
      else stopTimer = startTimer(request, patience);
    };
    void locksOfThisPage()?.request(name, { signal }, onGranted).catch(ignore); // it was aborted
  }
}
