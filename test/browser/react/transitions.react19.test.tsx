import { startTransition, Suspense, use, useState, useTransition, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { CancelableBoundary, useCancelable, type Outcome } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

interface ReportProps {
  readonly promise: Promise<Outcome<string>> | undefined;
}

function Report({ promise }: ReportProps): ReactNode {
  if (promise === undefined) return <p id="report">nothing yet</p>;
  const outcome = use(promise);
  return <p id="report">{outcome.status === 'completed' ? outcome.value : outcome.status}</p>;
}

interface LoaderProps {
  readonly body: (word: string) => Promise<string>;
}

/** The recipe for Suspense: the parent holds the promise of `settle`, the child waits for it. */
function Loader({ body }: LoaderProps): ReactNode {
  const { settle, cancel } = useCancelable<string>();
  const [promise, setPromise] = useState<Promise<Outcome<string>>>();
  const load = (word: string) => (): void => {
    const loading = settle((op) => op.wait(body(word)));
    startTransition(() => setPromise(loading));
  };
  return (
    <>
      <button type="button" id="one" onClick={load('one')}>
        One
      </button>
      <button type="button" id="two" onClick={load('two')}>
        Two
      </button>
      <button type="button" id="cancel" onClick={cancel}>
        Cancel
      </button>
      <Suspense fallback={<p id="report">loading</p>}>
        <Report promise={promise} />
      </Suspense>
    </>
  );
}

describe('work that a suspended component waits for', () => {
  const loader = async (): Promise<{
    find: (id: string) => HTMLElement;
    answers: Map<string, (text: string) => void>;
  }> => {
    const answers = new Map<string, (text: string) => void>();
    const body = (word: string): Promise<string> => new Promise((resolve) => answers.set(word, resolve));
    const { find } = mount(
      <CancelableBoundary name="page">
        <Loader body={body} />
      </CancelableBoundary>,
    );
    await vi.waitFor(() => find('one'));
    return { find, answers };
  };

  it('shows what was loaded', async () => {
    const { find, answers } = await loader();
    find('one').click();
    await quiet();
    expect(find('report').textContent).toBe('nothing yet');
    answers.get('one')!('first');
    await vi.waitFor(() => expect(find('report').textContent).toBe('first'));
  });

  it('shows the newest, whatever the older one answers', async () => {
    const { find, answers } = await loader();
    find('one').click();
    find('two').click();
    answers.get('two')!('second');
    answers.get('one')!('first');
    await vi.waitFor(() => expect(find('report').textContent).toBe('second'));
    await quiet();
    expect(find('report').textContent).toBe('second');
  });

  it('ends the wait when it is canceled', async () => {
    const { find } = await loader();
    find('one').click();
    await quiet();
    find('cancel').click();
    await vi.waitFor(() => expect(find('report').textContent).toBe('canceled'));
  });
});

interface SaverProps {
  readonly onOutcome: (outcome: Outcome<unknown>) => void;
}

/** An asynchronous transition is pending as long as its work. */
function Saver({ onOutcome }: SaverProps): ReactNode {
  const { settle, cancel } = useCancelable();
  const [isPending, start] = useTransition();
  const save = (): void => start(async () => onOutcome(await settle((op) => op.wait(new Promise<never>(() => {})))));
  return (
    <>
      <button type="button" id="save" onClick={save}>
        {isPending ? 'pending' : 'not pending'}
      </button>
      <button type="button" id="cancel" onClick={cancel}>
        Cancel
      </button>
    </>
  );
}

describe('a transition that waits for a run', () => {
  it('is pending until the run is canceled', async () => {
    const outcomes: unknown[] = [];
    const { find } = mount(<Saver onOutcome={({ status }) => outcomes.push(status)} />);
    await vi.waitFor(() => find('save').click());
    await vi.waitFor(() => expect(find('save').textContent).toBe('pending'));
    find('cancel').click();
    await vi.waitFor(() => expect(find('save').textContent).toBe('not pending'));
    expect(outcomes).toEqual(['canceled']);
  });
});
