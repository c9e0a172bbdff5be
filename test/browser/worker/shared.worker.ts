import { expose } from 'use-cancelable/worker';

const api = expose({
  double: (_op, value: number) => value * 2,
  untilCanceled: async (op) => {
    op.report('waiting');
    await op.wait(new Promise<never>(() => {}));
  },
});

export type Api = typeof api;
