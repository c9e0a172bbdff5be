import { describe, expect, it } from 'vitest';
import { Cancelable, CancelationToken, type CustomSource, type ParentCancelation } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { collectReportedErrors } from './reportedErrors.ts';

const names = ['grandparent', 'parent', 'child'] as const;

/** Three running operations below each other; `prepare` is called with each before it starts. */
function createLine(prepare: (op: Cancelable, name: string) => void): { line: Cancelable[]; ended: Promise<unknown> } {
  const line: Cancelable[] = [];
  const run = (parent: Cancelable | null, level: number): Promise<unknown> => {
    const name = names[level]!;
    const op = new Cancelable({ name, parent, sources: [stopping(name)] });
    line.push(op);
    prepare(op, name);
    return op.settle((self) => (level === 2 ? untilCanceled(self) : run(self, level + 1)));
  };
  events = [];
  return { ended: run(null, 0), line };
}

let events: string[] = [];
const stopping = (name: string): CustomSource => ({ start: () => () => void events.push(`stop ${name}`) });

describe('one cancel', () => {
  it('marks the whole tree, stops sources, aborts signals, then calls back, parents first in each', async () => {
    const { line, ended } = createLine((op, name) => {
      op.signal.addEventListener('abort', () => events.push(`abort ${name}`));
      op.onCancel(() => events.push(`call ${name}`));
    });
    line[0]!.cancel();
    await ended;
    expect(events).toEqual([
      ...names.map((name) => `stop ${name}`),
      ...names.map((name) => `abort ${name}`),
      ...names.map((name) => `call ${name}`),
    ]);
  });

  it('shows a half-canceled tree to nobody', async () => {
    const seen: unknown[] = [];
    const line: Cancelable[] = [];
    const see = (): void => {
      const canceled = line.map((op) => [op.status, op.token.isCanceled, op.reason, op.context.status]);
      seen.push(canceled);
    };
    const source: CustomSource = { start: () => see };
    const run = (parent: Cancelable | null, level: number): Promise<unknown> => {
      const op = new Cancelable({ parent, sources: [source] });
      line.push(op);
      op.signal.addEventListener('abort', see);
      op.token.onCancel(see);
      op.onCancel(see);
      return op.settle((self) => (level === 2 ? untilCanceled(self) : run(self, level + 1)));
    };
    const ended = run(null, 0);
    line[0]!.cancel();
    await ended;
    expect(seen).toHaveLength(12);
    expect(seen).toEqual(
      Array.from({ length: 12 }, () => [
        ['canceled', true, 'manual', 'canceled'],
        ['canceled', true, 'parent', 'canceled'],
        ['canceled', true, 'parent', 'canceled'],
      ]),
    );
  });

  it('has aborted all signals when the first callback is called', async () => {
    const aborted: boolean[][] = [];
    const { line, ended } = createLine((op) => {
      op.onCancel(() => aborted.push(line.map(({ signal }) => signal.aborted)));
      op.token.onCancel(() => aborted.push(line.map(({ signal }) => signal.aborted)));
    });
    line[0]!.cancel();
    await ended;
    expect(aborted).toEqual(Array.from({ length: 6 }, () => [true, true, true]));
  });

  it('is over for callbacks that cancel again, wherever they do', async () => {
    const answers: boolean[] = [];
    const { line, ended } = createLine((op) => {
      op.onCancel(() => answers.push(...line.map((each) => each.cancel({ reason: 'superseded' }))));
      op.signal.addEventListener('abort', () => answers.push(...line.map((each) => each.token.cancel('again'))));
    });
    line[0]!.cancel('first');
    await ended;
    expect(answers).toEqual(Array(18).fill(false));
    expect(line.map((op) => op.reason)).toEqual(['manual', 'parent', 'parent']);
  });

  it('reaches everybody although callbacks, sources and listeners throw', async () => {
    const reported = collectReportedErrors();
    const told: string[] = [];
    const failing = (name: string): CustomSource => ({
      start: () => () => {
        throw new Error(`stop ${name}`);
      },
    });
    const parent = new Cancelable({ sources: [failing('parent')] }).onCancel(() => {
      throw new Error('callback');
    });
    parent.token.onCancel(() => {
      throw new Error('token');
    });
    const child = parent.child({ sources: [failing('child')] }).onCancel(() => void told.push('child'));
    const ended = parent.settle(() => child.run(untilCanceled));
    expect(parent.cancel()).toBe(true);
    await ended;
    expect([parent.status, child.status, told]).toEqual(['canceled', 'canceled', ['child']]);
    expect(reported.map((error) => (error as Error).message)).toEqual([
      'stop parent',
      'stop child',
      'token',
      'callback',
    ]);
  });

  it('of a token takes all operations that follow it in one step', async () => {
    const token = new CancelationToken();
    const operations = [new Cancelable({ token }), new Cancelable({ token })];
    const seen: unknown[] = [];
    for (const op of operations) {
      op.onCancel(() => seen.push([token.isCanceled, ...operations.map((each) => each.status)]));
      op.signal.addEventListener('abort', () =>
        seen.push([token.isCanceled, ...operations.map((each) => each.status)]),
      );
    }
    const ended = operations.map((op) => op.settle(untilCanceled));
    token.cancel('stop');
    await Promise.all(ended);
    expect(seen).toEqual(Array.from({ length: 4 }, () => [true, 'canceled', 'canceled']));
  });

  it('of an own token is a cancel of the operation', async () => {
    const { line, ended } = createLine(() => {});
    expect(line[1]!.token.cancel({ reason: 'hidden', message: 'away' })).toBe(true);
    expect(line.map((op) => [op.status, op.reason])).toEqual([
      ['running', undefined],
      ['canceled', 'hidden'],
      ['canceled', 'parent'],
    ]);
    await ended;
    expect(line[1]!.message).toBe('away');
  });

  it('reaches operations that follow the own token of another one, and what is below them', async () => {
    const leader = new Cancelable();
    const follower = new Cancelable({ token: leader.token, parent: null });
    const below = follower.child();
    const ended = [leader.settle(untilCanceled), follower.settle(() => below.run(untilCanceled))];
    leader.cancel({ reason: 'unmount', message: 'gone' });
    expect([leader, follower, below].map((op) => [op.reason, op.status])).toEqual([
      ['unmount', 'canceled'],
      ['unmount', 'canceled'],
      ['parent', 'canceled'],
    ]);
    expect(follower.message).toBe('gone');
    await Promise.all(ended);
  });

  it('ends where operations follow the tokens of each other', async () => {
    const first = new Cancelable({ parent: null });
    const second = new Cancelable({ token: first.token, parent: null });
    const third = new Cancelable({ token: second.token, parent: null });
    const calls: string[] = [];
    second.onCancel(() => void calls.push('second'));
    third.onCancel(() => void calls.push('third'));
    const ended = [first, second, third].map((op) => op.settle(untilCanceled));
    first.cancel();
    await Promise.all(ended);
    expect([second.status, third.status, calls]).toEqual(['canceled', 'canceled', ['second', 'third']]);
  });

  // It takes a second, and several of them while other suites share the machine.
  it('walks ten thousand levels, and each one can name the root cause', { timeout: 30_000 }, async () => {
    const root = new Cancelable({ parent: null });
    const line = [root];
    const runs = [root.settle(untilCanceled)];
    while (line.length < 10_000) {
      const child = line.at(-1)!.child();
      line.push(child);
      runs.push(child.settle(untilCanceled));
    }
    root.cancel('from the top');
    expect(line.every((op) => op.isCanceled)).toBe(true);
    const leaf = line.at(-1)!;
    expect((leaf.error as ParentCancelation).rootCause).toBe(root.error);
    await Promise.all(runs);
    await root.closed;
    expect(root.children).toEqual([]);
  });
});
