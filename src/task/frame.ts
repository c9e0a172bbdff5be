import { ignore } from '../base/jobs.js';
import { callSafely } from '../base/listeners.js';

// However many wait, one frame and one timer are asked for, and all are called in one task, after which React renders once for
// all of them. With a frame for each it renders after each: a thousand bars took fifteen times as long.
let waiting = new Set<() => void>();
/** What was asked for them; undefined: nothing. */
let clock: typeof setTimeout | undefined;
let callOff: () => void = ignore;

/**
 * Calls back in the next animation frame, or after 250 ms where frames do not come (hidden tabs), whichever is first.
 * Returns how to call it off, up to the last moment. What the callback throws goes to `reportError`.
 */
export function onNextFrame(callback: () => void): () => void {
  const list = waiting;
  list.add(callback);
  // Fake timers that come or go take along what was asked of the other clock.
  if (clock !== setTimeout) setAlarm();
  return () => {
    list.delete(callback);
    if (waiting.size === 0) stopAlarm();
  };
}

function setAlarm(): void {
  stopAlarm();
  clock = setTimeout;
  // Those of the clock that is asked: another one may be installed when it is called off.
  const clear = clearTimeout;
  const cancelFrame = globalThis.cancelAnimationFrame;
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(callAll) : undefined;
  const timer = setTimeout(callAll, 250);
  callOff = () => {
    if (frame !== undefined) cancelFrame(frame);
    clear(timer);
  };
}

function stopAlarm(): void {
  callOff();
  callOff = ignore;
  clock = undefined;
}

function callAll(): void {
  stopAlarm();
  const due = waiting;
  waiting = new Set(); // who waits again meanwhile waits for the next frame
  for (const callback of due) void callSafely(callback);
}
