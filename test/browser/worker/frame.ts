import type { Cancelable } from 'use-cancelable/core';
import { expose } from 'use-cancelable/worker';

const functions = {
  double: (_op: Cancelable, value: number) => value * 2,
  sleeps: async (op: Cancelable, milliseconds: number) => {
    await op.sleep(milliseconds);
    return 'rested';
  },
  untilCanceled: async (op: Cancelable): Promise<void> => {
    op.report('waiting');
    try {
      await op.wait(new Promise<never>(() => {}));
    } finally {
      op.context.partialResult = 'unwound';
    }
  },
};

export type Api = typeof functions;

addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
  if (data === 'port') expose(functions, ports[0]);
});
