import type { Cancelable } from 'use-cancelable';
import type { Analysis } from './analyze.ts';

export interface Report extends Analysis {
  readonly hasCover: boolean;
  readonly text: string;
}

/** Writes the report, a name at a time. */
export async function publish(op: Cancelable, analysis: Analysis, hasCover: boolean): Promise<Report> {
  const { words, names, links } = analysis;
  const lines = [`${words} words, ${names.length} names, ${links} links`];
  for (const [index, name] of names.toSorted().entries()) {
    lines.push(name);
    op.report('Writing', { current: index + 1, total: names.length });
    await op.yield();
  }
  return { ...analysis, hasCover, text: lines.join('\n') };
}
