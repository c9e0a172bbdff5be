import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCore } from './bundleCore.ts';

// In a process of its own: a test runner listens to unhandled rejections itself, and this one collects garbage on demand.
const harness = `
import { Cancelable, CancelationError, stream } from './core.mjs';
const said = [];
process.on('unhandledRejection', (error) => said.push('rejection ' + error.message));
globalThis.reportError = (error) => said.push('reported ' + error.message);
const failing = (error) => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) });
const endless = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
`;
const coda = `
await pause();
console.log(JSON.stringify(said));
`;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'use-cancelable-'));
  await writeFile(join(folder, 'core.mjs'), await bundleCore('es'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function saidBy(code: string): Promise<unknown> {
  await writeFile(join(folder, 'main.mjs'), `${harness}\n${code}\n${coda}`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', 'main.mjs'], { cwd: folder });
  return JSON.parse(stdout);
}

describe('a step that nobody awaits', () => {
  it('raises nothing when it ends with a cancelation', async () => {
    const said = await saidBy(`
      const op = new Cancelable();
      const items = op.stream(endless);
      void items.next();
      void items.next();
      void items.return();
      op.cancel();
      void items.next();
      void op.stream([1]).next();
      await pause();
      void stream(failing(new CancelationError('manual'))).next();
      void stream([1]).throw(new CancelationError('manual'));
      void new Cancelable().run((op) => void op.stream(endless).next());
    `);
    expect(said).toEqual([]);
  });

  it('is reported as any other when the source fails', async () => {
    const said = await saidBy(`
      void new Cancelable().start().stream(failing(new Error('broken'))).next();
      void stream([1]).throw(new Error('thrown in'));
    `);
    expect(said).toEqual(['rejection broken', 'rejection thrown in']);
  });
});

describe('a running operation', () => {
  it('holds an open stream, and none that has ended', async () => {
    const said = await saidBy(`
      const op = new Cancelable().start();
      const ways = {
        open: (items) => items.next(),
        ended: async (items) => { for await (const item of items); },
        left: async (items) => { for await (const item of items) break; },
      };
      const streams = {};
      const use = async (way) => {
        const items = op.stream([1, 2]);
        streams[way] = new WeakRef(items);
        await ways[way](items);
      };
      for (const way in ways) await use(way);
      await pause();
      await gc({ execution: 'async' });
      for (const way in streams) if (streams[way].deref() !== undefined) said.push(way);
      op.cancel();
    `);
    expect(said).toEqual(['open']);
  });
});
