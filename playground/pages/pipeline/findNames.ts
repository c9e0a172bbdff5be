import type { Cancelable } from 'use-cancelable';

const linesAtOnce = 30;

/**
 * Finds the names of people and companies. A bad example, on purpose: it awaits bare timers and never looks at its signal,
 * so a cancel cannot reach it. Its operation is canceled all the same, at once; the body runs on, and is shown as abandoned.
 * With `await op.sleep(80)` in place of `await pause(80)` it would stop.
 */
export async function findNames(op: Cancelable, parts: readonly string[][]): Promise<readonly string[]> {
  const lines = parts.flat();
  const names = new Set<string>();
  op.report('Scanning', { current: 0, total: lines.length });
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    for (const line of lines.slice(at, at + linesAtOnce)) {
      for (const [, name] of line.matchAll(/Copyright[^A-Za-z]*((?:[A-Z][\p{Letter}.-]+ ?){2,4})/gu))
        names.add(name?.trim() ?? '');
    }
    op.report('Scanning', { current: Math.min(at + linesAtOnce, lines.length), total: lines.length });
    await pause(80);
  }
  return [...names];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
