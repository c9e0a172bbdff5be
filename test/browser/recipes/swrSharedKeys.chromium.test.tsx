import { describe, expect, it, vi } from 'vitest';
import { useBoundary } from 'use-cancelable';
import { File, Page } from '../../recipes/swrSharedKeys.tsx';
import { mount } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import {
  askBriefly,
  askSlowly,
  expectAllLetGo,
  expectGoingOn,
  expectOneOpen,
  patient,
  watchOperations,
} from './support.ts';

const texts = (container: HTMLElement) => [...container.querySelectorAll('p')].map(({ textContent }) => textContent);

function Stop() {
  return <button onClick={useBoundary()?.cancel}>Stop</button>;
}

describe('keys that belong to the page', () => {
  it('are loaded once for all that show them', async () => {
    const brief = askBriefly();
    const { container } = mount(
      <Page>
        <File url={brief.url} />
        <File url={brief.url} />
      </Page>,
    );
    const found = expect.stringContaining('Node.js');
    await vi.waitFor(() => expect(texts(container)).toEqual([found, found]), patient);
    expect(await brief.rows()).toHaveLength(1);
  });

  it('go on when a component leaves, whichever it is, or takes another key', async () => {
    const [slow, other] = [askSlowly(), askSlowly()];
    const page = (first: string | undefined) => (
      <Page>
        {first !== undefined && <File key="first" url={first} />}
        <File key="second" url={slow.url} />
      </Page>
    );
    const { container, render } = mount(page(slow.url));
    await expectOneOpen(slow);
    render(page(other.url));
    await expectOneOpen(other);
    await expectGoingOn(slow);
    render(page(undefined));
    await quiet();
    await expectGoingOn(slow);
    expect(await slow.rows()).toHaveLength(1);
    expect(texts(container)).toEqual(['Loading']);
  });

  // StrictMode sets up the newcomer twice, and the second time SWR asks by itself.
  it.each([true, false])('are let go of with the page, and asked for by the next page, strict: %s', async (strict) => {
    const operations = watchOperations();
    const slow = askSlowly();
    const page = (key: string) => (
      <Page key={key}>
        <File url={slow.url} />
      </Page>
    );
    const { container, render } = mount(page('one'), { strict });
    await expectOneOpen(slow);
    render(page('other'));
    await vi.waitFor(async () => expect(await slow.rows()).toHaveLength(2), patient);
    await expectOneOpen(slow);
    expect(texts(container)).toEqual(['Loading']);
    expect(operations.named('page')).toMatchObject([
      { cancelReason: 'unmount', cancelMessage: 'Boundary "page" was unmounted' },
      { status: 'running' },
    ]);
    render(null);
    await expectAllLetGo(slow);
  });

  it('that the user has stopped stay stopped', async () => {
    const slow = askSlowly();
    const { container } = mount(
      <Page>
        <Stop />
        <File url={slow.url} />
      </Page>,
    );
    await expectOneOpen(slow);
    container.querySelector('button')!.click();
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(texts(container)).toEqual(['Canceled']));
    await quiet();
    expect(await slow.rows()).toHaveLength(1);
  });
});
