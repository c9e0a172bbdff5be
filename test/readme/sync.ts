import { createTask } from 'use-cancelable/core';

export const sync = createTask(
  (op, document: string) => op.wait(fetch('/document', { method: 'PUT', body: document, signal: op.signal })),
  { name: 'sync', policy: 'keepLatest', timeout: 30_000 },
);
