import { useEffect, type ReactNode } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, useShared } from 'use-cancelable';
import { isReact18 } from '../../reactVersion.ts';
import { installFastRefresh, type FastRefresh } from './fastRefresh.ts';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { createJournal, type Journal } from './Worker.tsx';

let refresh: FastRefresh;
let mount: (typeof import('./mount.tsx'))['mount'];

beforeAll(async () => {
  refresh = await installFastRefresh();
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

describe('Fast Refresh', () => {
  it.each([
    ['though all effects run anew', false, ['cleaned', 'set']],
    // In React 19 the second render of StrictMode compares the dependencies again.
    ['in StrictMode', true, isReact18 ? ['cleaned', 'set'] : []],
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
    refresh.save(id, before, after, { keepsState: true });
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    await quiet();
    expect(journal.lines).toEqual(lines);
    expect(journal.fates()).toEqual(['load running']);
  });

  it.each(strictness)('keeps shared work, and who takes part in it, %s', async (mode, strict) => {
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
    const id = `share ${mode}`;
    refresh.register(before, id);
    const Share = before;
    const { find, render } = mount(
      <CancelableBoundary name="page">
        <Share journal={journal} />
      </CancelableBoundary>,
      { strict },
    );
    await vi.waitFor(() => expect(find('work').textContent).toBe('before running'));
    refresh.save(id, before, after, { keepsState: true });
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    await quiet();
    expect(journal.fates()).toEqual(['load running']);
    render(<CancelableBoundary name="page">{null}</CancelableBoundary>);
    await vi.waitFor(() => expect(journal.fates()).toEqual(['load canceled unmount']));
  });

  it.each(strictness)('cancels with the reason unmount when it throws the state away, %s', async (mode, strict) => {
    const journal = createJournal();
    const id = `lost ${mode}`;
    const [before, after] = [createVersion('before'), createVersion('after')];
    refresh.register(before, id);
    const Work = before;
    const { find } = mount(<Work journal={journal} />, { strict });
    await vi.waitFor(() => expect(find('work').textContent).toBe('before running'));
    refresh.save(id, before, after, { keepsState: false });
    await vi.waitFor(() => expect(find('work').textContent).toBe('after running'));
    expect(journal.fates()).toEqual(['load canceled unmount', 'load running']);
  });
});
