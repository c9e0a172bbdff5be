import type { Cancelable } from 'use-cancelable';
import { analyze, type Analysis } from './analyze.ts';
import { fetchCover } from './fetchCover.ts';
import { publish, type Report } from './publish.ts';
import { readText } from './readText.ts';
import { saveDraft } from './saveDraft.ts';
import { splitText } from './splitText.ts';

export interface PipelineOptions {
  /** Has the server refuse in the middle of the step "Check links". */
  readonly failsLinks: boolean;
}

/**
 * Nested steps under one budget. A step with a `timeout` of its own may take no longer than that; whatever is shorter
 * counts. A step that fails ends the pipeline, and with it all that still runs, but for what is in a shield.
 */
export async function pipeline(op: Cancelable, { failsLinks }: PipelineOptions): Promise<Report> {
  // Made before the first begins, so that the tree shows what is to come.
  const reading = op.child({ name: 'Read text', timeout: 5_000 });
  const splitting = op.child({ name: 'Split into parts', metadata: { after: 'Read text' } });
  const analyzing = op.child({ name: 'Analyze', timeout: 15_000, weight: 6, metadata: { after: 'Split' } });
  const fetching = op.child({ name: 'Fetch cover', timeout: 2_000, metadata: { after: 'Split' } });

  const text = await reading.run(readText);
  const parts = await splitting.run((op) => splitText(op, text));
  // Nothing that ends the pipeline reaches it: half a draft is none. The pipeline waits for it, whatever comes.
  const saving = op.shield((op) => saveDraft(op, parts), { name: 'Save draft' });
  const publishing = op.child({ name: 'Publish', metadata: { after: 'Analyze' } });
  // A report can do without its cover: `settle` tells how it ended and never throws.
  const cover = fetching.settle(fetchCover);
  const analysis: Analysis = await analyzing.run((op) => analyze(op, parts, failsLinks));
  const { status } = await cover;
  await saving;
  return publishing.run((op) => publish(op, analysis, status === 'completed'));
}
