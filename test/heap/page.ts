import { Cancelable, CancelationToken, type CustomSource, type OperationOptions } from '../../src/core.ts';

// What is bundled and loaded into Node and into a page: operations by the hundred thousand under one parent, each of which
// must leave nothing behind while the parent lives on.

const forever = new Promise<never>(() => {});
const root = new Cancelable({ parent: null, name: 'the one above all' });
void root.run(() => forever);

const token = new CancelationToken();
const foreign = new AbortController();
const custom: CustomSource = { start: () => () => {} };

const trivial = async (): Promise<number> => 1;
const readSignal = async (op: Cancelable): Promise<boolean> => op.signal.aborted;

const kinds: Readonly<Record<string, { options?: OperationOptions; body: (op: Cancelable) => Promise<unknown> }>> = {
  plain: { body: trivial },
  'with a timeout': { options: { timeout: 10_000 }, body: trivial },
  'signal read': { body: readSignal },
  'with a token': { options: { token }, body: trivial },
  'with an AbortSignal': { options: { signal: foreign.signal }, body: trivial },
  'with a source of its own': { options: { sources: [custom] }, body: trivial },
  'all of these': { options: { timeout: 10_000, token, signal: foreign.signal, sources: [custom] }, body: readSignal },
  canceled: {
    body: (op) => {
      op.cancel('enough');
      return trivial();
    },
  },
};

export function listKinds(): readonly string[] {
  return Object.keys(kinds);
}

/** That many operations of a kind, a hundred at a time. */
export async function churn(kind: string, count: number): Promise<void> {
  const { options, body } = kinds[kind]!;
  for (let done = 0; done < count; done += 100) {
    for (let index = 1; index < 100; index += 1) void root.child(options).settle(body);
    await root.child(options).settle(body);
  }
  // The last one's callbacks and jobs.
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  if (root.children.length > 0) throw new Error(`${root.children.length} children are still alive`);
}
