import * as React from 'react';

const fulfilled = new WeakSet<Promise<unknown>>();

/** Suspends the component that renders: with `use`, and where there is none, in React 18, as libraries do. */
export function suspendUntil(promise: Promise<unknown>): void {
  if ('use' in React) {
    // oxlint-disable-next-line react-hooks/rules-of-hooks -- `use` may be called anywhere in a render
    React.use(promise);
    return;
  }
  if (fulfilled.has(promise)) return;
  // oxlint-disable-next-line typescript/only-throw-error -- it is how React 18 is told
  throw promise.then(() => fulfilled.add(promise));
}
