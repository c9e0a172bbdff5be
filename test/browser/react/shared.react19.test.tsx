import { Activity, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { Sharer } from './Sharer.tsx';
import { createJournal, type Journal } from './Worker.tsx';

interface PageProps {
  readonly journal: Journal;
  readonly one?: 'visible' | 'hidden';
  readonly two?: 'visible' | 'hidden';
  readonly onHidden?: 'cancel' | 'keep';
  readonly isEmpty?: boolean;
}

/** Two tabs that share the same work. */
function Page({ journal, one = 'visible', two = 'visible', onHidden, isEmpty = false }: PageProps): ReactNode {
  const options = { name: 'load', ...(onHidden === undefined ? {} : { onHidden }) };
  return (
    <CancelableBoundary name="page">
      <Activity mode={one}>{!isEmpty && <Sharer id="one" body={journal.body} options={options} />}</Activity>
      <Activity mode={two}>{!isEmpty && <Sharer id="two" body={journal.body} options={options} />}</Activity>
    </CancelableBoundary>
  );
}

describe.each([
  ['in StrictMode', true],
  ['without StrictMode', false],
])('shared work in tabs, %s', (_, strict) => {
  it('goes on while one of its tabs is shown, is canceled when the last is hidden, and begins anew with the first shown', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Page journal={journal} />, { strict });
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    render(<Page journal={journal} one="hidden" />);
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(<Page journal={journal} one="hidden" two="hidden" />);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled hidden']));
    render(<Page journal={journal} two="hidden" />);
    await vi.waitFor(() => expect(find('one').textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(['load canceled hidden', 'load running']);
  });

  it('is kept in hidden tabs that say so, and goes on when they are shown', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Page journal={journal} onHidden="keep" />, { strict });
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    render(<Page journal={journal} onHidden="keep" one="hidden" two="hidden" />);
    await quiet();
    render(<Page journal={journal} onHidden="keep" />);
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
  });

  it('is canceled when its tabs are removed while they are hidden', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Page journal={journal} onHidden="keep" />, { strict });
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    render(<Page journal={journal} onHidden="keep" one="hidden" two="hidden" />);
    await quiet();
    render(<Page journal={journal} one="hidden" two="hidden" isEmpty />);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled unmount']));
  });

  it('does not begin in a tab that is mounted hidden, but with it being shown', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Page journal={journal} one="hidden" two="hidden" />, { strict });
    await quiet();
    expect(journal.operations).toEqual([]);
    render(<Page journal={journal} one="hidden" />);
    await vi.waitFor(() => expect(find('two').textContent).toBe('running'));
    expect(journal.fates()).toEqual(['load running']);
  });
});
