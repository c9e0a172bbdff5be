import { expose } from 'use-cancelable/worker';

addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
  if (data !== 'port') return;
  expose(
    {
      double: (_op, value: number) => value * 2,
      untilCanceled: async (op) => {
        op.report('waiting');
        await op.wait(new Promise<never>(() => {}));
      },
    },
    ports[0],
  );
});
