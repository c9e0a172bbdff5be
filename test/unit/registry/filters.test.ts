import { describe, expect, it, vi } from 'vitest';
import { Cancelable, createRegistry, type OperationFilter, type Registry } from 'use-cancelable/core';
import { cancel, complete, fail, startRunning } from './operations.ts';

/** A page, a running child, a pending child and a completed root, all listed. */
async function fill(own: Registry): Promise<Cancelable> {
  const page = startRunning({ id: 'page', name: 'Page' });
  const running = startRunning({ id: 'upload', name: 'Upload Photo', parent: page });
  const pending = page.child({ id: 'thumbnail', name: 'thumbnail of photo' });
  const completed = await complete({ id: 'login' });
  for (const op of [page, running, pending, completed]) own.register(op);
  return page;
}

const find = (own: Registry, filter: OperationFilter): string[] => own.list(filter).map(({ id }) => id);

describe('a filter of the list', () => {
  it('picks by status, parent and name, by all of them, and by limit [case 257]', async () => {
    const own = createRegistry();
    const page = await fill(own);
    expect(find(own, {})).toEqual(['page', 'upload', 'thumbnail', 'login']);
    expect(find(own, { status: 'running' })).toEqual(['page', 'upload']);
    expect(find(own, { status: ['pending', 'completed'] })).toEqual(['thumbnail', 'login']);
    expect(find(own, { status: [] })).toEqual([]);
    expect(find(own, { parent: page })).toEqual(['upload', 'thumbnail']);
    expect(find(own, { parent: 'page' })).toEqual(['upload', 'thumbnail']);
    expect(find(own, { name: 'PHOTO' })).toEqual(['upload', 'thumbnail']);
    expect(find(own, { name: '' })).toEqual(['page', 'upload', 'thumbnail']);
    expect(find(own, { status: 'running', parent: page, name: 'photo', since: 0, limit: 5 })).toEqual(['upload']);
    expect(find(own, { status: 'running', parent: page, name: 'page' })).toEqual([]);
    expect(find(own, { limit: 2 })).toEqual(['thumbnail', 'login']);
    expect(find(own, { limit: 0 })).toEqual([]);
    expect(find(own, { limit: Infinity, name: undefined })).toHaveLength(4);
    page.cancel();
  });

  it('picks what was created at that time or later', () => {
    vi.useFakeTimers({ now: 1000 });
    const own = createRegistry();
    own.register(new Cancelable({ id: 'early' }));
    vi.setSystemTime(2000);
    own.register(new Cancelable({ id: 'late' }));
    expect(find(own, { since: 1000 })).toEqual(['early', 'late']);
    expect(find(own, { since: new Date(2000) })).toEqual(['late']);
    expect(find(own, { since: 2001 })).toEqual([]);
    vi.useRealTimers();
  });
});

describe('the history', () => {
  const idsOf = (own: Registry, filter?: OperationFilter): string[] => own.history(filter).map(({ id }) => id);

  it('keeps the newest, in order [case 261]', async () => {
    const own = createRegistry({ historyLimit: 10 });
    for (let count = 1; count <= 15; count += 1) await complete({ id: String(count), register: own });
    expect(idsOf(own)).toEqual(['6', '7', '8', '9', '10', '11', '12', '13', '14', '15']);
    for (let count = 16; count <= 50; count += 1) await complete({ id: String(count), register: own });
    expect([idsOf(own)[0], own.statistics().history, own.statistics().totalCompleted]).toEqual(['41', 10, 50]);
  });

  it('keeps a thousand by default, none with limit 0, all with Infinity [case 261]', async () => {
    const [usual, none, all] = [
      createRegistry(),
      createRegistry({ historyLimit: 0 }),
      createRegistry({ historyLimit: Infinity }),
    ];
    for (let count = 0; count < 1005; count += 1) {
      const op = new Cancelable({ id: String(count) });
      op.cancel();
      for (const own of [usual, none, all]) own.register(op, { keep: false });
    }
    expect([usual, none, all].map((own) => own.history().length)).toEqual([1000, 0, 1005]);
    expect(idsOf(usual)[0]).toBe('5');
  });

  it('is filtered by limit, status and time of the end [case 262]', async () => {
    vi.useFakeTimers({ now: 1000 });
    const own = createRegistry();
    await complete({ id: 'one', register: own });
    vi.advanceTimersByTime(1000);
    await fail({ id: 'two', register: own });
    await cancel({ id: 'three', register: own });
    vi.useRealTimers();
    expect(idsOf(own, { limit: 2 })).toEqual(['two', 'three']);
    expect(idsOf(own, { status: 'failed' })).toEqual(['two']);
    expect(idsOf(own, { since: 2000 })).toEqual(['two', 'three']);
    expect(idsOf(own, { since: 2000, status: ['completed', 'canceled'], limit: 1 })).toEqual(['three']);
    expect(idsOf(own, { since: 2001 })).toEqual([]);
  });

  it('is empty with limit 0 [case 263]', async () => {
    const own = createRegistry();
    await complete({ register: own });
    expect(own.history({ limit: 0 })).toEqual([]);
  });
});

describe('a filter that makes no sense', () => {
  const cases: ReadonlyArray<readonly [unknown, typeof TypeError | typeof RangeError, string]> = [
    ['running', TypeError, 'The filter must be an object; got "running" (string).'],
    [null, TypeError, 'The filter must be an object; got null.'],
    [{ state: 'running' }, TypeError, 'unknown option "state"'],
    [{ status: 'done' }, TypeError, 'Option "status" must be one of "pending", "running"'],
    [{ status: ['running', 1] }, TypeError, 'Option "status" must be one of'],
    [{ parent: 5 }, TypeError, 'Option "parent" must be an operation or an id; got 5 (number).'],
    [{ name: /load/ }, TypeError, 'Option "name" must be a string; got an instance of RegExp.'],
    [{ since: '2026' }, TypeError, 'Option "since" must be a Date or a number of milliseconds'],
    [{ since: Number.NaN }, RangeError, 'Option "since" must be a time'],
    [{ since: new Date('never') }, RangeError, 'Option "since" must be a time'],
    [{ limit: '2' }, TypeError, 'Option "limit" must be a number'],
    [{ limit: -1 }, RangeError, 'Option "limit" must be a whole number, zero or more, or Infinity; got -1 (number).'],
    [{ limit: 1.5 }, RangeError, 'Option "limit"'],
  ];

  it.each(cases)('is refused: %j', (filter, kind, words) => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    for (const use of [own.list, own.history, own.cancelAll]) {
      expect(() => use(filter as never)).toThrow(kind);
      expect(() => use(filter as never)).toThrow(words);
    }
    expect(op.isRunning).toBe(true);
    op.cancel();
  });
});
