import { delay, race, spawn } from 'abort-controller-x';
import { CPromise } from 'c-promise2';
import { CAF } from 'caf';
import { createScope } from 'effection';
import { firstValueFrom, from, Subscription, timeout as timeoutOf } from 'rxjs';
import { Cancelable } from '../../../src/core.ts';
import { Limit } from '../limit.ts';
import type { Contender, Scenario } from '../measure.ts';

// Create an operation under one parent that runs all the time, run a trivial asynchronous body, settle.

const forever = new Promise<never>(() => {});
const body = async (): Promise<number> => 1;
const timeout = 10_000;
const options = { timeout };

const ours = new Cancelable({ parent: null });
void ours.run(() => forever);
const limit = new Limit();
void limit.run(() => forever);
const controller = new AbortController();
const subscription = new Subscription();
const cafParent = new CAF.cancelToken();
const [scope] = createScope();

type Start = () => unknown;

/** One after the other, each awaited. */
const inTurn =
  (start: Start) =>
  async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1) await start();
  };

/** A hundred at a time; they settle in order, and the last one is awaited. */
const inHundreds =
  (start: Start) =>
  async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 100) {
      for (let index = 1; index < 100; index += 1) void start();
      await start();
    }
  };

async function byHand(): Promise<void> {
  const own = new AbortController();
  const follow = (): void => own.abort(controller.signal.reason);
  controller.signal.addEventListener('abort', follow, { once: true });
  await body();
  controller.signal.removeEventListener('abort', follow);
}

async function byHandWithTimeout(): Promise<void> {
  const own = new AbortController();
  const follow = (): void => own.abort(controller.signal.reason);
  const timer = setTimeout(() => own.abort(new DOMException('late', 'TimeoutError')), timeout);
  controller.signal.addEventListener('abort', follow, { once: true });
  await body();
  controller.signal.removeEventListener('abort', follow);
  clearTimeout(timer);
}

async function merged(): Promise<AbortSignal> {
  const own = new AbortController();
  const signal = AbortSignal.any([controller.signal, own.signal]);
  await body();
  return signal;
}

async function mergedWithTimeout(): Promise<AbortSignal> {
  const own = new AbortController();
  const signal = AbortSignal.any([controller.signal, own.signal, AbortSignal.timeout(timeout)]);
  await body();
  return signal;
}

async function subscribed(): Promise<void> {
  const own = new Subscription();
  subscription.add(own);
  await body();
  own.unsubscribe();
}

// oxlint-disable-next-line require-yield -- it has nothing to wait for
const cafBody = CAF<number>(function* (): Generator<unknown, number> {
  return 1;
});

async function cafWithTimeout(): Promise<void> {
  const token = CAF.timeout(timeout);
  await cafBody(token.signal);
  token.abort();
}

// oxlint-disable-next-line require-yield -- it has nothing to wait for
function* trivial(): Generator<never, number> {
  return 1;
}

const plain: ReadonlyArray<readonly [name: string, start: Start]> = [
  ['limit', () => new Limit(limit).run(body)],
  ['use-cancelable', () => ours.child().run(body)],
  ['AbortController by hand', byHand],
  ['AbortSignal.any', merged],
  ['rxjs', subscribed],
  ['caf', () => cafBody(cafParent.signal)],
  ['abort-controller-x', () => spawn(controller.signal, body)],
  ['c-promise2', () => CPromise.run<number>(trivial)],
  ['effection', () => scope.run(trivial)],
];

const timed: ReadonlyArray<readonly [name: string, start: Start]> = [
  ['limit', () => new Limit(limit, timeout).run(body)],
  ['use-cancelable', () => ours.child(options).run(body)],
  ['AbortController by hand', byHandWithTimeout],
  ['AbortSignal.any and .timeout', mergedWithTimeout],
  ['rxjs', () => firstValueFrom(from(body()).pipe(timeoutOf(timeout)))],
  ['caf', cafWithTimeout],
  ['abort-controller-x', () => race(controller.signal, (signal) => [body(), delay(signal, timeout)])],
  ['c-promise2', () => CPromise.run<number>(trivial).timeout(timeout)],
];

const contenders = (
  starts: typeof plain,
  measure: (start: Start) => Contender['measure'],
  own: readonly Contender[] = [],
): readonly Contender[] => [...starts.map(([name, start]) => ({ name, measure: measure(start) })), ...own];

/** In a body each await brings the operation back, which costs two jobs more. */
const inside: Contender = {
  name: 'use-cancelable, in a body',
  measure: (count) =>
    new Cancelable({ parent: null }).run(async (op) => {
      for (let done = 0; done < count; done += 1) await op.child().run(body);
    }),
};

const noop = (): void => {};
const readOurs = async (op: Cancelable): Promise<boolean> => op.signal.aborted;
const readLimit = async (op: Limit): Promise<boolean> => op.signal.aborted;
const readPlain = async (signal: AbortSignal): Promise<boolean> => signal.aborted;

async function bareController(): Promise<boolean> {
  const { signal } = new AbortController();
  signal.addEventListener('abort', noop);
  return await readPlain(signal);
}

export const runScenarios: readonly Scenario[] = [
  {
    name: 'run',
    title: 'create, run and settle a child, each awaited',
    contenders: contenders(plain, inTurn, [inside]),
  },
  { name: 'run-batch', title: 'the same, a hundred at a time', contenders: contenders(plain, inHundreds) },
  {
    name: 'timeout',
    title: 'create, run and settle with a timeout of 10 s, each awaited',
    contenders: contenders(timed, inTurn),
  },
  { name: 'timeout-batch', title: 'the same, a hundred at a time', contenders: contenders(timed, inHundreds) },
  {
    name: 'signal',
    title: 'the same with the signal read once, without a timeout, against a controller with one listener',
    contenders: [
      { name: 'bare controller', measure: inTurn(bareController) },
      { name: 'limit', measure: inTurn(() => new Limit(limit).run(readLimit)) },
      { name: 'use-cancelable', measure: inTurn(() => ours.child().run(readOurs)) },
      { name: 'abort-controller-x', measure: inTurn(() => spawn(controller.signal, readPlain)) },
    ],
  },
];
