import { createContext, runInContext, type Context } from 'node:vm';

const nodeGlobals = ['process', 'Buffer', 'global', 'require', 'module', 'exports', '__dirname', '__filename'].concat([
  'setImmediate',
  'clearImmediate',
]);

/** What a browser offers and the core may touch (design: layers 0 to 5), made of Node's own. */
export function browserGlobals(): Record<string, unknown> {
  return {
    AbortController,
    AbortSignal,
    DOMException,
    Event,
    EventTarget,
    MessageChannel,
    ReadableStream,
    console,
    crypto,
    performance,
    queueMicrotask,
    // Timers of a browser are numbers.
    setTimeout: (callback: () => void, delay?: number): number => Number(setTimeout(callback, delay)),
    clearTimeout: (timer: number): void => clearTimeout(timer),
    setInterval: (callback: () => void, delay?: number): number => Number(setInterval(callback, delay)),
    clearInterval: (timer: number): void => clearInterval(timer),
    reportError: (error: unknown): void => {
      throw error;
    },
  };
}

/** A realm of its own with these globals and no other; reading a global that only Node has is written down. */
export function createRealm(globals: Record<string, unknown>): { context: Context; nodeGlobalsRead: string[] } {
  const nodeGlobalsRead: string[] = [];
  const context = createContext({ ...globals });
  for (const name of nodeGlobals) {
    Object.defineProperty(context, name, {
      configurable: true,
      get: () => {
        nodeGlobalsRead.push(name);
        return undefined;
      },
    });
  }
  return { context, nodeGlobalsRead };
}

/** Evaluates in the realm; `script` is code as from `bundleCore('iife')`, `use` an expression that may say `core`. */
export function evaluate(context: Context, script: string, use: string): unknown {
  return runInContext(`(() => { ${script}\n; return (${use}); })()`, context);
}
