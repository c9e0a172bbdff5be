import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelationError,
  ParentCancelation,
  TimeoutCancelation,
  type Reason,
  type Status,
} from 'use-cancelable/core';
import { actions, RandomTree, takeTurns } from './randomTree.ts';

// Rules that hold for every tree, whatever happens to it.

beforeEach(() => {
  vi.useFakeTimers();
  // What a body throws after its operation has ended has nobody else to tell.
  vi.stubGlobal('reportError', () => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

interface Watch {
  /** Called after every action. */
  each?(tree: RandomTree): void;
  end?(tree: RandomTree): void | Promise<void>;
}

/** Watches many random trees from their beginning to their end; returns how many. */
async function watchTrees(watch: () => Watch): Promise<number> {
  let trees = 0;
  await fc.assert(
    fc.asyncProperty(actions, async (steps) => {
      const tree = new RandomTree();
      const { each, end } = watch();
      each?.(tree);
      for (const step of steps) {
        await tree.carryOut(step);
        each?.(tree);
      }
      await tree.finish();
      each?.(tree);
      await end?.(tree);
      trees += 1;
    }),
    { numRuns: 300 },
  );
  return trees;
}

describe('in every tree', { timeout: 60_000 }, () => {
  it('each operation that was opened closes once', async () => {
    const trees = await watchTrees(() => ({
      end({ leaves }) {
        for (const { op, told, started } of leaves) {
          const ends = told.filter((event) => event !== 'start');
          if (op.isPending) expect([started, told]).toEqual([false, []]);
          else expect(ends).toHaveLength(1);
          if (started) expect(op.isSettled).toBe(true);
          expect(ends[0]).toBe(
            {
              pending: undefined,
              running: 'still open',
              shielded: 'still open',
              completed: 'complete',
              canceled: 'cancel',
              failed: 'error',
            }[op.status],
          );
        }
      },
    }));
    expect(trees).toBe(300);
  });

  it('a status only ever goes forward', async () => {
    const trees = await watchTrees(() => {
      const last = new Map<Cancelable, Status>();
      return {
        each({ leaves }) {
          for (const { op } of leaves) {
            const before = last.get(op) ?? 'pending';
            if (!['pending', 'running', 'shielded'].includes(before)) expect(op.status).toBe(before);
            if (before !== 'pending') expect(op.status).not.toBe('pending');
            last.set(op, op.status);
          }
        },
      };
    });
    expect(trees).toBe(300);
  });

  it('no child runs under an operation that has ended, but for shields and what is in them', async () => {
    const trees = await watchTrees(() => ({
      each({ leaves }) {
        for (const { op } of leaves) {
          if (!op.isRunning) continue;
          for (const above of reachedFrom(op)) expect(above.isRunning || above.isPending).toBe(true);
        }
      },
    }));
    expect(trees).toBe(300);
  });

  it('a shield is never canceled with what is above it', async () => {
    let shields = 0;
    await watchTrees(() => ({
      end({ leaves }) {
        for (const { op } of leaves) {
          if (op.context.metadata['shielded'] !== true) continue;
          shields += 1;
          expect(['parent', 'sibling']).not.toContain(op.reason);
        }
      },
    }));
    expect(shields).toBeGreaterThan(100);
  });

  it('no callback of a cancel sees a descendant that still runs', async () => {
    const trees = await watchTrees(() => {
      const watched = new Set<Cancelable>();
      const seen: string[] = [];
      return {
        each({ leaves }) {
          for (const { op } of leaves) {
            if (watched.has(op)) continue;
            watched.add(op);
            op.onCancel(() => {
              for (const other of leaves)
                if (other.op.isRunning && reachedFrom(other.op).includes(op)) seen.push(`${other.op.name} runs`);
            });
          }
          expect(seen).toEqual([]);
        },
      };
    });
    expect(trees).toBe(300);
  });

  it('the first reason wins', async () => {
    const trees = await watchTrees(() => {
      const first = new Map<Cancelable, { reason: Reason | undefined; message: string | undefined; error: unknown }>();
      return {
        each({ leaves, asked }) {
          for (const { op } of leaves) {
            if (!op.isSettled) {
              expect([op.reason, op.message, op.error]).toEqual([undefined, undefined, undefined]);
              continue;
            }
            const { reason, message, error } = op;
            if (!first.has(op)) first.set(op, { reason, message, error });
            expect(first.get(op)).toEqual({ reason, message, error });
            expect(op.error).toBe(first.get(op)!.error);
          }
          for (const { leaf, canceled, reason } of asked) if (canceled) expect(leaf.op.reason).toBe(reason);
        },
        end({ asked }) {
          const winners = asked.filter(({ canceled }) => canceled).map(({ leaf }) => leaf);
          expect(new Set(winners).size).toBe(winners.length);
        },
      };
    });
    expect(trees).toBe(300);
  });

  it('each reason explains itself, up to a root cause', async () => {
    const trees = await watchTrees(() => ({
      end({ leaves }) {
        for (const { op } of leaves) {
          if (!op.isCanceled) continue;
          const { error } = op;
          expect(error).toBeInstanceOf(CancelationError);
          expect((error as CancelationError).operation).toBe(op);
          expect((error as CancelationError).reason).toBe(op.reason);
          if (op.reason === 'timeout') expect(error).toBeInstanceOf(TimeoutCancelation);
          if (op.reason !== 'parent') continue;
          expect(error).toBeInstanceOf(ParentCancelation);
          const { parentId, cause, rootCause } = error as ParentCancelation;
          expect(parentId).toBe(op.parent!.id);
          // A parent that has ended well is a reason in itself: the child was run too late.
          if (op.parent!.isCompleted) {
            expect([cause, rootCause]).toEqual([undefined, error]);
            continue;
          }
          expect(cause).toBe(op.parent!.error);
          expect(rootCause).toBe(rootOf(op));
        }
      },
    }));
    expect(trees).toBe(300);
  });

  it('a signal is aborted when its operation is canceled or has failed, with the very error, and else never', async () => {
    const trees = await watchTrees(() => ({
      each({ leaves }) {
        for (const [index, { op }] of leaves.entries()) {
          // Half of them are read only after the end.
          if (index % 2 === 0 && !op.isSettled) continue;
          expect(op.signal.aborted).toBe(op.isCanceled || op.isFailed);
          if (op.signal.aborted) expect(op.signal.reason).toBe(op.error);
        }
      },
    }));
    expect(trees).toBe(300);
  });

  it('progress stays within bounds, and never falls while it is computed from children', async () => {
    const trees = await watchTrees(() => {
      const last = new Map<Cancelable, number>();
      return {
        each({ leaves }) {
          for (const { op, hasNumbers } of leaves) {
            const { fraction, progress, isIndeterminate } = op.progress;
            expect(op.progress).toBe(op.progress);
            expect(isIndeterminate).toBe(op.isRunning && fraction === undefined);
            if (op.isCompleted) expect([fraction, progress]).toEqual([1, 100]);
            if (fraction === undefined) continue;
            expect(fraction).toBeGreaterThanOrEqual(0);
            expect(fraction).toBeLessThanOrEqual(op.isCompleted ? 1 : 0.99);
            expect(progress).toBeCloseTo(fraction * 100, 5);
            // What fails shows where it was before the child left with which it failed.
            if (hasNumbers || op.isFailed || !leaves.some((leaf) => leaf.op.parent === op)) continue;
            expect(fraction).toBeGreaterThanOrEqual(last.get(op) ?? 0);
            last.set(op, fraction);
          }
        },
      };
    });
    expect(trees).toBe(300);
  });

  it('a parent lists exactly the children that are alive', async () => {
    const trees = await watchTrees(() => ({
      each({ leaves }) {
        for (const { op, started } of leaves) {
          const { parent } = op;
          if (parent === undefined) continue;
          if (op.isRunning) expect(parent.children).toContain(op);
          if (!started) expect(parent.children.includes(op)).toBe(op.isPending);
        }
      },
    }));
    expect(trees).toBe(300);
  });

  it('nothing is left after the end: no timer, no child, no listener, no source', async () => {
    const trees = await watchTrees(() => ({
      async end({ leaves, signals, source }) {
        await takeTurns();
        expect(vi.getTimerCount()).toBe(0);
        expect(signals.map(({ listeners }) => listeners())).toEqual([0, 0]);
        expect(source.stops()).toBe(source.starts());
        for (const { op, started } of leaves) {
          if (started) expect(op.children.filter((child) => !child.isPending).length).toBe(0);
        }
      },
    }));
    expect(trees).toBe(300);
  });
});

/** The operations above whose cancelation reaches this one. */
function reachedFrom(op: Cancelable): Cancelable[] {
  const above: Cancelable[] = [];
  for (let at = op; at.parent !== undefined && at.context.metadata['shielded'] !== true; at = at.parent)
    above.push(at.parent);
  return above;
}

/** Where the chain of `parent` begins: the first error above that is not "because of my parent". */
function rootOf(op: Cancelable): unknown {
  let at = op;
  while (at.reason === 'parent' && !at.parent!.isCompleted) at = at.parent!;
  const { error } = at;
  return error instanceof CancelationError && error.cause !== undefined ? error.cause : error;
}
