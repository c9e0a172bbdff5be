import type { Cancelable } from 'use-cancelable/core';
import { expose } from 'use-cancelable/worker';

const limit = 20_000; // milliseconds; nobody waits so long

/** Loops that never let a message in. */
const api = expose({
  throwIfCanceled: (op) => untilThrown(op, () => op.throwIfCanceled()),
  isCanceled: (op) => untilThrown(op, () => op.isCanceled),
  status: (op) => untilThrown(op, () => op.status === 'canceled'),
  token: (op) => untilThrown(op, () => op.token.isCanceled),
  child: (op) => op.child().run((child) => untilThrown(child, () => child.throwIfCanceled())),
  wait: async (op) => {
    op.report('busy');
    const end = performance.now() + limit;
    while (performance.now() < end) await op.wait(null);
  },
  shared: () => crossOriginIsolated,
});

function untilThrown(op: Cancelable, look: () => boolean | void): number {
  op.report('busy');
  let looks = 0;
  const end = performance.now() + limit;
  while (performance.now() < end) {
    looks += 1;
    if (look() === true) break;
  }
  op.context.partialResult = looks > 0;
  return looks;
}

export type Api = typeof api;
