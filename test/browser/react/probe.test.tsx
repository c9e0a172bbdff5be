import { useEffect, useLayoutEffect } from 'react';
import { expect, it, vi } from 'vitest';
import { useCancelable } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';
function Loop() { const op = useCancelable(); useEffect(() => { void op.run((o) => o.wait(new Promise(() => {}))); }, [op]); return <p id="loop">{op.status}</p>; }
function Loop2() { const op = useCancelable(); useLayoutEffect(() => { void op.run((o) => o.wait(new Promise(() => {}))); }, [op]); return <p id="loop">{op.status}</p>; }
it('x', async () => {
  const spy = vi.spyOn(console, 'error').mockImplementation((...a) => console.log('ERR', String(a[0]).slice(0,200)));
  const w = vi.spyOn(console, 'warn').mockImplementation((...a) => console.log('WARN', String(a[0]).slice(0,300)));
  const m = mount(<Loop />, { onUncaughtError: (e) => console.log('UNCAUGHT', String(e).slice(0, 100)) });
  await quiet(); await quiet();
  console.log('calls', spy.mock.calls.length, w.mock.calls.length, m.container.innerHTML);
  m.render(<Loop2 />);
  await quiet(); await quiet();
  console.log('calls', spy.mock.calls.length, w.mock.calls.length, m.container.innerHTML);
  spy.mockRestore(); w.mockRestore();
  expect(1).toBe(1);
});
