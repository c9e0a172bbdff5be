import { expose } from 'use-cancelable/worker';

await new Promise((resolve) => {
  setTimeout(resolve, 100);
});

const api = expose({ double: (_op, value: number) => value * 2 });

export type Api = typeof api;
