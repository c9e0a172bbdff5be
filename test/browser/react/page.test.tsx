import { Profiler, useState, type ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  Cancelable,
  CancelableBoundary,
  getProgressProps,
  ProgressBar,
  useBoundary,
  useCancelable,
  useProgress,
  type CancelableState,
} from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

interface JobProps {
  readonly onOperation: (op: Cancelable) => void;
}

/** Uses what the hooks return as a whole, in ways that a compiler likes to remember. */
function Job({ onOperation }: JobProps): ReactNode {
  const job = useCancelable<string>({ name: 'job', timeout: 60_000 });
  const [end, setEnd] = useState<(value: string) => void>();
  const start = async (): Promise<void> => {
    const outcome = await job.settle((op) => {
      onOperation(op);
      return op.wait(new Promise<string>((resolve) => setEnd(() => resolve)));
    });
    document.title = outcome.status;
  };
  return (
    <>
      <button type="button" id="start" onClick={() => void start()}>
        Start
      </button>
      <button type="button" id="end" onClick={() => end?.('value')}>
        End
      </button>
      <button type="button" id="cancel" onClick={job.cancel} disabled={!job.isRunning}>
        Cancel
      </button>
      <button type="button" id="reset" onClick={job.reset}>
        Reset
      </button>
      <output id="job">{describeJob(job)}</output>
      <Percent job={job} />
      <Bar job={job} />
    </>
  );
}

const describeJob = ({ status, reason, data }: CancelableState<string>): string =>
  [status, reason, data].filter((part) => part !== undefined).join(' ');

interface PartProps {
  readonly job: CancelableState<string>;
}

function Percent({ job }: PartProps): ReactNode {
  const percent = useProgress(job, { select: ({ progress }) => Math.floor(progress ?? -1) });
  return <output id="percent">{percent}</output>;
}

function Bar({ job }: PartProps): ReactNode {
  return <div id="own" {...getProgressProps(useProgress(job))} aria-label="Job" />;
}

function Overview(): ReactNode {
  const page = useBoundary();
  const { message } = useProgress();
  return (
    <>
      <button type="button" id="stop" onClick={page?.cancel} disabled={page?.isRunning !== true}>
        Stop everything
      </button>
      <output id="page">{[page?.name, page?.status, message].filter(Boolean).join(' ')}</output>
    </>
  );
}

function Page({ onOperation }: JobProps): ReactNode {
  return (
    <CancelableBoundary name="page">
      <Overview />
      <Job onOperation={onOperation} />
    </CancelableBoundary>
  );
}

describe('a page that uses all hooks', () => {
  it('shows the truth at every step', async () => {
    let operation!: Cancelable;
    const { find } = mount(<Page onOperation={(op) => (operation = op)} />);
    const shows = (texts: Record<string, string>): Promise<void> =>
      vi.waitFor(() => {
        for (const [id, text] of Object.entries(texts)) expect(find(id).textContent).toBe(text);
      });
    const isDisabled = (id: string): boolean => (find(id) as HTMLButtonElement).disabled;

    await shows({ job: 'idle', percent: '-1', page: 'page idle' });
    expect([isDisabled('cancel'), isDisabled('stop')]).toEqual([true, true]);

    find('start').click();
    await shows({ job: 'running', percent: '-1', page: 'page running' });
    expect([isDisabled('cancel'), isDisabled('stop')]).toEqual([false, false]);

    operation.report('Receiving', { progress: 40.7 });
    await shows({ percent: '40', page: 'page running Receiving' });
    expect(find('own').getAttribute('aria-valuenow')).toBe('40');

    find('cancel').click();
    await shows({ job: 'canceled manual', percent: '40' });
    await shows({ page: 'page completed Receiving' });
    expect([isDisabled('cancel'), isDisabled('stop')]).toEqual([true, true]);

    find('start').click();
    await shows({ job: 'running', percent: '-1', page: 'page running' });
    find('stop').click();
    await shows({ job: 'canceled parent', page: 'page canceled' });

    find('start').click();
    await shows({ job: 'running', page: 'page running' });
    find('end').click();
    await shows({ job: 'completed value', percent: '100', page: 'page completed' });

    find('start').click();
    await shows({ job: 'running value', percent: '-1' });
    find('reset').click();
    await shows({ job: 'idle', percent: '-1' });
    await vi.waitFor(() => expect(document.title).toBe('canceled'));
  });
});

interface OwnerProps extends JobProps {
  readonly onCommit: (id: string) => void;
}

function Owner({ onOperation, onCommit }: OwnerProps): ReactNode {
  const job = useCancelable();
  return (
    <>
      <button type="button" id="start" onClick={() => void job.run((op) => work(op, onOperation))}>
        {job.status}
      </button>
      <Profiler id="bar" onRender={onCommit}>
        <ProgressBar of={job} aria-label="Job" id="bar" />
      </Profiler>
    </>
  );
}

function work(op: Cancelable, onOperation: (op: Cancelable) => void): Promise<never> {
  onOperation(op);
  return op.wait(new Promise<never>(() => {}));
}

describe('progress', () => {
  it('renders neither its owner nor a ProgressBar, which shows it all the same', async () => {
    let operation!: Cancelable;
    const commits: string[] = [];
    const { find } = mount(
      <Profiler id="owner" onRender={(id) => commits.push(id)}>
        <Owner onOperation={(op) => (operation = op)} onCommit={(id) => commits.push(id)} />
      </Profiler>,
    );
    await vi.waitFor(() => find('start').click());
    await vi.waitFor(() => expect(find('start').textContent).toBe('running'));
    await quiet();
    commits.length = 0;
    for (let percent = 1; percent <= 20; percent += 1) {
      for (let report = 0; report < 50; report += 1) operation.report('row', { progress: percent });
      await quiet();
      expect((find('bar') as HTMLProgressElement).value).toBe(percent);
    }
    expect(commits).toEqual([]);
  });

  it('renders a reader once for a thousand reports, whose last one is shown', async () => {
    const operation = new Cancelable({ parent: null });
    void operation.run((op) => op.wait(new Promise<never>(() => {})));
    let commits = 0;
    const { container, unmount } = mount(
      <Profiler id="reader" onRender={() => (commits += 1)}>
        <Reader operation={operation} />
      </Profiler>,
      { strict: false },
    );
    await vi.waitFor(() => expect(container.textContent).toBe('nothing'));
    await quiet();
    const before = commits;
    for (let report = 1; report <= 1000; report += 1) operation.report(`row ${report}`);
    await vi.waitFor(() => expect(container.textContent).toBe('row 1000'));
    await quiet();
    expect(commits - before).toBe(1);
    unmount();
    operation.report('after');
    operation.cancel();
    await quiet();
    expect(commits - before).toBe(1);
  });
});

function Reader({ operation }: { readonly operation: Cancelable }): ReactNode {
  return useProgress(operation).message ?? 'nothing';
}
