import type { Cancelable } from 'use-cancelable';
import { checkLinks } from './checkLinks.ts';
import { countWords } from './countWords.ts';
import { findNames } from './findNames.ts';

export interface Analysis {
  readonly words: number;
  readonly names: readonly string[];
  readonly links: number;
}

/** Three at once. `spawn` binds their fates: when one fails this operation fails with it, and the others are canceled. */
export async function analyze(op: Cancelable, parts: readonly string[][], failsLinks: boolean): Promise<Analysis> {
  const counting = op.spawn((op) => countWords(op), { name: 'Count words' });
  const finding = op.spawn((op) => findNames(op, parts), { name: 'Find names', timeout: 14_000 });
  const checking = op.spawn((op) => checkLinks(op, parts.length, failsLinks), { name: 'Check links' });
  const [words, names, links] = await op.wait(Promise.all([counting, finding, checking]));
  return { words, names, links };
}
