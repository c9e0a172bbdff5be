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

/** There are none on an insecure page. */
function locksOfThisPage(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}

/**
 * Takes the lock, and keeps it until the returned function is called. Calls back with its name as soon as it is held, and with
 * undefined where there are none. Nobody may hear of the name before: the browser serves two contexts in any order, and one
 * that is busy has perhaps not even sent its request.
 */
export function holdLock(name: string, onHeld: (name: string | undefined) => void): () => void {
  let release = ignore;
  let isWanted = true;
  const held = new Promise<void>((resolve) => (release = resolve));
  const tell = (name: string | undefined): void => {
    if (isWanted) onHeld(name);
  };
  const locks = locksOfThisPage();
  if (locks === undefined) tell(undefined);
  else {
    void locks
      .request(name, async () => {
        tell(name);
        await held;
      })
      .catch(() => tell(undefined)); // an opaque origin has none
  }
  return () => {
    isWanted = false;
    release();
  };
}

const patience = 50; // milliseconds

/** Calls back when the one who holds the lock is gone. One of another origin is not waited for. Returns how to stop waiting. */
export function waitForLock(name: string, onFree: () => void): () => void {
  if (!name.startsWith(prefix())) return ignore;
  let controller: AbortController | undefined; // most need none
  // An answer mostly comes sooner, and to ask costs more than a short call.
  const stopTimer = startTimer(request, patience);
  return () => {
    stopTimer();
    controller?.abort();
  };

  function request(): void {
    controller = new AbortController();
    const { signal } = controller;
    const onGranted = (): void => {
      if (!signal.aborted) onFree();
    };
    void locksOfThisPage()?.request(name, { signal }, onGranted).catch(ignore); // it was aborted
  }
}
