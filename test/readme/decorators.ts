import { cancelable, requireOperation, wait, type Cancelable } from 'use-cancelable/core';

export class Rows {
  @cancelable({ timeout: 5000, inject: 1 }) // a new operation for each call, named Rows.load
  async load(url: string, op?: Cancelable) {
    const { signal } = requireOperation(op);
    return await wait(fetch(url, { signal }));
  }
}

export const loadRows = cancelable({ name: 'rows', timeout: 5000 })((op, url: string) =>
  op.wait(fetch(url, { signal: op.signal })),
);
