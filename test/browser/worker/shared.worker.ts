import { expose } from 'use-cancelable/worker';

// For who is not the page that the operation has come from.
const ends = new BroadcastChannel('ends in the shared worker');

const api = expose({
  double: (_op, value: number) => value * 2,
  rests: (op, milliseconds: number) => op.sleep(milliseconds),
  untilCanceled: async (op) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
    void op.closed.then(() => ends.postMessage({ id: op.id, reason: op.reason, message: op.message }));
    op.report('waiting');
    await op.wait(new Promise<never>(() => {}));
  },
});

export type Api = typeof api;
