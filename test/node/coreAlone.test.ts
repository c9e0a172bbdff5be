import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserGlobals, createRealm, evaluate } from './browserContext.ts';
import { bundleCore } from './bundleCore.ts';
import { globalsOf } from './globalsOf.ts';

// Says what it is about in plain values: they leave the realm or the process that runs it.
const smallOperation = `(async () => {
  const { Cancelable, currentOperation, isCancelation, wait } = core;
  const steps = [];
  const outer = new Cancelable({ name: 'outer', timeout: 10_000 });
  const value = await outer.run(async (op) => {
    op.onProgress((id, message) => steps.push(message));
    await op.sleep(1);
    await op.wait(op.child({ name: 'inner' }).run((inner) => inner.report('half', { progress: 50 })));
    steps.push(currentOperation() === op);
    return 'done';
  });
  const canceled = new Cancelable({ parent: null });
  const run = canceled.run((op) => op.wait(new Promise(() => {})));
  canceled.cancel('enough');
  const error = await run.catch((reason) => reason);
  return JSON.stringify({
    value,
    steps,
    statuses: [outer.status, canceled.status],
    reason: canceled.reason,
    aborted: canceled.signal.aborted,
    error: [error.name, isCancelation(error, canceled)],
  });
})()`;

const outcome = {
  value: 'done',
  steps: ['half', true],
  statuses: ['completed', 'canceled'],
  reason: 'manual',
  aborted: true,
  error: ['AbortError', true],
};

describe('the core without React', () => {
  it('imports no package, and works where React cannot be resolved', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'use-cancelable-'));
    try {
      await writeFile(join(folder, 'core.mjs'), await bundleCore('es'));
      await writeFile(
        join(folder, 'main.mjs'),
        `const react = await import('react').catch((error) => error.code);
        const core = await import('./core.mjs');
        console.log(JSON.stringify({ react, outcome: JSON.parse(await ${smallOperation}) }));`,
      );
      const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs'], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual({ react: 'ERR_MODULE_NOT_FOUND', outcome });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the core without Node', () => {
  let script: string;
  beforeAll(async () => {
    script = await bundleCore('iife');
  });

  it('runs where there are browser globals only, and asks for no other', async () => {
    const { context, nodeGlobalsRead } = createRealm(browserGlobals());
    expect(JSON.parse((await evaluate(context, script, smallOperation)) as string)).toEqual(outcome);
    expect(nodeGlobalsRead).toEqual([]);
  });

  it('has no side effect on import: nothing is called, no global is touched', () => {
    const { globals, called } = silentGlobals();
    const { context, nodeGlobalsRead } = createRealm(globals);
    const before = globalsOf(context);
    evaluate(context, script, 'core');
    expect(called).toEqual([]);
    expect(nodeGlobalsRead).toEqual([]);
    expect(differences(before, globalsOf(context))).toEqual([]);
  });
});

describe('these tests see', () => {
  it('a Node global that is read, even by typeof', () => {
    const { context, nodeGlobalsRead } = createRealm(browserGlobals());
    evaluate(context, 'const core = typeof process;', 'core');
    evaluate(context, 'const core = globalThis.Buffer;', 'core');
    expect(nodeGlobalsRead).toEqual(['process', 'Buffer']);
  });

  it.each([
    ['setTimeout(() => {}, 1);', 'setTimeout'],
    ['new MessageChannel();', 'MessageChannel'],
    ['AbortSignal.timeout(1);', 'AbortSignal.timeout'],
    ['addEventListener("online", () => {});', 'addEventListener'],
    ['performance.now();', 'performance.now'],
  ])('the call in %s', (code, name) => {
    const { globals, called } = silentGlobals();
    evaluate(createRealm(globals).context, code, 'undefined');
    expect(called).toEqual([name]);
  });

  it.each([
    ['Promise.prototype.then = () => {};', 'globalThis.Promise.prototype.then'],
    ['globalThis.registry = {};', 'globalThis.registry'],
    ['delete Array.from;', 'globalThis.Array.from'],
    ['Symbol.asyncDispose = Symbol.for("dispose");', 'globalThis.Symbol.asyncDispose'],
    ['AbortSignal.any = () => {};', 'globalThis.AbortSignal.any'],
  ])('the change in %s', (code, path) => {
    const { context } = createRealm(silentGlobals().globals);
    const before = globalsOf(context);
    evaluate(context, code, 'undefined');
    expect(differences(before, globalsOf(context))).toEqual([path]);
  });
});

/** Globals that do nothing but tell that they were called. */
function silentGlobals(): { globals: Record<string, unknown>; called: string[] } {
  const called: string[] = [];
  const silent = (name: string, members: Record<string, unknown> = {}): unknown =>
    Object.assign(
      // Neither an arrow nor a method, since some of these are made with `new`.
      function silentGlobal() {
        called.push(name);
      },
      members,
    );
  const names =
    'setTimeout setInterval queueMicrotask requestAnimationFrame requestIdleCallback addEventListener reportError fetch ' +
    'AbortController Event EventTarget MessageChannel PerformanceObserver ReadableStream';
  const globals = Object.fromEntries(names.split(' ').map((name) => [name, silent(name)]));
  globals['AbortSignal'] = silent('AbortSignal', {
    any: silent('AbortSignal.any'),
    timeout: silent('AbortSignal.timeout'),
  });
  globals['performance'] = { now: silent('performance.now'), mark: silent('performance.mark') };
  globals['crypto'] = { randomUUID: silent('crypto.randomUUID') };
  return { globals, called };
}

function differences(before: Map<string, unknown>, after: Map<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.has(path) !== after.has(path) || !Object.is(before.get(path), after.get(path)),
  );
}
