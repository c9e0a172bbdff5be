import { allOf, anyOf, Cancelable, condition, fromEvent, offline, pageHidden, timeout } from 'use-cancelable/core';

export function createImport(dialog: HTMLElement, queue: readonly string[]) {
  const isBehind = condition(() => queue.length > 1000, { name: 'queue is full' });
  return new Cancelable({
    name: 'import',
    timeout: { minutes: 10 },
    sources: [
      fromEvent(dialog, 'close'),
      anyOf(offline(), pageHidden({ for: { minutes: 5 } })),
      allOf(timeout(10_000), isBehind), // both: a queue may be full in the first ten seconds
    ],
  });
}
