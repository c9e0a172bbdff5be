import { Activity, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { mount } from './mount.tsx';
import { createFindings, createOrder, Probe, type Findings } from './Probe.tsx';
import { quiet } from './quiet.ts';
import { strictness } from './strictness.ts';

// The rest of what the rules of the hooks stand on: `<Activity>`.

const page = (mode: 'visible' | 'hidden', findings: Findings): ReactNode => (
  <Activity mode={mode}>
    <Probe findings={findings} />
  </Activity>
);

describe.each(strictness)('React, %s,', (_, strict) => {
  const setUp = strict ? '+-+' : '+';

  /** Shows it, hides it, and begins a new page of findings. */
  async function hide(findings: Findings): Promise<(element: ReactNode) => void> {
    const { find, render } = mount(page('visible', findings), { strict });
    await vi.waitFor(() => find('probe'));
    await quiet();
    findings.lines.length = 0;
    render(page('hidden', findings));
    await vi.waitFor(() => expect(findings.lines).toContain('passive -'));
    await quiet();
    return render;
  }

  it('cleans all effects of what it hides, but for the insertion effects, which alone tell that it is removed', async () => {
    const findings = createFindings();
    const render = await hide(findings);
    expect(findings.marks()).toEqual({ layout: '-', ref: '-', passive: '-', store: '-' });
    findings.lines.length = 0;
    render(null);
    await quiet();
    expect(findings.marks()).toEqual({ insertion: '-' });
  });

  it('sets them up again when it shows it; StrictMode replays them', async () => {
    const findings = createFindings();
    const render = await hide(findings);
    findings.lines.length = 0;
    render(page('visible', findings));
    await vi.waitFor(() => expect(findings.lines).toContain('passive +'));
    await quiet();
    expect(findings.marks()).toEqual({ layout: setUp, ref: setUp, passive: setUp, store: setUp });
  });

  it('sets up the insertion effects alone of what it mounts hidden, and the others when it shows it', async () => {
    const findings = createFindings();
    const { find, render } = mount(page('hidden', findings), { strict });
    await vi.waitFor(() => find('probe'));
    await quiet();
    const called = strict ? '++' : '+';
    expect(findings.marks()).toEqual({ initializer: called, memo: called, insertion: '+' });
    findings.lines.length = 0;
    render(page('visible', findings));
    await vi.waitFor(() => expect(findings.lines).toContain('passive +'));
    await quiet();
    expect(findings.marks()).toEqual({ layout: setUp, ref: setUp, passive: setUp, store: setUp });
  });

  it('runs the jobs that a cleanup has queued after the set-up of what is hidden and shown in one task', async () => {
    const { findings, order } = createOrder();
    const { find, render } = mount(page('visible', findings), { strict });
    await vi.waitFor(() => find('probe'));
    await quiet();
    order.length = 0;
    flushSync(() => render(page('hidden', findings)));
    flushSync(() => render(page('visible', findings)));
    await quiet();
    expect(order).toContain('job');
    expect(order.indexOf('job')).toBeGreaterThan(order.lastIndexOf('set up'));
  });
});
