import type { Cancelable } from 'use-cancelable';

const partCount = 8;

/** Cuts a text into parts of whole lines. After each the page gets its turn. */
export async function splitText(op: Cancelable, text: string): Promise<readonly string[][]> {
  const lines = text.split('\n');
  const length = Math.ceil(lines.length / partCount);
  const parts: string[][] = [];
  for (let part = 0; part < partCount; part += 1) {
    parts.push(lines.slice(part * length, (part + 1) * length));
    op.report('Splitting', { current: part + 1, total: partCount });
    await op.yield();
  }
  return parts;
}
