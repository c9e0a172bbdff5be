import { useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
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

  it('is told from removing, which follows it', async () => {
    const journal = createJournal();
    const { unmount } = mount(inBoundary(<Worker name="load" journal={journal} start="passive" />));
    await vi.waitFor(() => expect(journal.fates()).toHaveLength(2));
    unmount();
    await quiet();
    expect(journal.fates()).toEqual(['load canceled superseded', 'load canceled parent']);
    expect(journal.of('load').parent).toMatchObject({ name: 'page', status: 'canceled', reason: 'unmount' });
  });
});

describe('mounting out of StrictMode', () => {
  it.each(['layout', 'passive'] as const)('starts once in a %s effect, and cancels nothing', async (start) => {
    const journal = createJournal();
    mount(inBoundary(<Worker name="load" journal={journal} start={start} />), { strict: false });
    await vi.waitFor(() => expect(journal.lines).toContain('load: passive set'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
  });
});

describe.each(strictness)('removing %s', (_, strict) => {
  it('cancels with the reason unmount, at the latest one job after React has removed the component [case 290]', async () => {
    const journal = createJournal();
    const worker = <Worker name="load" journal={journal} start="passive" policy="drop" />;
    const { unmount } = mount(worker, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    flushSync(unmount);
    await Promise.resolve();
    expect(journal.fates()).toEqual(['load canceled unmount']);
    expect(journal.of('load').message).toBe('The component was unmounted');
  });

  it('says unmount when a key makes React put a new component in the place of the old one', async () => {
    const journal = createJournal();
    const { render } = mount(<Worker key="one" name="one" journal={journal} start="passive" policy="drop" />, {
      strict,
    });
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

describe.each(strictness)('reordering %s', (_, strict) => {
  it('cancels nothing when keys keep the components', async () => {
    const journal = createJournal();
    const { container, find } = mount(<List journal={journal} />, { strict });
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

const notToday = new Error('not today');

function Unable(): ReactNode {
  throw notToday;
}

describe.each(strictness)('a tree that React gives up %s', (_, strict) => {
  it('is unmounted: what runs below the component that throws is canceled', async () => {
    const journal = createJournal();
    const { find } = mount(inBoundary(<Broken journal={journal} />), { strict, onUncaughtError: () => {} });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    find('break').click();
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    expect(journal.of('load').parent?.reason).toBe('unmount');
  });

  it('on its first mount has started nothing', async () => {
    const journal = createJournal();
    const errors: unknown[] = [];
    const page = inBoundary(
      <>
        <Worker name="load" journal={journal} start="layout" />
        <Unable />
      </>,
    );
    const { container } = mount(page, { strict, onUncaughtError: (error) => errors.push(error) });
    await vi.waitFor(() => expect(errors).toEqual([notToday]));
    await quiet();
    expect(container.innerHTML).toBe('');
    expect(journal.lines).toEqual([]);
    expect(journal.operations).toEqual([]);
  });
});
