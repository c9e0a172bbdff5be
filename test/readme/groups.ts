import type { Cancelable } from 'use-cancelable/core';

async function load(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  return await op.wait(response.text());
}

export function loadPage(op: Cancelable) {
  const loadRows = (op: Cancelable) => op.race([(op) => load(op, '/mirror/rows'), (op) => load(op, '/rows')]);
  return op.all([(op) => load(op, '/user'), loadRows]);
}

export function loadFiles(op: Cancelable, urls: readonly string[]) {
  const texts: Record<string, string> = (op.context.partialResult = {}); // what there is after a cancel
  return op.map(urls, async (op, url) => (texts[url] = await load(op, url)), { concurrency: 4 });
}
