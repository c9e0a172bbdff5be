import { Suspense, use, useState, useTransition, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, type Cancelable, type Outcome } from 'use-cancelable';
import { createGate, type Gate } from '../../unit/operation/gate.ts';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

function Part({ outcome }: { readonly outcome: PromiseLike<Outcome<string>> }): ReactNode {
  const result = use(outcome as Promise<Outcome<string>>);
  return <p id="part">{result.status === 'completed' ? result.value : result.status}</p>;
}

interface BookProps {
  readonly load: (op: Cancelable, part: string) => Promise<string>;
}

function Book({ load }: BookProps): ReactNode {
  const [outcome, setOutcome] = useState<PromiseLike<Outcome<string>>>();
  const [isPending, startTransition] = useTransition();
  const { settle, cancel } = useCancelable(load, { name: 'load' });
  return (
    <>
      {['one', 'two'].map((part) => (
        <button key={part} type="button" id={part} onClick={() => startTransition(() => setOutcome(settle(part)))}>
          {part}
        </button>
      ))}
      <button type="button" id="cancel" onClick={cancel}>
        Cancel
      </button>
      <output id="pending">{String(isPending)}</output>
      <Suspense fallback={<p id="fallback">Loading</p>}>{outcome !== undefined && <Part outcome={outcome} />}</Suspense>
    </>
  );
}

function openBook() {
  const gates = new Map<string, Gate<string>>();
  const operations: Cancelable[] = [];
  const load = (op: Cancelable, part: string): Promise<string> => {
    operations.push(op);
    gates.set(part, createGate<string>());
    return op.wait(gates.get(part)!.promise);
  };
  const mounted = mount(
    <CancelableBoundary name="page">
      <Book load={load} />
    </CancelableBoundary>,
  );
  return { ...mounted, gates, operations };
}

describe('settle in state, use in the child', () => {
  it('shows what was loaded, and the newest when there are two', async () => {
    const { find, gates, operations } = openBook();
    await vi.waitFor(() => find('one').click());
    await vi.waitFor(() => expect(gates.has('one')).toBe(true));
    gates.get('one')!.open('Part one');
    await vi.waitFor(() => expect(find('part').textContent).toBe('Part one'));
    find('one').click();
    await quiet();
    find('two').click();
    await vi.waitFor(() => expect(find('pending').textContent).toBe('true'));
    expect(find('part').textContent).toBe('Part one');
    gates.get('two')!.open('Part two');
    await vi.waitFor(() => expect(find('part').textContent).toBe('Part two'));
    expect(find('pending').textContent).toBe('false');
    expect(operations.map(({ status, reason }) => reason ?? status)).toEqual(['completed', 'superseded', 'completed']);
  });

  it('shows a cancelation as an outcome: it is never thrown into render', async () => {
    const { find, gates } = openBook();
    await vi.waitFor(() => find('one').click());
    await vi.waitFor(() => expect(gates.has('one')).toBe(true));
    await quiet();
    find('cancel').click();
    await vi.waitFor(() => expect(find('part').textContent).toBe('canceled'));
    expect(find('pending').textContent).toBe('false');
  });

  it('ends with the page, also while it is suspended', async () => {
    const { find, render, operations } = openBook();
    await vi.waitFor(() => find('one').click());
    await vi.waitFor(() => expect(operations).toHaveLength(1));
    render(<p id="other">Another page</p>);
    await vi.waitFor(() => find('other'));
    await quiet();
    expect(operations[0]).toMatchObject({ status: 'canceled', reason: 'parent' });
  });
});
