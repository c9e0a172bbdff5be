import axe from 'axe-core';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { Cancelable, getProgressProps, ProgressBar, useProgress } from 'use-cancelable';

function running(): Cancelable {
  const operation = new Cancelable({ parent: null });
  void operation.run((op) => op.wait(new Promise<never>(() => {})));
  return operation;
}

function Own({ operation }: { readonly operation: Cancelable }): ReactNode {
  return <div aria-label="Own" {...getProgressProps(useProgress(operation))} />;
}

/** What axe finds wrong, in words. */
async function problemsOf(element: Element): Promise<string[]> {
  const { violations, incomplete } = await axe.run(element);
  return [...violations, ...incomplete].flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe('a progress bar', () => {
  it.each<[string, (operation: Cancelable) => void]>([
    ['before anything is known', () => {}],
    ['with a message alone', (operation) => operation.report('Connecting')],
    ['half way', (operation) => operation.report('Receiving', { current: 50, total: 100, rate: 5 })],
    ['when it is canceled', (operation) => void operation.cancel()],
  ])('has no fault for axe, with a name or without, %s', async (_, act) => {
    const operation = running();
    act(operation);
    const { container } = await render(
      <main>
        <ProgressBar of={operation} />
        <ProgressBar of={operation} aria-label="Download" />
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- it does not know what ProgressBar renders */}
        <label>
          Upload <ProgressBar of={operation} />
        </label>
        <Own operation={operation} />
        <ProgressBar of={null} aria-label="Idle" />
      </main>,
    );
    expect(await problemsOf(container)).toEqual([]);
    operation.cancel();
  });
});
