import { Component, useState, type ReactNode } from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CancelableBoundary } from 'use-cancelable';
import { Files } from '../../recipes/suspense.tsx';
import { mount } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import {
  ask,
  askBriefly,
  askSlowly,
  expectAllLetGo,
  expectOneOpen,
  patient,
  watchOperations,
  type Asked,
} from './support.ts';

class Catch extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};
  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }
  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <p role="alert">{this.state.error.message}</p>;
  }
}

function App({ urls }: { readonly urls: readonly string[] }): ReactNode {
  const [isThere, setIsThere] = useState(true);
  return (
    <>
      <button onClick={() => setIsThere(false)}>Leave</button>
      <Catch>
        {isThere && (
          <CancelableBoundary name="page">
            <Files urls={urls} />
          </CancelableBoundary>
        )}
      </Catch>
    </>
  );
}

function open(...asked: readonly Asked[]) {
  const caught: unknown[] = [];
  const { container } = mount(<App urls={asked.map(({ url }) => url)} />, {
    onCaughtError: (error) => caught.push(error),
  });
  const text = () => container.querySelector('p')?.textContent;
  // All that was ever on the screen.
  const shown: Array<string | undefined> = [];
  const observer = new MutationObserver(() => shown.push(text()));
  observer.observe(container, { childList: true, subtree: true, characterData: true });
  onTestFinished(() => observer.disconnect());
  const press = (name: string) =>
    vi.waitFor(() => [...container.querySelectorAll('button')].find((each) => each.textContent === name)!.click());
  return { text, press, shown, caught };
}

describe('what a component suspends on', () => {
  it('is shown when it is there', async () => {
    // Long enough for the fallback to be shown.
    const { press, text, shown } = open(ask('/api/files/LICENSE?part=1&parts=100&rate=3000'));
    await press('File 1');
    await vi.waitFor(() => expect(text()).toContain('Node.js'), patient);
    expect(shown).toContain('Loading');
  });

  it('is let go of by the button, and is not thrown into the page', async () => {
    const slow = askSlowly();
    const { press, text, caught } = open(slow);
    await press('File 1');
    await expectOneOpen(slow);
    await press('Cancel');
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(text()).toBe('Operation canceled manually'));
    expect(caught).toEqual([]);
  });

  it('is let go of for the next one, and what was on the screen stays until that is there', async () => {
    const operations = watchOperations();
    const [slow, third] = [askSlowly(), ask('/api/files/LICENSE?part=2&parts=100')];
    const { press, text, shown, caught } = open(askBriefly(), slow, third);
    await press('File 1');
    await vi.waitFor(() => expect(text()).toContain('Node.js'), patient);
    const first = text();
    shown.length = 0;
    await press('File 2');
    await expectOneOpen(slow);
    await press('File 3');
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(text()).not.toBe(first), patient);
    await quiet();
    expect(operations.named('file')).toMatchObject([
      { status: 'completed' },
      { status: 'canceled', cancelReason: 'superseded', cancelMessage: 'A newer run took over' },
      { status: 'completed' },
    ]);
    expect(new Set(shown)).toEqual(new Set([text()]));
    expect(text()).toHaveLength((await third.rows())[0]!.bytes);
    expect(caught).toEqual([]);
  });

  it('is let go of with the page', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { press, text, caught } = open(slow);
    await press('File 1');
    await expectOneOpen(slow);
    await press('Leave');
    await expectAllLetGo(slow);
    expect(operations.named('page')).toMatchObject([{ cancelReason: 'unmount' }]);
    expect(operations.named('file')).toMatchObject([
      {
        status: 'canceled',
        cancelReason: 'parent',
        cancelMessage: 'Canceled with its parent "page": Boundary "page" was unmounted',
      },
    ]);
    await quiet();
    expect(text()).toBeUndefined();
    expect(caught).toEqual([]);
  });

  it('is thrown when it fails', async () => {
    const { press, text, caught } = open(ask('/api/files/missing'));
    await press('File 1');
    await vi.waitFor(() => expect(text()).toBe('The server answered 404'), patient);
    expect(caught).toHaveLength(1);
  });
});
