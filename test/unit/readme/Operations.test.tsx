import { act, render } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cancelable, registry } from 'use-cancelable';
import { Operations } from '../../readme/Operations.tsx';
import { nextFrame } from '../react/nextFrame.ts';

/** Work that is only ended by a cancel. */
function begin(name: string): Cancelable {
  const op = new Cancelable({ name, parent: null });
  void op.settle((op) => op.wait(new Promise(() => {})));
  return op;
}

// Other files list operations in the same registry.
beforeEach(() => registry.clear());

describe('the list of operations of the README', () => {
  it('shows what runs, cancels one by its button and the rest together', async () => {
    const { container } = render(<Operations />);
    const lines = () =>
      [...container.querySelectorAll('p')].map(({ firstChild, childNodes }) =>
        [firstChild, childNodes[1], childNodes[2]].map((node) => node?.textContent).join(''),
      );
    expect(lines()).toEqual([]);
    const [one, two, three] = await act(async () => {
      const operations = ['one', 'two', 'three'].map(begin);
      await nextFrame();
      return operations;
    });
    expect(lines()).toEqual(['one: running', 'two: running', 'three: running']);
    const [cancelOne] = container.querySelectorAll('button');
    await act(async () => {
      cancelOne!.click();
      await one!.closed;
      await nextFrame();
    });
    expect([one!.reason, two!.reason]).toEqual(['manual', undefined]);
    await act(async () => {
      [...container.querySelectorAll('button')].at(-1)!.click();
      await Promise.all([two!.closed, three!.closed]);
      await nextFrame();
    });
    expect([two!.message, three!.message]).toEqual(['Stopped by hand', 'Stopped by hand']);
    expect(lines()).toEqual([]);
  });

  it('lists nothing more when it has left the page', async () => {
    render(<Operations />).unmount();
    const op = begin('later');
    expect(registry.list()).toEqual([]);
    op.cancel();
    await op.closed;
  });
});
