import * as fc from 'fast-check';
import { Cancelable, CancelationToken, type OperationOptions } from 'use-cancelable/core';
import { vi } from 'vitest';
import { createSource } from './countedSource.ts';

// Random trees of operations for the properties in properties.test.ts.

type Start = 'run' | 'spawn' | 'later' | 'shield';

export type Action =
  | {
      readonly do: 'open';
      readonly under: number;
      readonly start: Start;
      readonly heedless: boolean;
      readonly weight: number;
      readonly timeout: number | undefined;
      readonly signal: number | undefined;
      readonly token: number | undefined;
      readonly source: boolean;
    }
  | { readonly do: 'abort' | 'cancel token'; readonly which: number }
  | { readonly do: 'fire' }
  | { readonly do: 'run'; readonly at: number }
  | { readonly do: 'report'; readonly at: number; readonly progress: number | undefined }
  | { readonly do: 'end'; readonly at: number; readonly how: 'return' | 'throw' }
  | { readonly do: 'cancel'; readonly at: number; readonly reason: string }
  | { readonly do: 'pass time'; readonly milliseconds: number }
  | { readonly do: 'take turns' };

const at = fc.nat(30);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      under: at,
      start: fc.constantFrom<Start>('run', 'run', 'run', 'spawn', 'spawn', 'later', 'later', 'shield'),
      heedless: fc.boolean(),
      weight: fc.constantFrom(0, 1, 1, 2.5, 10),
      timeout: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 4 }),
      signal: fc.option(fc.nat(1), { nil: undefined, freq: 2 }),
      token: fc.option(fc.nat(1), { nil: undefined, freq: 2 }),
      source: fc.constantFrom(true, false, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('abort' as const, 'cancel token' as const), which: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ do: 'fire' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('run' as const), at }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      at,
      progress: fc.option(fc.integer({ min: -5, max: 110 }), { nil: undefined, freq: 5 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      at,
      how: fc.constantFrom('return' as const, 'return' as const, 'return' as const, 'throw' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      at,
      reason: fc.constantFrom('manual', 'unmount', 'bored'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass time' as const), milliseconds: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 3, arbitrary: fc.constant<Action>({ do: 'take turns' }) },
);

export const actions: fc.Arbitrary<Action[]> = fc.array(action, {
  minLength: 1,
  maxLength: 40,
  size: 'max',
});

export interface Leaf {
  readonly op: Cancelable;
  readonly heedless: boolean;
  /** What its callbacks were told, in order. */
  readonly told: string[];
  readonly end: (how: 'return' | 'throw') => void;
  readonly body: () => Promise<void>;
  started: boolean;
  /** It has reported numbers of its own. */
  hasNumbers: boolean;
}

/** A tree that grows, and whose operations end, as the actions say. */
export class RandomTree {
  readonly leaves: Leaf[] = [];
  /** What has been asked for, to be compared with what came of it. */
  readonly asked: Array<{ readonly leaf: Leaf; readonly canceled: boolean; readonly reason: string }> = [];
  /** Signals, tokens and a source that operations anywhere in the tree may hang on. */
  readonly signals = [createCountedSignal(), createCountedSignal()];
  readonly tokens = [new CancelationToken(), new CancelationToken()];
  readonly source = createSource();
  readonly #running: Array<Promise<unknown>> = [];

  constructor() {
    this.#start(this.#plant(new Cancelable({ parent: null }), false), 'run');
  }

  get root(): Leaf {
    return this.leaves[0]!;
  }

  async carryOut(action: Action): Promise<void> {
    switch (action.do) {
      case 'open': {
        const parent = this.#leafAt(action.under).op;
        const { weight, timeout, start, heedless, signal, token, source } = action;
        const options: OperationOptions = {
          weight,
          timeout,
          signal: signal === undefined ? undefined : this.signals[signal]!.controller.signal,
          token: token === undefined ? undefined : this.tokens[token],
          sources: source ? [this.source.source] : undefined,
        };
        if (start === 'shield') this.#enter((body) => parent.shield(body, options), heedless);
        else if (start === 'spawn' && !parent.isSettled) this.#enter((body) => parent.spawn(body, options), heedless);
        else this.#start(this.#plant(parent.child(options), heedless), start);
        return;
      }
      case 'run':
        if (!this.#leafAt(action.at).started) this.#start(this.#leafAt(action.at), 'run');
        return;
      case 'report': {
        const leaf = this.#leafAt(action.at);
        if (action.progress !== undefined && !leaf.op.isSettled) leaf.hasNumbers = true;
        leaf.op.report('on the way', { progress: action.progress });
        return;
      }
      case 'end':
        this.#leafAt(action.at).end(action.how);
        return takeTurns();
      case 'cancel': {
        const leaf = this.#leafAt(action.at);
        this.asked.push({ leaf, reason: action.reason, canceled: leaf.op.cancel({ reason: action.reason }) });
        return;
      }
      case 'abort':
        this.signals[action.which]!.controller.abort();
        return;
      case 'cancel token':
        this.tokens[action.which]!.cancel();
        return;
      case 'fire':
        if (this.source.starts() > 0) this.source.fire();
        return;
      case 'pass time':
        vi.advanceTimersByTime(action.milliseconds);
        return;
      case 'take turns':
        return takeTurns();
    }
  }

  /** Brings everything to its end. */
  async finish(): Promise<void> {
    this.root.op.cancel('the end');
    for (const leaf of this.leaves) leaf.end('return');
    const ends = [...this.#running, ...this.leaves.filter(({ started }) => started).map(({ op }) => op.closed)];
    let open = ends.length;
    for (const end of ends) void end.then(() => (open -= 1));
    // Nothing is left that would take longer.
    for (let turn = 0; turn < 20 && open > 0; turn += 1) await takeTurns();
    if (open > 0) throw new Error(`${open} of ${ends.length} runs and closed promises never settle.`);
  }

  #leafAt(index: number): Leaf {
    return this.leaves[index % this.leaves.length]!;
  }

  #plant(op: Cancelable, heedless: boolean): Leaf {
    let end!: (how: 'return' | 'throw') => void;
    const ended = new Promise<void>((resolve, reject) => {
      end = (how) => (how === 'return' ? resolve() : reject(new Error('thrown')));
    });
    // The body of an operation that never starts asks for it never.
    ended.catch(() => undefined);
    const told: string[] = [];
    const body = (): Promise<void> => (heedless ? ended : op.wait(ended));
    const leaf: Leaf = { op, heedless, told, end, body, started: false, hasNumbers: false };
    op.onStart(() => told.push('start'));
    op.onComplete(() => told.push('complete'));
    op.onCancel(() => told.push('cancel'));
    op.onError(() => told.push('error'));
    this.leaves.push(leaf);
    return leaf;
  }

  #start(leaf: Leaf, start: Start): void {
    if (start === 'later') return;
    leaf.started = true;
    this.#running.push(leaf.op.settle(leaf.body));
  }

  /** Opens an operation that starts as soon as it is made. */
  #enter(open: (body: (op: Cancelable) => Promise<void>) => Promise<void>, heedless: boolean): void {
    const opened = open((op) => {
      const leaf = this.#plant(op, heedless);
      leaf.started = true;
      // It has started before anybody could listen.
      leaf.told.push('start');
      return leaf.body();
    });
    this.#running.push(opened.catch(() => undefined));
  }
}

/** A foreign signal that says how many listen to it. */
function createCountedSignal(): { readonly controller: AbortController; readonly listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, 'addEventListener');
  const remove = vi.spyOn(signal, 'removeEventListener');
  // All of them are for once.
  return { controller, listeners: () => (signal.aborted ? 0 : add.mock.calls.length - remove.mock.calls.length) };
}

/** Lets everything that is ready run: jobs, and the task that grace takes. */
export async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  }
}
