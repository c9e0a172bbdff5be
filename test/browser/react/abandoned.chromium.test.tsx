import { Suspense, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, ProgressBar, useBoundary, useCancelable, useProgress } from 'use-cancelable';
import { mount, type Mounted } from './mount.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { suspendUntil } from './suspendUntil.ts';

interface HookedProps {
  /** Hears of what the function of the hook has closed over. */
  readonly onRender: (weight: object) => void;
}

/** Has all hooks. What its function closes over lives as long as something holds on to the hook. */
function Hooked({ onRender }: HookedProps): ReactNode {
  const [weight] = useState(() => ({ bytes: new Uint8Array(1000) }));
  onRender(weight);
  const task = useCancelable(() => weight);
  useProgress(task);
  useBoundary();
  return <ProgressBar />;
}

interface EndProps {
  readonly how: Promise<never> | 'throws' | 'stays';
}

function End({ how }: EndProps): ReactNode {
  if (how === 'throws') throw new Error('not today');
  if (how !== 'stays') suspendUntil(how);
  return <i id="there">there</i>;
}

interface RouteProps extends EndProps, HookedProps {}

function Route({ how, onRender }: RouteProps): ReactNode {
  return (
    <Suspense fallback={<i id="waiting">waiting</i>}>
      <CancelableBoundary name="page" timeout={60_000}>
        <Hooked onRender={onRender} />
        <End how={how} />
      </CancelableBoundary>
    </Suspense>
  );
}

/**
 * Those that are still there after a garbage collection. React keeps the last tree that it has shown, and the last that
 * has suspended, until it gets others.
 */
async function survivors(references: readonly WeakRef<object>[], { render, find }: Mounted): Promise<unknown[]> {
  const show = async (id: string, element: ReactNode): Promise<void> => {
    render(element);
    await vi.waitFor(() => find(id));
  };
  await show('first', <i id="first" />);
  await show('waiting', <Route key="other" how={new Promise<never>(() => {})} onRender={() => {}} />);
  await show('last', <i id="last" />);
  await quiet();
  (globalThis as unknown as { gc: () => void }).gc();
  return references.filter((reference) => reference.deref() !== undefined);
}

function collect(): { references: WeakRef<object>[]; onRender: (weight: object) => void } {
  const references: WeakRef<object>[] = [];
  return { references, onRender: (weight) => void references.push(new WeakRef(weight)) };
}

describe.each(strictness)('a first mount that never comes to be %s', (_, strict) => {
  it('is kept alive by nothing of the package when it suspends and is given up', async () => {
    const { references, onRender } = collect();
    const page = mount(<Route how={new Promise<never>(() => {})} onRender={onRender} />, { strict });
    await vi.waitFor(() => page.find('waiting'));
    expect(references.length).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await survivors(references, page)).toEqual([]));
  });

  it('is kept alive by nothing of the package when it throws', async () => {
    const { references, onRender } = collect();
    const page = mount(<Route how="throws" onRender={onRender} />, { strict, onUncaughtError: () => {} });
    await vi.waitFor(() => expect(page.container.innerHTML).toBe(''));
    await quiet();
    expect(references.length).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await survivors(references, page)).toEqual([]));
  });
});

describe.each(strictness)('a component that has left %s', (_, strict) => {
  it('is kept alive by nothing of the package', async () => {
    const { references, onRender } = collect();
    const page = mount(<Route how="stays" onRender={onRender} />, { strict });
    await vi.waitFor(() => page.find('there'));
    expect(references.length).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await survivors(references, page)).toEqual([]));
  });
});
