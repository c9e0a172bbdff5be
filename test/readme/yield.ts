import type { Cancelable } from 'use-cancelable/core';

export async function search(op: Cancelable, rows: readonly string[], word: string) {
  const found = [];
  for (const [index, row] of rows.entries()) {
    if (row.includes(word)) found.push(row);
    if (index % 1000 === 999) await op.yield();
  }
  return found;
}
