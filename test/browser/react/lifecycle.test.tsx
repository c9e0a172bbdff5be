import { useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { createJournal, Worker, type Journal } from './Worker.tsx';

const inBoundary = (children: ReactNode): ReactNode => <CancelableBoundary name="page">{children}</CancelableBoundary>;

describe('mounting in StrictMode', () => {
  it.each(['layout', 'passive'] as const)(
    'replays a %s effect: the second start supersedes the first',
    async (start) => {
      const journal = createJournal();
      const { find } = mount(inBoundary(<Worker name="load" journal={journal} start={start} />));
      await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
      await quiet();
      expect(journal.lines.filter((line) => line === `load: ${start} set`)).toHaveLength(2);
      expect(journal.fates()).toEqual(['load canceled superseded', 'load running']);
      expect(journal.of('load').parent).toMatchObject({ name: 'page', status: 'running' });
      expect(journal.operations[0]!.parent).toBe(journal.operations[1]!.parent);
    },
  );

  it('leaves the first start alone where the policy drops the second', async () => {
    const journal = createJournal();
    const { find } = mount(inBoundary(<Worker name="load" journal={journal} start="passive" policy="drop" />));
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    await quiet();
    expect(journal.lines.filter((line) => line === 'load: passive set')).toHaveLength(2);
    expect(journal.fates()).toEqual(['load running']);
  });

  it('cancels nothing without StrictMode either', async () => {
    const journal = createJournal();
    mount(inBoundary(<Worker name="load" journal={journal} start="layout" />), { strict: false });
    await vi.waitFor(() => expect(journal.lines).toContain('load: passive set'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
  });
});

describe('removing', () => {
  it('cancels with the reason unmount, at the latest one job after React has removed the component [case 290]', async () => {
    const journal = createJournal();
    const { unmount } = mount(<Worker name="load" journal={journal} start="passive" />, { strict: false });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    flushSync(unmount);
    await Promise.resolve();
    expect(journal.fates()).toEqual(['load canceled unmount']);
    expect(journal.of('load').message).toBe('The component was unmounted');
  });

  it('is told from a replay in StrictMode', async () => {
    const journal = createJournal();
    const { unmount } = mount(inBoundary(<Worker name="load" journal={journal} start="passive" />));
    await vi.waitFor(() => expect(journal.fates()).toHaveLength(2));
    unmount();
    await quiet();
    expect(journal.fates()).toEqual(['load canceled superseded', 'load canceled parent']);
    expect(journal.of('load').parent).toMatchObject({ name: 'page', status: 'canceled', reason: 'unmount' });
  });

  it('says unmount when a key makes React put a new component in the place of the old one', async () => {
    const journal = createJournal();
    const { render } = mount(<Worker key="one" name="one" journal={journal} start="passive" policy="drop" />);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['one running']));
    render(<Worker key="two" name="two" journal={journal} start="passive" policy="drop" />);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['one canceled unmount', 'two running']));
  });
});

function List({ journal }: { readonly journal: Journal }): ReactNode {
  const [names, setNames] = useState<readonly string[]>(['one', 'two', 'three']);
  return (
    <>
      <button type="button" id="reverse" onClick={() => setNames(names.toReversed())}>
        Reverse
      </button>
      {names.map((name) => (
        <CancelableBoundary key={name} name={`row ${name}`}>
          <Worker name={name} journal={journal} start="passive" policy="drop" />
        </CancelableBoundary>
      ))}
    </>
  );
}

describe('reordering', () => {
  it('cancels nothing when keys keep the components', async () => {
    const journal = createJournal();
    const { container, find } = mount(<List journal={journal} />);
    await vi.waitFor(() => expect(journal.operations).toHaveLength(3));
    find('reverse').click();
    await vi.waitFor(() =>
      expect([...container.querySelectorAll('button')].map(({ id }) => id)).toEqual(['reverse', 'three', 'two', 'one']),
    );
    await quiet();
    expect(journal.fates()).toEqual(['one running', 'two running', 'three running']);
  });
});

function Broken({ journal }: { readonly journal: Journal }): ReactNode {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) throw new Error('broken');
  return (
    <>
      <button type="button" id="break" onClick={() => setIsBroken(true)}>
        Break
      </button>
      <Worker name="load" journal={journal} start="passive" policy="drop" />
    </>
  );
}

describe('a tree that React gives up', () => {
  it('is unmounted: what runs below the component that throws is canceled', async () => {
    const journal = createJournal();
    const { find } = mount(inBoundary(<Broken journal={journal} />), { onUncaughtError: () => {} });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    find('break').click();
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    expect(journal.of('load').parent?.reason).toBe('unmount');
  });
});
