import { ignore } from '../base/jobs.js';

// A context that ends says nothing: a worker that was terminated or has closed itself, a frame that was removed. But the
// locks that it holds are released (Web Locks, section 2.2). So it holds one with a name of its own, and whoever waits for
// an answer asks for the same lock.

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

/** Calls back when the lock is free. Returns how to stop waiting. */
export function waitForLock(name: string, onFree: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  void locksOfThisPage()
    ?.request(name, { signal }, () => {
      if (!signal.aborted) onFree();
    })
    .catch(ignore); // it was aborted
  return () => controller.abort();
}
