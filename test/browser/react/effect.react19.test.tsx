import { Activity, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelableEffect } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { createJournal, type Journal } from './Worker.tsx';

interface LoaderProps {
  readonly journal: Journal;
  readonly id?: number;
  readonly onHidden?: 'cancel' | 'keep';
}

function Loader({ journal, id = 1, onHidden }: LoaderProps): ReactNode {
  const options = { name: `load ${id}`, ...(onHidden === undefined ? {} : { onHidden }) };
  const { status, cancel } = useCancelableEffect((op) => journal.body(op), [id], options);
  return (
    <button type="button" id="load" onClick={cancel}>
      {status}
    </button>
  );
}

const tab = (mode: 'visible' | 'hidden', children: ReactNode, onHidden?: 'keep'): ReactNode => (
  <CancelableBoundary name="page" onHidden={onHidden}>
    <Activity mode={mode}>{children}</Activity>
  </CancelableBoundary>
);

describe.each([
  ['in StrictMode', true],
  ['without StrictMode', false],
])('an effect in a tab, %s', (_, strict) => {
  const newest = (journal: Journal, since: number): string[] => journal.fates().slice(since);

  it('is canceled with the tab, and runs again when it is shown', async () => {
    const journal = createJournal();
    const { render, find } = mount(tab('visible', <Loader journal={journal} />), { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    const count = journal.operations.length;
    render(tab('hidden', <Loader journal={journal} />));
    await vi.waitFor(() => expect(journal.fates().at(-1)).toBe('load 1 canceled hidden'));
    render(tab('visible', <Loader journal={journal} />));
    await vi.waitFor(() => expect(newest(journal, count)).toContain('load 1 running'));
    await quiet();
    expect(journal.operations.filter(({ isRunning }) => isRunning)).toHaveLength(1);
  });

  it.each(['itself', 'the boundary'])('goes on where %s says keep: the one run for the whole time', async (who) => {
    const journal = createJournal();
    const loader = <Loader journal={journal} {...(who === 'itself' ? { onHidden: 'keep' as const } : {})} />;
    const show = (mode: 'visible' | 'hidden'): ReactNode => tab(mode, loader, who === 'itself' ? undefined : 'keep');
    const { render, find } = mount(show('visible'), { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    for (const mode of ['hidden', 'visible', 'hidden', 'visible'] as const) {
      render(show(mode));
      await quiet();
    }
    expect(journal.fates()).toEqual(['load 1 running']);
  });

  it('that is kept runs again when it is shown with other dependencies, or had been canceled', async () => {
    const journal = createJournal();
    const loader = (id: number): ReactNode => <Loader journal={journal} id={id} onHidden="keep" />;
    const { render, find } = mount(tab('visible', loader(1)), { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    render(tab('hidden', loader(1)));
    await quiet();
    render(tab('visible', loader(2)));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load 1 canceled superseded', 'load 2 running']));
    find('load').click();
    render(tab('hidden', loader(2)));
    await quiet();
    render(tab('visible', loader(2)));
    await vi.waitFor(() => expect(newest(journal, 1)).toEqual(['load 2 canceled manual', 'load 2 running']));
  });

  it('does not run while the tab has never been shown', async () => {
    const journal = createJournal();
    mount(tab('hidden', <Loader journal={journal} />), { strict });
    await quiet();
    expect(journal.operations).toEqual([]);
  });
});
