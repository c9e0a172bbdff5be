import { Profiler, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { Cancelable, useProgress } from 'use-cancelable';
import { mount } from './mount.tsx';
import { quiet } from './quiet.ts';

function Bar({ of }: { readonly of: Cancelable }): ReactNode {
  const { progress } = useProgress(of);
  return <progress max={100} value={progress ?? 0} aria-label="Progress" />;
}

it('a page whose many operations report within a frame is rendered once for all of them', async () => {
  const operations = Array.from({ length: 100 }, () => new Cancelable({ parent: null }).start());
  let commits = 0;
  const page = mount(
    <Profiler id="bars" onRender={() => (commits += 1)}>
      {operations.map((operation) => (
        <Bar key={operation.id} of={operation} />
      ))}
    </Profiler>,
    { strict: false },
  );
  await quiet();
  commits = 0;
  for (const [index, operation] of operations.entries()) operation.report('row', { progress: index / 2 });
  await quiet();
  expect(commits).toBe(1);
  const bars = [...page.container.querySelectorAll('progress')];
  expect(bars.map(({ value }) => value)).toEqual(operations.map((_, index) => index / 2));
  page.unmount();
  for (const operation of operations) operation.cancel();
});
