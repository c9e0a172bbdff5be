import { Subscription } from 'rxjs';
import { Cancelable } from '../../../src/core.ts';
import { Limit } from '../limit.ts';
import type { Contender, Scenario } from '../measure.ts';

// Cancel many at once: children beside each other, or each under the one before. "The call" is what `cancel` itself takes:
// after it every status, reason and signal is true. "Until all have settled" goes on to the last rejected run, each with an
// error of its own, whose body waits for something under the guard of its operation.

interface Tree<T> {
  readonly root: T;
  /** All runs have settled. */
  readonly settled: Promise<unknown>;
  readonly operations: readonly T[];
}

type Shape = 'beside' | 'below';

const never = new Promise<never>(() => {});
const guardOurs = (op: Cancelable): Promise<never> => op.wait(never);
const guardLimit = (op: Limit): Promise<never> => op.wait(never);

// The promises of all runs, without Promise.all: that one reads and copies each.
function countDown(count: number): { readonly settled: Promise<void>; readonly one: () => void } {
  let left = count;
  let resolve!: () => void;
  const settled = new Promise<void>((settle) => {
    resolve = settle;
  });
  const one = (): void => {
    left -= 1;
    if (left === 0) resolve();
  };
  return { settled, one };
}

function growOurs(shape: Shape, guarded: boolean, count: number): Tree<Cancelable> {
  const body = guarded ? guardOurs : () => never;
  const { settled, one } = countDown(count + 1);
  const root = new Cancelable({ parent: null });
  const operations: Cancelable[] = [];
  root.run(body).then(one, one);
  for (let index = 0; index < count; index += 1) {
    const child = (shape === 'below' ? (operations[index - 1] ?? root) : root).child();
    operations.push(child);
    child.run(body).then(one, one);
  }
  return { root, settled, operations };
}

function growLimit(shape: Shape, guarded: boolean, count: number): Tree<Limit> {
  const body = guarded ? guardLimit : () => never;
  const { settled, one } = countDown(count + 1);
  const root = new Limit();
  const operations: Limit[] = [];
  root.run(body).then(one, one);
  for (let index = 0; index < count; index += 1) {
    const child = new Limit(shape === 'below' ? (operations[index - 1] ?? root) : root);
    operations.push(child);
    child.run(body).then(one, one);
  }
  return { root, settled, operations };
}

const call = (shape: Shape): readonly Contender[] => [
  {
    name: 'limit',
    prepare: (count) => growLimit(shape, false, count),
    measure: (_count, { root }: Tree<Limit>) => root.cancel(),
    after: ({ operations }: Tree<Limit>) => check(operations),
  },
  {
    name: 'use-cancelable',
    prepare: (count) => growOurs(shape, false, count),
    measure: (_count, { root }: Tree<Cancelable>) => root.cancel(),
    after: async ({ operations, settled }: Tree<Cancelable>) => {
      check(operations);
      await settled;
    },
  },
];

const untilSettled = (shape: Shape): readonly Contender[] => [
  {
    name: 'limit',
    prepare: (count) => growLimit(shape, true, count),
    measure: (_count, { root, settled }: Tree<Limit>) => {
      root.cancel();
      return settled;
    },
    after: ({ operations }: Tree<Limit>) => check(operations),
  },
  {
    name: 'use-cancelable',
    prepare: (count) => growOurs(shape, true, count),
    measure: (_count, { root, settled }: Tree<Cancelable>) => {
      root.cancel();
      return settled;
    },
    after: ({ operations }: Tree<Cancelable>) => check(operations),
  },
];

function check(operations: ReadonlyArray<{ readonly status: string; readonly reason: string | undefined }>): void {
  if (operations.some((op) => op.status !== 'canceled' || op.reason !== 'parent')) throw new Error('not canceled');
}

const rxjs: Contender = {
  name: 'rxjs',
  prepare: (count) => {
    const root = new Subscription();
    for (let index = 0; index < count; index += 1) root.add(new Subscription());
    return root;
  },
  measure: (_count, root: Subscription) => root.unsubscribe(),
};

const controllers: Contender = {
  name: 'AbortController by hand',
  prepare: (count) => {
    const root = new AbortController();
    for (let index = 0; index < count; index += 1) {
      const child = new AbortController();
      root.signal.addEventListener('abort', () => child.abort(root.signal.reason));
    }
    return root;
  },
  measure: (_count, root: AbortController) => root.abort(),
};

const merged: Contender = {
  name: 'AbortSignal.any',
  prepare: (count) => {
    const root = new AbortController();
    const signals = Array.from({ length: count }, () => AbortSignal.any([root.signal, new AbortController().signal]));
    return { root, signals };
  },
  measure: (_count, { root }: { root: AbortController }) => root.abort(),
};

export const cancelScenarios: readonly Scenario[] = [
  {
    name: 'cancel',
    title: 'cancel 10,000 children, the call',
    count: 10_000,
    contenders: [...call('beside'), rxjs, controllers, merged],
  },
  {
    name: 'cancel-settled',
    title: 'cancel 10,000 children, until all have settled',
    count: 10_000,
    contenders: untilSettled('beside'),
  },
  {
    name: 'cancel-many',
    title: 'cancel 100,000 children, the call',
    count: 100_000,
    contenders: [...call('beside'), rxjs],
  },
  {
    name: 'cancel-many-settled',
    title: 'cancel 100,000 children, until all have settled',
    count: 100_000,
    contenders: untilSettled('beside'),
  },
  { name: 'cancel-chain', title: 'cancel a chain of 10,000, the call', count: 10_000, contenders: call('below') },
  {
    name: 'cancel-chain-settled',
    title: 'cancel a chain of 10,000, until all have settled',
    count: 10_000,
    contenders: untilSettled('below'),
  },
];
