import { Activity, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, type CancelableBoundaryProps } from 'use-cancelable';
import { mount, type Mounted } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { createJournal, Worker, type Journal, type WorkerProps } from './Worker.tsx';

type OnHidden = CancelableBoundaryProps['onHidden'];

interface Words {
  readonly outer?: OnHidden;
  readonly inner?: OnHidden;
  readonly own?: WorkerProps['onHidden'];
}

interface PageProps {
  readonly mode: 'visible' | 'hidden';
  readonly words: Words;
  readonly journal: Journal;
}

/** Two boundaries and a worker, all inside the Activity. */
function Page({ mode, words, journal }: PageProps): ReactNode {
  return (
    <Activity mode={mode}>
      <CancelableBoundary name="outer" onHidden={words.outer}>
        <CancelableBoundary name="inner" onHidden={words.inner}>
          <Worker
            name="load"
            journal={journal}
            start="passive"
            policy="drop"
            {...(words.own === undefined ? {} : { onHidden: words.own })}
          />
        </CancelableBoundary>
      </CancelableBoundary>
    </Activity>
  );
}

async function hideWhileRunning(words: Words, strict: boolean): Promise<{ journal: Journal; page: Mounted }> {
  const journal = createJournal();
  const page = mount(<Page mode="visible" words={words} journal={journal} />, { strict });
  await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
  page.render(<Page mode="hidden" words={words} journal={journal} />);
  await vi.waitFor(() => expect(journal.lines.at(-1)).toBe('load: passive cleaned'));
  await quiet();
  return { journal, page };
}

describe.each(strictness)('onHidden %s', (_, strict) => {
  it.each<[string, Words]>([
    ['nobody says anything', {}],
    ['the inner boundary says cancel, the outer keep', { outer: 'keep', inner: 'cancel' }],
    ['the component says cancel, the boundaries keep', { outer: 'keep', inner: 'keep', own: 'cancel' }],
  ])('cancels where %s', async (_, words) => {
    const { journal } = await hideWhileRunning(words, strict);
    expect(journal.of('load').status).toBe('canceled');
  });

  it.each<[string, Words]>([
    ['both boundaries say keep', { outer: 'keep', inner: 'keep' }],
    ['the outer boundary says keep, and nobody below says otherwise', { outer: 'keep' }],
    ['the inner boundary says keep, the outer nothing', { inner: 'keep' }],
    ['the inner boundary says keep, the outer cancel', { outer: 'cancel', inner: 'keep' }],
    ['the component says keep, the boundaries nothing', { own: 'keep' }],
    ['the component says keep, the boundaries cancel', { outer: 'cancel', inner: 'cancel', own: 'keep' }],
  ])('keeps what runs where %s', async (_, words) => {
    const { journal, page } = await hideWhileRunning(words, strict);
    expect(journal.fates()).toEqual(['load running']);
    page.render(<Page mode="visible" words={words} journal={journal} />);
    await vi.waitFor(() => expect(journal.lines.at(-1)).toBe('load: passive set'));
    await quiet();
    // Shown again it is the same run: the second start was dropped.
    expect(journal.fates()).toEqual(['load running']);
    expect(page.find('load').textContent).toBe('running');
  });

  it('lets a kept run end while it is hidden, and shows that afterwards', async () => {
    const { journal, page } = await hideWhileRunning({ outer: 'keep' }, strict);
    journal.of('load').cancel('enough');
    page.render(<Page mode="visible" words={{ outer: 'keep' }} journal={journal} />);
    // The revealed component starts again, in a new operation.
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled manual', 'load running']));
    expect(page.find('load').textContent).toBe('running');
  });

  it('is read when it is hidden: the newest word counts', async () => {
    const journal = createJournal();
    const { render } = mount(<Page mode="visible" words={{ outer: 'cancel' }} journal={journal} />, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(<Page mode="visible" words={{ outer: 'keep' }} journal={journal} />);
    await quiet();
    render(<Page mode="hidden" words={{ outer: 'keep' }} journal={journal} />);
    await vi.waitFor(() => expect(journal.lines.at(-1)).toBe('load: passive cleaned'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
  });

  it('does not keep what is unmounted', async () => {
    const { journal, page } = await hideWhileRunning({ outer: 'keep', inner: 'keep', own: 'keep' }, strict);
    page.render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    expect(journal.of('load').parent?.parent).toMatchObject({ name: 'outer', reason: 'unmount' });
  });
});
