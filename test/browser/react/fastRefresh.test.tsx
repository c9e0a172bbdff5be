import { useEffect, type ReactNode } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, useShared } from 'use-cancelable';
import { quiet } from './quiet.ts';
import { createJournal, type Journal } from './Worker.tsx';

interface RefreshRuntime {
  injectIntoGlobalHook(window: Window): void;
  register(component: unknown, id: string): void;
  createSignatureFunctionForTransform(): (component: unknown, key: string, forceReset: boolean) => void;
  validateRefreshBoundaryAndEnqueueUpdate(id: string, before: object, after: object): string | undefined;
}

let refresh: RefreshRuntime;
let mount: (typeof import('./mount.tsx'))['mount'];

// Fast Refresh must be there before React DOM is.
beforeAll(async () => {
  // @ts-expect-error -- a module that the React plugin serves
  refresh = (await import('/@react-refresh')) as RefreshRuntime;
  refresh.injectIntoGlobalHook(window);
  ({ mount } = await import('./mount.tsx'));
});

interface WorkProps {
  readonly journal: Journal;
}

function useWork(journal: Journal): string {
  const { run, status } = useCancelable({ name: 'load', policy: 'drop' });
  useEffect(() => {
    journal.write('set');
    void run(journal.body);
    return () => journal.write('cleaned');
  }, [journal, run]);
  return status;
}

/** One edit of a component. Each test needs its own: what was refreshed once stays so. */
function createVersion(word: string): (props: WorkProps) => ReactNode {
  return function Work({ journal }) {
    const status = useWork(journal);
    return (
      <p id="work">
        {word} {status}
      </p>
    );
  };
}

/** Replaces the one by the other in all that is shown, as saving the file does. */
function save(id: string, before: unknown, after: unknown, keepsState: boolean): void {
  refresh.register(after, id);
  for (const component of [before, after]) refresh.createSignatureFunctionForTransform()(component, id, !keepsState);
  expect(refresh.validateRefreshBoundaryAndEnqueueUpdate(id, { Work: before }, { Work: after })).toBeUndefined();
}

describe('Fast Refresh', () => {
  it.each([
    ['though all effects run anew', false, ['cleaned', 'set']],
    // The second render of StrictMode compares the dependencies again.
    ['in StrictMode', true, []],
  ])('cancels nothing when it keeps the state, %s', async (id, strict, lines) => {
    const journal = createJournal();
    const [before, after] = [createVersion('before'), createVersion('after')];
    refresh.register(before, id);
    const Work = before;
    const { find } = mount(
      <CancelableBoundary name="page">
        <Work journal={journal} />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(find('work').textContent).toBe('before running'));
    await quiet();
    journal.lines.length = 0;
    save(id, before, after, true);
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    await quiet();
    expect(journal.lines).toEqual(lines);
    expect(journal.fates()).toEqual(['load running']);
  });

  it.each([true, false])('keeps shared work, and who takes part in it (StrictMode: %s)', async (strict) => {
    const journal = createJournal();
    const createShare = (word: string) =>
      function Share({ journal }: WorkProps): ReactNode {
        const { status } = useShared('work', journal.body, { name: 'load' });
        return (
          <p id="work">
            {word} {status}
          </p>
        );
      };
    const [before, after] = [createShare('before'), createShare('after')];
    const id = `share ${strict}`;
    refresh.register(before, id);
    const Share = before;
    const { find, render } = mount(
      <CancelableBoundary name="page">
        <Share journal={journal} />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(find('work').textContent).toBe('before running'));
    save(id, before, after, true);
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(<CancelableBoundary name="page">{null}</CancelableBoundary>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled unmount']));
  });

  it('cancels with the reason unmount when it throws the state away', async () => {
    const journal = createJournal();
    const [before, after] = [createVersion('before'), createVersion('after')];
    refresh.register(before, 'lost');
    const Work = before;
    const { find } = mount(<Work journal={journal} />, { strict: false });
    await vi.waitFor(() => expect(find('work').textContent).toBe('before running'));
    save('lost', before, after, false);
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    expect(journal.fates()).toEqual(['load canceled unmount', 'load running']);
  });
});
