import * as Comlink from 'comlink';
import type { Cancelable } from 'use-cancelable/core';
import { operationTransferHandler } from 'use-cancelable/worker';

Comlink.transferHandlers.set('operation', operationTransferHandler);

const ended: Record<string, unknown> = {};

const api = {
  facts: ({ id, name, status }: Cancelable) => ({ id, name, status }),
  untilCanceled: async (op: Cancelable) => {
    void op.closed.then(() => (ended[op.id] = { status: op.status, reason: op.reason, message: op.message }));
    op.report('waiting', { progress: 30 });
    await op.wait(new Promise<never>(() => {}));
  },
  cancels: (op: Cancelable) => {
    op.cancel({ reason: 'quota', message: 'No more today' });
  },
  keeps: (op: Cancelable) => {
    void op.closed.then(() => (ended[op.id] = { status: op.status, error: (op.error as Error | undefined)?.message }));
  },
  end: (id: string) => ended[id],
};

export type Api = typeof api;

Comlink.expose(api);
