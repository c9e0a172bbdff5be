import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable } from 'use-cancelable';
import { expectConsoleError } from '../../consoleErrors.ts';
import { isReact18 } from '../../reactVersion.ts';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { createJournal, type Journal } from './Worker.tsx';

interface LoopProps {
  readonly journal: Journal;
}

// Far above what React allows: without it a failure of this test would hang the page.
const enough = 500;

/** The mistake: the whole object changes with every run. */
function PassiveLoop({ journal }: LoopProps): ReactNode {
  const op = useCancelable({ name: 'load' });
  useEffect(() => {
    if (journal.operations.length < enough) void op.run(journal.body);
  }, [op, journal]);
  return <p id="loop">{op.status}</p>;
}

function LayoutLoop({ journal }: LoopProps): ReactNode {
  const op = useCancelable({ name: 'load' });
  useLayoutEffect(() => {
    if (journal.operations.length < enough) void op.run(journal.body);
  }, [op, journal]);
  return <p id="loop">{op.status}</p>;
}

describe.each(strictness)('an effect that depends on the whole object and starts a run %s', (_, strict) => {
  it.each([
    ['passive', PassiveLoop],
    ['layout', LayoutLoop],
  ] as const)('is stopped by React, as with any other state, and nothing goes on (%s)', async (_kind, Loop) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    const journal = createJournal();
    const errors: unknown[] = [];
    // It warns of a loop of passive effects, and takes that of layout effects for one.
    if (isReact18 && Loop === LayoutLoop) expectConsoleError('Warning: Maximum update depth exceeded');
    const { container } = mount(
      <CancelableBoundary name="page">
        <Loop journal={journal} />
      </CancelableBoundary>,
      { strict, onUncaughtError: (error) => errors.push(error) },
    );
    await vi.waitFor(() => expect(journal.operations.length).toBeGreaterThan(0));
    await quiet();
    expect(container.innerHTML).toBe('');
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining('Maximum update depth') as string }),
    ]);
    expect(journal.operations.length).toBeLessThan(enough);
    expect(journal.operations.filter(({ isSettled }) => !isSettled)).toEqual([]);
    // Before that, once, it is said what is wrong.
    expect(warn.mock.calls).toEqual([[expect.stringContaining('const { run } = useCancelable')]]);
    warn.mockRestore();
  });
});

describe('many runs that are no circle', () => {
  it.each([
    ['in one event', 'many'],
    ['of an effect that depends on the function, in many renders', 'renders'],
  ])('raise no warning: %s', async (_, id) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    const journal = createJournal();
    function Many(): ReactNode {
      const [count, setCount] = useState(0);
      const { run } = useCancelable({ name: 'load', policy: 'parallel' });
      useEffect(() => {
        if (count > 0) void run(journal.body);
      }, [count, run]);
      const runMany = (): void => {
        for (let index = 0; index < 100; index += 1) void run(journal.body);
      };
      return (
        <>
          <button type="button" id="many" onClick={runMany}>
            Many
          </button>
          <button type="button" id="renders" onClick={() => setCount(count + 1)}>
            {count}
          </button>
        </>
      );
    }
    const { find } = mount(<Many />, { strict: false });
    await vi.waitFor(() => find(id));
    for (let click = 0; click < 30; click += 1) {
      find(id).click();
      await quiet();
    }
    expect(journal.operations.length).toBeGreaterThanOrEqual(30);
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });
});
