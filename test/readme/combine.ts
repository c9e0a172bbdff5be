import { Cancelable, type CancelationToken } from 'use-cancelable/core';

export function load(url: string, page: Cancelable, stop: CancelationToken) {
  const op = Cancelable.withTimeout(5000).combine(page, Cancelable.withToken(stop), { name: 'load' });
  return op.settle((op) => op.wait(fetch(url, { signal: op.signal })));
}
