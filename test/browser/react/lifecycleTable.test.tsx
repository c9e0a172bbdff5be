import { Suspense, type ReactNode } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isReact18 } from '../../reactVersion.ts';
import { installFastRefresh, type FastRefresh } from './fastRefresh.ts';
import { createFindings, createOrder, Probe, useProbe, type Findings, type ProbeProps } from './Probe.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';
import { suspendUntil } from './suspendUntil.ts';

// What React itself does, which the rules of the hooks stand on. Where this fails, a new React has other rules.

let refresh: FastRefresh;
let mount: (typeof import('./mount.tsx'))['mount'];

beforeAll(async () => {
  refresh = await installFastRefresh();
  ({ mount } = await import('./mount.tsx'));
});

interface SuspendingProps extends ProbeProps {
  readonly until: Promise<unknown> | undefined;
}

function Suspending({ findings, until }: SuspendingProps): ReactNode {
  return (
    <Suspense fallback={<b id="waiting" />}>
      <Probe findings={findings} />
      <Until until={until} />
    </Suspense>
  );
}

function Until({ until }: Pick<SuspendingProps, 'until'>): ReactNode {
  if (until !== undefined) suspendUntil(until);
  return <b id="there" />;
}

const notToday = new Error('not today');

function Unable(): ReactNode {
  throw notToday;
}

const never = new Promise<never>(() => {});

/** One edit of a component. */
function createVersion(word: string): (props: ProbeProps) => ReactNode {
  return function Version({ findings }) {
    useProbe(findings);
    return (
      <b id="version" ref={findings.ref}>
        {word}
      </b>
    );
  };
}

/** Shows one version and saves the other, which makes new findings. The id is that of one edit. */
async function edit(id: string, findings: Findings, strict: boolean): Promise<void> {
  const [Before, After] = [createVersion('before'), createVersion('after')];
  refresh.register(Before, id);
  const { find } = mount(<Before findings={findings} />, { strict });
  await vi.waitFor(() => expect(find('version').textContent).toBe('before'));
  await quiet();
  findings.lines.length = 0;
  refresh.save(id, Before, After, { keepsState: true });
  await vi.waitFor(() => expect(find('version').textContent).toBe('after'));
  await quiet();
}

describe.each(strictness)('React, %s,', (mode, strict) => {
  it('sets up all effects of a mount; StrictMode replays them, but for the insertion effects', async () => {
    const findings = createFindings();
    const { find } = mount(<Probe findings={findings} />, { strict });
    await vi.waitFor(() => find('probe'));
    await quiet();
    const [called, setUp] = strict ? ['++', '+-+'] : ['+', '+'];
    expect(findings.marks()).toEqual({
      initializer: called,
      memo: called,
      insertion: '+',
      layout: setUp,
      ref: isReact18 ? '+' : setUp,
      passive: setUp,
      store: setUp,
    });
  });

  it('cleans all effects of what it removes', async () => {
    const findings = createFindings();
    const { find, render } = mount(<Probe findings={findings} />, { strict });
    await vi.waitFor(() => find('probe'));
    await quiet();
    findings.lines.length = 0;
    render(null);
    await quiet();
    expect(findings.marks()).toEqual({ insertion: '-', layout: '-', ref: '-', passive: '-', store: '-' });
  });

  it.each(['insertion', 'layout', 'passive'])(
    'sets up the %s effects of children first, and cleans those of parents first',
    async (hook) => {
      const lines: string[] = [];
      const collect = (name: string) =>
        createFindings((line) => {
          if (line.startsWith(hook)) lines.push(`${name} ${line.at(-1)}`);
        });
      const { render, find } = mount(
        <Probe findings={collect('parent')}>
          <Probe findings={collect('child')} />
        </Probe>,
        { strict },
      );
      await vi.waitFor(() => find('probe'));
      await quiet();
      expect(lines.slice(0, 2)).toEqual(['child +', 'parent +']);
      lines.length = 0;
      render(null);
      await quiet();
      expect(lines).toEqual(['parent -', 'child -']);
    },
  );

  it('runs no effect of a first mount that suspends and is given up, nor cleans anything', async () => {
    const findings = createFindings();
    const { find, render } = mount(<Suspending findings={findings} until={never} />, { strict });
    await vi.waitFor(() => find('waiting'));
    await quiet();
    render(null);
    await quiet();
    // React 19 renders the siblings of what suspends once more.
    const called = (strict ? '++' : '+').repeat(isReact18 ? 1 : 2);
    expect(findings.marks()).toEqual({ initializer: called, memo: called });
  });

  it('runs no effect of a first mount that throws, nor cleans anything', async () => {
    const findings = createFindings();
    const errors: unknown[] = [];
    const page = (
      <>
        <Probe findings={findings} />
        <Unable />
      </>
    );
    const { container } = mount(page, { strict, onUncaughtError: (error) => errors.push(error) });
    await vi.waitFor(() => expect(errors).toEqual([notToday]));
    await quiet();
    expect(container.innerHTML).toBe('');
    const called = strict ? '++++' : '++';
    expect(findings.marks()).toEqual({ initializer: called, memo: called });
  });

  it('cleans the layout effects alone of a visible tree that suspends again, and sets them up afterwards', async () => {
    const findings = createFindings();
    const { find, render } = mount(<Suspending findings={findings} until={undefined} />, { strict });
    await vi.waitFor(() => find('there'));
    await quiet();
    findings.lines.length = 0;
    render(<Suspending findings={findings} until={never} />);
    await vi.waitFor(() => find('waiting'));
    await quiet();
    expect(findings.marks()).toEqual({ layout: '-', ref: '-' });
    findings.lines.length = 0;
    render(<Suspending findings={findings} until={undefined} />);
    await vi.waitFor(() => expect(findings.lines).toContain('layout +'));
    await quiet();
    // The StrictMode of React 19 takes it for a mount.
    const replayed = { layout: '+-+', ref: '+-+', passive: '-+', store: '-+' };
    expect(findings.marks()).toEqual(strict && !isReact18 ? replayed : { layout: '+', ref: '+' });
  });

  it('keeps the state in a Fast Refresh, and cleans and sets up all effects', async () => {
    const findings = createFindings();
    await edit(`all ${mode}`, findings, strict);
    const again = { insertion: '-+', layout: '-+', passive: '-+', store: '-+' };
    // In React 19 the second render of StrictMode compares the dependencies: there is nothing to do.
    expect(findings.marks()).toEqual({ memo: strict ? '++' : '+', ...(strict && !isReact18 ? {} : again) });
  });
});

describe('React', () => {
  it('runs the jobs of the cleanups that StrictMode replays a mount with after its last set-up', async () => {
    const { findings, order } = createOrder();
    const { find } = mount(<Probe findings={findings} />);
    await vi.waitFor(() => find('probe'));
    await quiet();
    expect(order).toContain('job');
    expect(order.indexOf('job')).toBeGreaterThan(order.lastIndexOf('set up'));
  });

  it('runs the jobs of the cleanups of a Fast Refresh after its last set-up', async () => {
    const { findings, order } = createOrder();
    await edit('jobs', findings, false);
    expect(order).toContain('job');
    expect(order.indexOf('job')).toBeGreaterThan(order.lastIndexOf('set up'));
  });
});
