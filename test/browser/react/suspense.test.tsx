import { Suspense, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { isReact18 } from '../../reactVersion.ts';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { suspendUntil } from './suspendUntil.ts';
import { createJournal, Worker, type Journal } from './Worker.tsx';

interface SuspenderProps {
  readonly until: Promise<unknown> | undefined;
}

function Suspender({ until }: SuspenderProps): ReactNode {
  if (until !== undefined) suspendUntil(until);
  return <span id="there">there</span>;
}

interface AbandonedProps extends SuspenderProps {
  readonly journal: Journal;
}

/** Has all hooks, and suspends before it is there. */
function Abandoned({ journal, until }: AbandonedProps): ReactNode {
  return (
    <CancelableBoundary name="page">
      <Worker name="load" journal={journal} start="layout" />
      <Suspender until={until} />
    </CancelableBoundary>
  );
}

const never = new Promise<never>(() => {});

interface VisibleProps extends SuspenderProps {
  readonly journal: Journal;
}

function Visible({ journal, until }: VisibleProps): ReactNode {
  return (
    <CancelableBoundary name="page">
      <Suspense fallback={<span id="waiting">waiting</span>}>
        <CancelableBoundary name="part">
          <Worker name="load" journal={journal} start="passive" policy="drop" />
        </CancelableBoundary>
        <Suspender until={until} />
      </Suspense>
    </CancelableBoundary>
  );
}

describe.each(strictness)('a first mount that suspends %s', (_, strict) => {
  it('starts nothing when it is abandoned', async () => {
    const journal = createJournal();
    const { render, find } = mount(
      <Suspense fallback={<span id="waiting">waiting</span>}>
        <Abandoned journal={journal} until={never} />
      </Suspense>,
      { strict },
    );
    await vi.waitFor(() => find('waiting'));
    render(null);
    await quiet();
    expect(journal.lines).toEqual([]);
    expect(journal.operations).toEqual([]);
  });

  it('starts under its boundary when it is there at last', async () => {
    const journal = createJournal();
    let arrive!: () => void;
    const until = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { find } = mount(
      <Suspense fallback={<span id="waiting">waiting</span>}>
        <Abandoned journal={journal} until={until} />
      </Suspense>,
      { strict },
    );
    await vi.waitFor(() => find('waiting'));
    expect(journal.operations).toEqual([]);
    arrive();
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    expect(journal.of('load')).toMatchObject({ status: 'running', parent: { name: 'page', status: 'running' } });
  });
});

describe.each(strictness)('a visible tree that suspends again %s', (_, strict) => {
  it('loses nothing, though React cleans its layout effects', async () => {
    const journal = createJournal();
    let arrive!: () => void;
    const until = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { render, find } = mount(<Visible journal={journal} until={undefined} />, { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    journal.lines.length = 0;
    render(<Visible journal={journal} until={until} />);
    await vi.waitFor(() => find('waiting'));
    await quiet();
    expect(journal.lines).toEqual(['load: layout cleaned']);
    expect(journal.fates()).toEqual(['load running']);
    arrive();
    await vi.waitFor(() => expect(journal.lines).toContain('load: layout set'));
    await quiet();
    // In StrictMode React 19 then replays all effects.
    expect(journal.lines.slice(0, 2)).toEqual(['load: layout cleaned', 'load: layout set']);
    expect(journal.lines).toHaveLength(strict && !isReact18 ? 6 : 2);
    expect(journal.fates()).toEqual(['load running']);
  });

  it('lets a run that is started meanwhile go on', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Visible journal={journal} until={undefined} />, { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    render(<Visible journal={journal} until={never} />);
    await vi.waitFor(() => find('waiting'));
    journal.of('load').cancel();
    find('load').click();
    await quiet();
    expect(journal.fates()).toEqual(['load canceled manual', 'load running']);
  });

  it('is canceled when it is removed meanwhile', async () => {
    const journal = createJournal();
    const { render, find } = mount(<Visible journal={journal} until={undefined} />, { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    render(<Visible journal={journal} until={never} />);
    await vi.waitFor(() => find('waiting'));
    render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    expect(journal.of('load').parent?.parent).toMatchObject({ name: 'page', reason: 'unmount' });
  });
});

describe.each(strictness)('the fallback of a boundary %s', (_, strict) => {
  it('is shown inside of it, so that the boundary outlives what suspends', async () => {
    const journal = createJournal();
    const page = (until: Promise<unknown> | undefined): ReactNode => (
      <CancelableBoundary name="page" fallback={<span id="waiting">waiting</span>}>
        <Worker name="load" journal={journal} start="passive" policy="drop" />
        <Suspender until={until} />
      </CancelableBoundary>
    );
    const { render, find } = mount(page(undefined), { strict });
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    render(page(never));
    await vi.waitFor(() => find('waiting'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(page(undefined));
    await vi.waitFor(() => find('there'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    expect(journal.of('load').parent).toMatchObject({ name: 'page', reason: 'unmount' });
  });

  it('is shown on a first mount that suspends, and null is a fallback too', async () => {
    const { render, find, container } = mount(
      <CancelableBoundary fallback={<span id="waiting">waiting</span>}>
        <Suspender until={never} />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => find('waiting'));
    render(
      <CancelableBoundary key="empty" fallback={null}>
        <Suspender until={never} />
      </CancelableBoundary>,
    );
    await vi.waitFor(() => expect(container.textContent).toBe(''));
  });
});
