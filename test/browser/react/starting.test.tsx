import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { createJournal, Worker, type Journal } from './Worker.tsx';

interface ChildProps {
  readonly journal: Journal;
  readonly onStart: (start: () => void) => void;
}

/** Hands out how to run, as early as it can. */
function Child({ journal, onStart }: ChildProps): ReactNode {
  const { run } = useCancelable({ name: 'load', policy: 'drop' });
  useLayoutEffect(() => {
    onStart(() => void run(journal.body));
  }, [journal, onStart, run]);
  return null;
}

interface ParentProps {
  readonly onLayout: () => void;
  readonly onPassive: () => void;
  readonly children: ReactNode;
}

/** Its effects run after those of the boundary in it. */
function Parent({ onLayout, onPassive, children }: ParentProps): ReactNode {
  useLayoutEffect(onLayout, [onLayout]);
  useEffect(onPassive, [onPassive]);
  return <CancelableBoundary name="page">{children}</CancelableBoundary>;
}

const nothing = (): void => {};
const path = (journal: Journal): (string | undefined)[] => {
  const names: (string | undefined)[] = [];
  for (let at = journal.of('load').parent; at !== undefined; at = at.parent) names.push(at.name);
  return names;
};

describe.each(strictness)('a child that starts work %s', (_, strict) => {
  it.each(['layout', 'passive'] as const)(
    'in a %s effect, before its boundaries have run theirs, has them above it',
    async (start) => {
      const journal = createJournal();
      mount(
        <CancelableBoundary name="page">
          <CancelableBoundary name="panel">
            <Worker name="load" journal={journal} start={start} policy="drop" />
          </CancelableBoundary>
        </CancelableBoundary>,
        { strict },
      );
      await vi.waitFor(() => expect(journal.lines).toContain('load: passive set'));
      await quiet();
      expect(journal.fates()).toEqual(['load running']);
      expect(path(journal)).toEqual(['panel', 'page']);
    },
  );

  it('uses the options of its boundary from the first moment', async () => {
    const journal = createJournal();
    mount(
      <CancelableBoundary name="page" metadata={{ page: 7 }} timeout={60_000}>
        <Worker name="load" journal={journal} start="layout" policy="drop" />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    expect(journal.of('load').parent?.context.metadata).toEqual({ page: 7 });
    expect(journal.of('load').remaining).toBeGreaterThan(59_000);
  });

  it('in an event that comes before the passive effects is not canceled', async () => {
    const journal = createJournal();
    let start = nothing;
    const keep = (run: () => void): void => {
      start = run;
    };
    const seen: string[] = [];
    const onLayout = (): void => {
      seen.push('layout');
      start();
    };
    const onPassive = (): void => void seen.push('passive');
    mount(
      <Parent onLayout={onLayout} onPassive={onPassive}>
        <Child journal={journal} onStart={keep} />
      </Parent>,
      { strict },
    );
    const once = ['layout', 'passive'];
    await vi.waitFor(() => expect(seen).toEqual(strict ? [...once, ...once] : once));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    expect(path(journal)).toEqual(['page']);
  });

  it('in a click is the child of the nearest boundary', async () => {
    const journal = createJournal();
    const { find } = mount(
      <CancelableBoundary name="page">
        <Worker name="load" journal={journal} />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => find('load').click());
    await vi.waitFor(() => expect(find('load').textContent).toBe('running'));
    expect(path(journal)).toEqual(['page']);
  });

  it('without a boundary stands alone', async () => {
    const journal = createJournal();
    const { find } = mount(<Worker name="load" journal={journal} />, { strict });
    await vi.waitFor(() => find('load').click());
    expect(journal.of('load').parent).toBeUndefined();
  });

  it('in a portal belongs to the boundary around it in React, not in the document', async () => {
    const journal = createJournal();
    const place = document.body.appendChild(document.createElement('div'));
    const { render } = mount(
      <CancelableBoundary name="page">
        {createPortal(<Worker name="load" journal={journal} start="passive" policy="drop" />, place)}
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load running']));
    expect(path(journal)).toEqual(['page']);
    render(null);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled parent']));
    place.remove();
  });
});

describe.each(strictness)('a start after the component was unmounted %s', (_, strict) => {
  it('is canceled one job later, with the reason unmount', async () => {
    const journal = createJournal();
    let start = nothing;
    const keep = (run: () => void): void => {
      start = run;
    };
    const { unmount } = mount(<Child journal={journal} onStart={keep} />, { strict });
    await vi.waitFor(() => expect(start).not.toBe(nothing));
    unmount();
    await quiet();
    start();
    expect(journal.fates()).toEqual(['load running']);
    await Promise.resolve();
    expect(journal.fates()).toEqual(['load canceled unmount']);
  });

  it('is canceled by the boundary that has gone with it; nothing stays open', async () => {
    const journal = createJournal();
    let start = nothing;
    const keep = (run: () => void): void => {
      start = run;
    };
    const { unmount } = mount(
      <CancelableBoundary name="page">
        <CancelableBoundary name="panel">
          <Child journal={journal} onStart={keep} />
        </CancelableBoundary>
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(start).not.toBe(nothing));
    unmount();
    await quiet();
    start();
    await Promise.resolve();
    expect(journal.fates()).toEqual(['load canceled parent']);
    const panel = journal.of('load').parent;
    expect(panel).toMatchObject({ name: 'panel', reason: 'parent' });
    expect(panel?.parent).toMatchObject({ name: 'page', reason: 'unmount' });
    await panel?.parent?.closed;
  });

  it('does not touch the boundary that is still there', async () => {
    const journal = createJournal();
    let start = nothing;
    const keep = (run: () => void): void => {
      start = run;
    };
    const page = (child: ReactNode): ReactNode => (
      <CancelableBoundary name="page">
        <Worker name="beside" journal={journal} start="passive" policy="drop" />
        {child}
      </CancelableBoundary>
    );
    const { render } = mount(page(<Child journal={journal} onStart={keep} />), { strict });
    await vi.waitFor(() => expect(start).not.toBe(nothing));
    render(page(null));
    await quiet();
    start();
    await quiet();
    expect(journal.fates()).toEqual(['beside running', 'load canceled unmount']);
  });
});

function Toggle({ journal }: { readonly journal: Journal }): ReactNode {
  const [isShown, setIsShown] = useState(true);
  return (
    <CancelableBoundary name="page">
      <button type="button" id="toggle" onClick={() => setIsShown(!isShown)}>
        Toggle
      </button>
      {isShown && (
        <CancelableBoundary name="panel">
          <Worker name="one" journal={journal} start="passive" policy="drop">
            <Worker name="two" journal={journal} start="passive" policy="drop" />
          </Worker>
        </CancelableBoundary>
      )}
    </CancelableBoundary>
  );
}

describe.each(strictness)('leaving a boundary %s', (_, strict) => {
  it('has the outermost say unmount, all below it parent, with the root cause at hand', async () => {
    const journal = createJournal();
    const { find } = mount(<Toggle journal={journal} />, { strict });
    await vi.waitFor(() => expect(journal.fates()).toEqual(['two running', 'one running']));
    const panel = journal.of('one').parent;
    const page = panel?.parent;
    find('toggle').click();
    await vi.waitFor(() => expect(journal.fates()).toEqual(['two canceled parent', 'one canceled parent']));
    expect(panel).toMatchObject({ name: 'panel', reason: 'unmount', message: 'Boundary "panel" was unmounted' });
    expect(journal.of('one').error).toMatchObject({
      reason: 'parent',
      parentReason: 'unmount',
      rootCause: panel?.error,
    });
    await vi.waitFor(() => expect(page).toMatchObject({ name: 'page', status: 'completed' }));
    find('toggle').click();
    await vi.waitFor(() => expect(journal.fates().slice(2)).toEqual(['two running', 'one running']));
    expect(journal.of('one').parent?.parent).toMatchObject({ name: 'page', status: 'running' });
  });
});
