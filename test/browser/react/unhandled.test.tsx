import { useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable } from 'use-cancelable';
import { expectConsoleError } from '../../consoleErrors.ts';
import { collectUnhandled } from './collectUnhandled.ts';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

interface SaveProps {
  readonly save: () => Promise<unknown>;
}

/** Leaves the promise alone, as event handlers do. */
function Save({ save }: SaveProps): ReactNode {
  const { run, status } = useCancelable();
  return (
    <button type="button" id="save" onClick={() => void run((op) => op.wait(save()))}>
      {status}
    </button>
  );
}

function Leaving({ save }: SaveProps): ReactNode {
  const [isShown, setIsShown] = useState(true);
  return (
    <CancelableBoundary name="page">
      {isShown && <Save save={save} />}
      <button type="button" id="leave" onClick={() => setIsShown(false)}>
        Leave
      </button>
    </CancelableBoundary>
  );
}

const failure = new Error('out of paper');
const fail = (): Promise<never> => Promise.reject(failure);
const never = (): Promise<never> => new Promise<never>(() => {});

describe('a run whose promise nobody awaits', () => {
  it.each<[string, (children: ReactNode) => ReactNode]>([
    ['outside of a boundary', (children) => children],
    ['inside of a boundary', (children) => <CancelableBoundary>{children}</CancelableBoundary>],
    [
      'inside of two boundaries',
      (children) => (
        <CancelableBoundary>
          <CancelableBoundary>{children}</CancelableBoundary>
        </CancelableBoundary>
      ),
    ],
  ])('is reported by the platform when it fails %s', async (_, wrap) => {
    const reasons = collectUnhandled();
    // Vitest writes the event that it leaves to the listener above.
    expectConsoleError('PromiseRejectionEvent');
    const { find } = mount(wrap(<Save save={fail} />));
    await vi.waitFor(() => find('save').click());
    await vi.waitFor(() => expect(find('save').textContent).toBe('failed'));
    await vi.waitFor(() => expect(reasons).toEqual([failure]));
    await quiet();
    expect(reasons).toEqual([failure]);
  });

  it('raises nothing when it is canceled because the component leaves', async () => {
    const reasons = collectUnhandled();
    const { find } = mount(<Leaving save={never} />);
    await vi.waitFor(() => find('save').click());
    await vi.waitFor(() => expect(find('save').textContent).toBe('running'));
    find('leave').click();
    await quiet();
    await quiet();
    expect(reasons).toEqual([]);
  });

  it('raises nothing when a newer run takes over', async () => {
    const reasons = collectUnhandled();
    const { find, unmount } = mount(<Save save={never} />);
    await vi.waitFor(() => find('save').click());
    find('save').click();
    find('save').click();
    await quiet();
    unmount();
    await quiet();
    expect(reasons).toEqual([]);
  });
});
