import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cancelable, CancelationToken, type CustomSource } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';

const size = 7;

/** An operation of a random tree: under one that was made before, perhaps; combined of some of those, perhaps. */
const specs = fc.array(
  fc.record({
    members: fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }),
    parent: fc.integer({ min: -3, max: size - 1 }),
    token: fc.constantFrom(undefined, 0, 1),
    hasSource: fc.boolean(),
  }),
  { minLength: size, maxLength: size },
);
const events = fc.array(
  fc.record({
    kind: fc.constantFrom('start', 'start', 'start', 'cancel', 'cancel alone', 'fail', 'token', 'fire'),
    at: fc.nat(size - 1),
  }),
  { maxLength: 25 },
);

interface Expected {
  status: string;
  readonly parent: Expected | undefined;
  /** What it is canceled with while it runs: grows at its start. */
  readonly members: Set<Expected>;
  readonly tokens: Set<number>;
  readonly sources: Set<number>;
}

const isOver = ({ status }: Expected): boolean => status === 'canceled' || status === 'failed';

/** What combine says, in the plainest words: sets, and recursion, which the package may not use. */
function createModel() {
  const all: Expected[] = [];
  const canceledTokens = new Set<number>();
  const cancelRunning = (concerns: (each: Expected) => boolean): void => {
    for (const each of all) if (each.status === 'running' && concerns(each)) cancel(each);
  };
  const cancelChildren = (of: Expected): void => {
    for (const each of all) if (each.parent === of) cancel(each);
  };
  function cancel(each: Expected, propagate = true): void {
    if (isOver(each)) return;
    each.status = 'canceled';
    if (propagate) cancelChildren(each);
    cancelRunning(({ members }) => members.has(each));
  }
  function start(each: Expected): void {
    if (each.status !== 'pending') return;
    for (const member of each.members) {
      if (member.status !== 'pending') continue;
      for (const token of member.tokens) each.tokens.add(token);
      for (const source of member.sources) each.sources.add(source);
      for (const below of member.members) each.members.add(below);
    }
    let orphan = each;
    while (orphan.parent?.status === 'pending') orphan = orphan.parent;
    if (orphan.parent !== undefined && isOver(orphan.parent)) return cancel(orphan);
    each.status = 'running';
    const isBornCanceled =
      [...each.members].some(({ status }) => status === 'canceled') ||
      [...each.tokens].some((token) => canceledTokens.has(token));
    if (isBornCanceled) cancel(each);
  }
  function fail(each: Expected): void {
    if (isOver(each)) return;
    each.status = 'failed';
    cancelChildren(each);
  }
  function cancelToken(token: number): void {
    canceledTokens.add(token);
    cancelRunning(({ tokens }) => tokens.has(token));
  }
  const fire = (source: number): void => cancelRunning(({ sources }) => sources.has(source));
  return { all, cancel, start, fail, cancelToken, fire };
}

/** A source for each operation, and whoever listens to it now. */
function createSources() {
  const listening = Array.from({ length: size }, () => new Set<() => void>());
  const sources = listening.map((fires): CustomSource => {
    const start: CustomSource['start'] = (fire) => {
      const entry = (): void => fire();
      fires.add(entry);
      return () => fires.delete(entry);
    };
    return { start };
  });
  return { sources, listening };
}

it('trees of combined operations are canceled as the documentation says, and leave nothing behind [cases 127, 129, 138, 139]', async () => {
  await fc.assert(
    fc.asyncProperty(specs, events, async (given, steps) => {
      const { sources, listening } = createSources();
      const tokens = [new CancelationToken(), new CancelationToken()];
      const model = createModel();
      const ops: Cancelable[] = [];
      for (const [index, { parent, token, hasSource, members }] of given.entries()) {
        const earlier = members.filter((member) => member < index);
        const above = parent < index ? parent : -1;
        const options = {
          parent: ops[above] ?? null,
          token: token === undefined ? undefined : tokens[token],
          sources: hasSource ? [sources[index]!] : [],
        };
        const [first, ...rest] = earlier.map((member) => ops[member]!);
        ops.push(first === undefined ? new Cancelable(options) : first.combine(...rest, options));
        model.all.push({
          status: 'pending',
          parent: model.all[above],
          members: new Set(earlier.map((member) => model.all[member]!)),
          tokens: new Set(token === undefined ? [] : [token]),
          sources: new Set(hasSource ? [index] : []),
        });
      }
      const runs: Array<Promise<unknown>> = [];
      const act: Record<string, (op: Cancelable, expected: Expected, at: number) => void> = {
        start(op, expected) {
          model.start(expected);
          runs.push(op.settle(untilCanceled).catch(() => {})); // a second run is refused
        },
        cancel: (op, expected) => [model.cancel(expected), op.cancel()],
        'cancel alone': (op, expected) => [model.cancel(expected, false), op.cancel({ propagate: false })],
        fail: (op, expected) => [model.fail(expected), op.fail(new Error('failed'))],
        token: (_, __, at) => [model.cancelToken(at % 2), tokens[at % 2]!.cancel()],
        fire(_, __, at) {
          model.fire(at);
          for (const fire of listening[at]!) fire();
        },
      };
      for (const { kind, at } of steps) {
        act[kind]!(ops[at]!, model.all[at]!, at);
        expect(ops.map((op) => op.status)).toEqual(model.all.map(({ status }) => status));
      }
      for (const op of ops) op.cancel();
      await Promise.all(runs);
      expect(listening.map(({ size: count }) => count)).toEqual(ops.map(() => 0));
      for (const { state } of [...tokens, ...ops.map((op) => op.token)]) expect(state.followers.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});
