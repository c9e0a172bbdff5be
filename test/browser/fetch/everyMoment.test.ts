import { describe, expect, it } from 'vitest';
import { Cancelable, timeout, type Body } from 'use-cancelable/core';
import {
  cancelableFetch,
  download,
  streamEvents,
  streamJsonLines,
  streamLines,
  streamText,
  upload,
} from 'use-cancelable/fetch';
import { faults, watchLocks } from './faults.ts';

interface Helper {
  readonly name: string;
  /** Where something arrives, and then no more. */
  readonly stalling: readonly [path: string, query: Record<string, string | number>];
  /** Where all of it comes; `last` is how the operation's report tells that it has. */
  readonly whole: readonly [path: string, query: Record<string, string | number>];
  readonly last: number;
  /** Reports bytes or items, as it takes them. */
  readonly work: (op: Cancelable, url: string) => PromiseLike<unknown>;
}

const parts = (text: string): Pick<Helper, 'stalling' | 'whole' | 'last'> => ({
  stalling: ['parts', { parts: text, then: 'stall' }],
  whole: ['parts', { parts: text }],
  last: 2,
});

async function count(op: Cancelable, items: AsyncIterable<unknown>): Promise<void> {
  let current = 0;
  // Pieces of text may arrive as one.
  for await (const item of items) {
    op.report('Received', { current: (current += typeof item === 'string' ? item.length : 1) });
  }
}

const file: Pick<Helper, 'stalling' | 'whole' | 'last'> = {
  stalling: ['file', { cut: 100_000, then: 'stall' }],
  whole: ['file', {}],
  last: 300_000,
};

const helpers: readonly Helper[] = [
  { name: 'cancelableFetch', ...file, work: async (op, url) => op.wait((await cancelableFetch(url)).arrayBuffer()) },
  { name: 'download', ...file, work: (_op, url) => download(url) },
  { name: 'streamText', ...parts('a|b'), work: (op, url) => count(op, streamText(url)) },
  { name: 'streamLines', ...parts('a\n|b\n'), work: (op, url) => count(op, streamLines(url)) },
  { name: 'streamJsonLines', ...parts('1\n|2\n'), work: (op, url) => count(op, streamJsonLines(url)) },
  { name: 'streamEvents', ...parts('data: a\n\n|data: b\n\n'), work: (op, url) => count(op, streamEvents(url)) },
  {
    name: 'upload',
    stalling: ['echo', { slow: 1 }],
    whole: ['echo', {}],
    last: 4_000_000,
    work: (_op, url) => upload(url, new Blob([new Uint8Array(url.includes('slow') ? 30_000_000 : 4_000_000)])),
  },
];

/** Runs it, and calls back with each number that it reports. */
function run({ work }: Helper, url: string, onReport: (op: Cancelable, current: number) => void) {
  const op = new Cancelable({ parent: null });
  op.onProgress((_id, _message, { current = 0 }) => onReport(op, current));
  const body: Body<unknown> = (op) => work(op, url);
  return op.settle(body);
}

describe.each(helpers)('$name that is canceled', (helper) => {
  it('before the start sends nothing', async () => {
    const { url, arrived } = faults(...helper.whole);
    const outcome = await new Cancelable({ parent: null }).settle((op) => {
      op.cancel('Before');
      return helper.work(op, url);
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Before' });
    expect(await arrived()).toBe('not');
  });

  it('in the middle, twice, closes the connection, keeps the first reason and leaves no reader behind', async () => {
    const locks = watchLocks();
    const { url, fate } = faults(...helper.stalling);
    const answers: boolean[] = [];
    const outcome = await run(helper, url, (op, current) => {
      if (current === 0) return;
      answers.push(op.cancel({ reason: 'enough', message: 'First' }), op.cancel('Second'));
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'enough', message: 'First' });
    expect(answers).toEqual([true, false]);
    expect((await fate()).sentWhole).toBe(false);
    await expect.poll(locks.locked).toBe(0);
  });

  it('at the last byte is canceled', async () => {
    const locks = watchLocks();
    const { url } = faults(...helper.whole);
    const outcome = await run(helper, url, (op, current) => {
      if (current === helper.last) op.cancel('At the last byte');
    });
    expect(outcome).toMatchObject({ status: 'canceled', message: 'At the last byte' });
    await expect.poll(locks.locked).toBe(0);
  });

  it('by its timeout closes the connection', async () => {
    const { url, fate } = faults(...helper.stalling);
    let isArmed = false;
    const outcome = await run(helper, url, (op, current) => {
      if (current === 0 || isArmed) return;
      isArmed = true;
      op.addSource(timeout(20));
    });
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect((await fate()).sentWhole).toBe(false);
  });
});

describe.each(helpers)('$name', (helper) => {
  it('that the other side resets before it answers fails, which is no cancelation', async () => {
    const locks = watchLocks();
    const outcome = await run(helper, faults('reset').url, () => {});
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError' } });
    expect(locks.locked()).toBe(0);
  });
});
