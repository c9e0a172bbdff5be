import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCore } from './bundleCore.ts';

// In a process of its own: a test runner listens to unhandled rejections itself. What is raised while the code runs, and
// for some tasks after it, comes back as names.
const harness = `
import * as core from './core.mjs';
const raised = [];
const textOf = (error) => error instanceof Error ? error.name + ': ' + error.message : String(error);
process.on('unhandledRejection', (error) => raised.push('rejection ' + textOf(error)));
process.on('uncaughtException', (error) => raised.push('exception ' + textOf(error)));
globalThis.reportError = (error) => raised.push('reported ' + textOf(error));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const never = new Promise(() => {});
const failing = () => Promise.reject(new Error('no'));
const { Cancelable, CancelationToken, CancelationError, wait, sleep } = core;
`;
const coda = `
await pause(30);
console.log(JSON.stringify(raised));
`;

let folder = '';
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'use-cancelable-'));
  await writeFile(join(folder, 'core.mjs'), await bundleCore('es'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function raisedBy(code: string): Promise<unknown> {
  count += 1;
  const name = `main${count}.mjs`;
  await writeFile(join(folder, name), `${harness}\n${code}\n${coda}`);
  const { stdout } = await promisify(execFile)(process.execPath, [name], { cwd: folder });
  return JSON.parse(stdout);
}

describe('nothing is raised', () => {
  it('by cancelations that nobody awaits', async () => {
    const raised = await raisedBy(`
      // A run, canceled while it waits, sleeps, ignores its signal, or has not started.
      for (const body of [(op) => op.wait(never), (op) => op.sleep(60_000), () => never, (op) => op.child().run(() => never)]) {
        const op = new Cancelable();
        void op.run(body);
        op.cancel();
      }
      const pending = new Cancelable();
      pending.cancel();
      void pending.run(() => 1);
      void new Cancelable({ timeout: 1 }).run((op) => op.wait(never));
      void new Cancelable({ signal: AbortSignal.abort() }).run(() => 1);
      // Waits that are left alone in a body that goes on otherwise.
      const op = new Cancelable();
      void op.run(async () => {
        void op.wait(never);
        void op.sleep(60_000);
        void wait(never);
        void op.child().run(() => never);
        void op.spawn(() => never);
        await op.wait(never);
      });
      op.cancel();
      void op.wait(Promise.resolve());
      void op.sleep(1);
      void op.yield();
      // A token.
      const token = new CancelationToken();
      token.cancel();
      void token.checkAsync();
      void new Cancelable({ token }).run(() => 1);
      // A child under a parent that has ended.
      void op.child().run(() => 1);
      void op.spawn(() => 1);
    `);
    expect(raised).toEqual([]);
  });

  it('by an error made by hand that ends its own operation', async () => {
    const raised = await raisedBy(`
      void new Cancelable().run(() => { throw new CancelationError('hidden'); });
      void new Cancelable().run(async () => { throw new CancelationError('hidden'); });
    `);
    expect(raised).toEqual([]);
  });

  it('by settle, closed, disposal and reports, whatever happens', async () => {
    const raised = await raisedBy(`
      void new Cancelable().settle(failing);
      const op = new Cancelable().start();
      void op.closed;
      op.fail(new Error('no'));
      void op[Symbol.asyncDispose]();
      void new Cancelable().reportProgress('half');
    `);
    expect(raised).toEqual([]);
  });

  it('by a spawned child whose failure its parent hands on', async () => {
    const raised = await raisedBy(`
      const op = new Cancelable();
      await op.run(async (self) => {
        void self.spawn(failing);
        void self.spawn((child) => child.wait(never));
        void self.wait(never);
        await self.sleep(60_000);
      }).catch(() => {});
    `);
    expect(raised).toEqual([]);
  });

  it('by a body that fails after it was abandoned', async () => {
    const raised = await raisedBy(`
      const op = new Cancelable();
      void op.run(async () => { await pause(10); throw new Error('late'); });
      op.cancel();
    `);
    expect(raised).toEqual([]);
  });

  it('by a wait whose promise fails after the cancel', async () => {
    const raised = await raisedBy(`
      const op = new Cancelable();
      void op.run((self) => self.wait(pause(10).then(() => { throw new Error('late'); })));
      op.cancel();
    `);
    expect(raised).toEqual([]);
  });
});

describe('a failure that nobody awaits is raised, once', () => {
  it.each([
    ['run', 'void new Cancelable().run(failing);'],
    ['run of a synchronous body', "void new Cancelable().run(() => { throw new Error('no'); });"],
    ['run of a generator body', 'void new Cancelable().run(function* () { yield* wait(failing()); });'],
    [
      'run of a source that throws',
      "void new Cancelable({ sources: [{ start() { throw new Error('no'); } }] }).run(() => 1);",
    ],
    [
      'run of an operation that is failed from outside',
      "const op = new Cancelable(); void op.run(() => never); op.fail(new Error('no'));",
    ],
    ['run of a child', 'await new Cancelable().run((op) => { void op.child().run(failing); });'],
    ['run of a parent whose spawned child fails', 'void new Cancelable().run((op) => { void op.spawn(failing); });'],
    ['a wait', 'await new Cancelable().run((op) => { void op.wait(failing()); });'],
    ['a wait outside of any operation', 'void wait(failing());'],
  ])('by %s', async (_, code) => {
    await expect(raisedBy(code)).resolves.toEqual(['rejection Error: no']);
  });

  it('also when it is the cancelation of another operation: a save that timed out must not vanish', async () => {
    const raised = await raisedBy(`
      const save = new Cancelable({ parent: null, timeout: 1 });
      void new Cancelable().run(() => save.run((op) => op.wait(never)));
    `);
    expect(raised).toEqual(['rejection TimeoutError: Operation timed out after 1ms']);
  });

  it('by a promise that the caller derives from a canceled run', async () => {
    const raised = await raisedBy(`
      const op = new Cancelable();
      void op.run(() => never).then(() => 'toast');
      op.cancel('enough');
    `);
    expect(raised).toEqual(['rejection AbortError: enough']);
  });

  it('by misuse', async () => {
    const [first] = (await raisedBy(`
      const op = new Cancelable();
      await op.run(() => 1);
      void op.run(() => 2);
    `)) as string[];
    expect(first).toMatch(/^rejection Error: .*already run/);
  });

  it('by a callback, through reportError', async () => {
    const raised = await raisedBy(`
      const op = new Cancelable().onComplete(failing).onComplete(() => { throw new Error('thrown'); });
      op.onProgress(failing);
      await op.run((self) => self.report('half'));
    `);
    expect((raised as string[]).toSorted()).toEqual([
      'reported Error: no',
      'reported Error: no',
      'reported Error: thrown',
    ]);
  });
});
