import type { Cancelable } from 'use-cancelable';

/** Milliseconds for each part, as on a slow disk. */
const delay = 700;

/** Keeps the parts of the text in the browser's storage. Half of them would be no draft: it runs in a shield. */
export async function saveDraft(op: Cancelable, parts: readonly string[][]): Promise<void> {
  op.report('Saving', { current: 0, total: parts.length });
  const drafts = await op.wait(caches.open('drafts'));
  for (const [index, lines] of parts.entries()) {
    await op.sleep(delay);
    await op.wait(drafts.put(`/drafts/${index + 1}`, new Response(lines.join('\n'))));
    op.report('Saving', { current: index + 1, total: parts.length });
  }
}
