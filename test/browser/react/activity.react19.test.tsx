import { Activity, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { mount, type Mounted } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { createJournal, Worker, type Journal } from './Worker.tsx';

type Mode = 'visible' | 'hidden';

interface TabProps {
  readonly mode: Mode;
  readonly children: ReactNode;
}

/** A tab inside a page: the page stays when the tab is hidden. */
function Tab({ mode, children }: TabProps): ReactNode {
  return (
    <CancelableBoundary name="page">
      <Activity mode={mode}>{children}</Activity>
    </CancelableBoundary>
  );
}

const passiveHidden = (journal: Journal): Promise<void> =>
  vi.waitFor(() => expect(journal.lines.at(-1)).toMatch(/passive cleaned$/));

describe.each(strictness)('hiding %s', (_, strict) => {
  it('cancels with the reason hidden; the snapshot says so after it is shown again', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} />;
    const { render, find } = mount(<Tab mode="visible">{worker}</Tab>, { strict });
    await vi.waitFor(() => find('load').click());
    expect(journal.fates()).toEqual(['load running']);
    render(<Tab mode="hidden">{worker}</Tab>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled hidden']));
    expect(journal.of('load').message).toBe('The component was hidden');
    render(<Tab mode="visible">{worker}</Tab>);
    await vi.waitFor(() => expect(find('load').textContent).toBe('canceled hidden'));
    await quiet();
    expect(find('load').textContent).toBe('canceled hidden');
  });

  it('lets a revealed component start afresh', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="passive" policy="drop" />;
    const { render, find } = mount(<Tab mode="visible">{worker}</Tab>, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(<Tab mode="hidden">{worker}</Tab>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled hidden']));
    render(<Tab mode="visible">{worker}</Tab>);
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    expect(journal.fates()).toEqual(['load canceled hidden', 'load running']);
    expect(journal.operations[0]!.signal.aborted).toBe(true);
    expect(journal.operations[1]!.signal.aborted).toBe(false);
  });

  it('cancels what has started in a layout effect too', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="layout" policy="drop" />;
    const { render } = mount(<Tab mode="visible">{worker}</Tab>, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(<Tab mode="hidden">{worker}</Tab>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled hidden']));
  });

  it('leaves alone what is not hidden', async () => {
    const journal = createJournal();
    const page = (mode: Mode): ReactNode => (
      <CancelableBoundary name="page">
        <Worker name="beside" journal={journal} start="passive" policy="drop" />
        <Activity mode={mode}>
          <Worker name="inside" journal={journal} start="passive" policy="drop" />
        </Activity>
      </CancelableBoundary>
    );
    const { render } = mount(page('visible'), { strict });
    await vi.waitFor(() => expect(journal.operations).toHaveLength(2));
    render(page('hidden'));
    await vi.waitFor(() => expect(journal.of('inside').status).toBe('canceled'));
    await quiet();
    expect(journal.fates()).toEqual(['beside running', 'inside canceled hidden']);
    expect(journal.of('beside').parent).toMatchObject({ name: 'page', status: 'running' });
  });

  it('is told by the outermost boundary that is hidden; what is below says parent', async () => {
    const journal = createJournal();
    const page = (mode: Mode): ReactNode => (
      <CancelableBoundary name="page">
        <Activity mode={mode}>
          <CancelableBoundary name="tab">
            <CancelableBoundary name="panel">
              <Worker name="load" journal={journal} start="passive" policy="drop" />
            </CancelableBoundary>
          </CancelableBoundary>
        </Activity>
      </CancelableBoundary>
    );
    const { render } = mount(page('visible'), { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(page('hidden'));
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    const panel = journal.of('load').parent;
    expect(panel).toMatchObject({ name: 'panel', reason: 'parent' });
    expect(panel?.parent).toMatchObject({ name: 'tab', reason: 'hidden', message: 'Boundary "tab" was hidden' });
    await vi.waitFor(() => expect(panel?.parent?.parent).toMatchObject({ name: 'page', status: 'completed' }));
  });
});

function hideAndShow(page: Mounted, element: (mode: Mode) => ReactNode): void {
  flushSync(() => page.render(element('hidden')));
  flushSync(() => page.render(element('visible')));
}

describe.each(strictness)('hiding and showing in one task %s', (_, strict) => {
  it('cancels nothing', async () => {
    const journal = createJournal();
    const element = (mode: Mode): ReactNode => (
      <Tab mode={mode}>
        <CancelableBoundary name="tab">
          <Worker name="load" journal={journal} />
        </CancelableBoundary>
      </Tab>
    );
    const page = mount(element('visible'), { strict });
    await vi.waitFor(() => page.find('load').click());
    await quiet();
    journal.lines.length = 0;
    hideAndShow(page, element);
    await quiet();
    // React has hidden it in between: all effects went and came.
    expect(journal.lines.slice(0, 4)).toEqual([
      'load: layout cleaned',
      'load: passive cleaned',
      'load: layout set',
      'load: passive set',
    ]);
    expect(journal.fates()).toEqual(['load running']);
    expect(page.find('load').textContent).toBe('running');
  });
});

describe.each(strictness)('mounting hidden %s', (_, strict) => {
  it('runs no effect, and starts nothing', async () => {
    const journal = createJournal();
    mount(
      <Tab mode="hidden">
        <Worker name="load" journal={journal} start="passive" />
      </Tab>,
      { strict },
    );
    await quiet();
    expect(journal.lines).toEqual([]);
    expect(journal.fates()).toEqual([]);
  });

  it('makes a start from elsewhere provisional: it is canceled one job later, with the reason hidden', async () => {
    const journal = createJournal();
    const { find } = mount(
      <Tab mode="hidden">
        <CancelableBoundary name="tab">
          <Worker name="load" journal={journal} />
        </CancelableBoundary>
      </Tab>,
      { strict },
    );
    const button = await vi.waitFor(() => find('load'));
    button.click();
    expect(journal.fates()).toEqual(['load running']);
    await Promise.resolve();
    expect(journal.fates()).toEqual(['load canceled parent']);
    expect(journal.of('load').parent).toMatchObject({ name: 'tab', reason: 'hidden' });
  });

  it('starts under the right parent when it is shown for the first time', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="layout" policy="drop" />;
    const { render } = mount(<Tab mode="hidden">{worker}</Tab>, { strict });
    await quiet();
    render(<Tab mode="visible">{worker}</Tab>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    expect(journal.of('load').parent?.name).toBe('page');
  });
});

describe.each(strictness)('unmounting while hidden %s', (_, strict) => {
  it('cancels what was kept, with the reason unmount', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="passive" policy="drop" onHidden="keep" />;
    const { render } = mount(<Activity mode="visible">{worker}</Activity>, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(<Activity mode="hidden">{worker}</Activity>);
    await passiveHidden(journal);
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled unmount']));
  });

  it('changes nothing of what was canceled when it was hidden', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="passive" policy="drop" />;
    const { render } = mount(<Activity mode="visible">{worker}</Activity>, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    render(<Activity mode="hidden">{worker}</Activity>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled hidden']));
    render(null);
    await quiet();
    expect(journal.fates()).toEqual(['load canceled hidden']);
  });
});

function Tabs({ journal }: { readonly journal: Journal }): ReactNode {
  const [shown, setShown] = useState('one');
  return (
    <CancelableBoundary name="page">
      {['one', 'two'].map((name) => (
        <Activity key={name} mode={shown === name ? 'visible' : 'hidden'}>
          <CancelableBoundary name={`tab ${name}`}>
            <Worker name={name} journal={journal} start="passive" policy="drop" />
          </CancelableBoundary>
        </Activity>
      ))}
      <button type="button" id="other" onClick={() => setShown(shown === 'one' ? 'two' : 'one')}>
        Other
      </button>
    </CancelableBoundary>
  );
}

describe.each(strictness)('two tabs of one page %s', (_, strict) => {
  it('cancel what the one did and start what the other does, within one episode of the page', async () => {
    const journal = createJournal();
    const { find } = mount(<Tabs journal={journal} />, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['one running']));
    const page = journal.of('one').parent?.parent;
    find('other').click();
    await vi.waitFor(() => expect(journal.fates()).toEqual(['one canceled parent', 'two running']));
    await quiet();
    expect(journal.of('one').parent).toMatchObject({ name: 'tab one', reason: 'hidden' });
    expect(journal.of('two').parent).toMatchObject({ name: 'tab two', status: 'running' });
    expect(journal.of('two').parent?.parent).toBe(page);
    find('other').click();
    await vi.waitFor(() => expect(journal.of('one').status).toBe('running'));
    expect(journal.fates()).toEqual(['one canceled parent', 'two canceled parent', 'one running']);
    expect(journal.of('one').parent?.parent).toBe(page);
  });
});
