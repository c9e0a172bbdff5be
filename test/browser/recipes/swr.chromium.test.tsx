import { mutate } from 'swr';
import { describe, expect, it, vi } from 'vitest';
import { File } from '../../recipes/swr.tsx';
import { mount } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import {
  ask,
  askBriefly,
  askSlowly,
  expectAllLetGo,
  expectGoingOn,
  expectOneOpen,
  patient,
  watchOperations,
  type Asked,
} from './support.ts';

const texts = (container: HTMLElement) => [...container.querySelectorAll('p')].map(({ textContent }) => textContent);

/** Once it was asked for again. */
async function expectAskedAgain(asked: Asked): Promise<void> {
  await vi.waitFor(async () => expect(await asked.rows()).toHaveLength(2), patient);
  await expectOneOpen(asked);
}

describe('a key of one component', () => {
  it('is loaded once, in StrictMode too', async () => {
    const brief = askBriefly();
    const { container } = mount(<File url={brief.url} />);
    await vi.waitFor(() => expect(texts(container)[0]).toContain('Node.js'), patient);
    expect(await brief.rows()).toHaveLength(1);
    expect(container.querySelector('progress')?.dataset['status']).toBe('completed');
  });

  it('is let go of with the component, and loads anew when it comes back', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { container, render } = mount(<File url={slow.url} />);
    await expectOneOpen(slow);
    render(null);
    await expectAllLetGo(slow);
    expect(operations.named(slow.url)).toMatchObject([
      { status: 'canceled', cancelReason: 'unmount', cancelMessage: 'The component was unmounted' },
    ]);
    await quiet();
    render(<File url={slow.url} />);
    await expectAskedAgain(slow);
    expect(texts(container)).toEqual(['Loading']);
  });

  it('is let go of by the button: no error, no retry, and the key is as good as new', async () => {
    const slow = askSlowly();
    const { container, render } = mount(<File url={slow.url} />);
    await expectOneOpen(slow);
    container.querySelector('button')!.click();
    await expectAllLetGo(slow);
    await quiet();
    expect(texts(container)).toEqual(['']);
    expect(await slow.rows()).toHaveLength(1);
    render(null);
    await quiet();
    render(<File url={slow.url} />);
    await expectAskedAgain(slow);
  });

  it('is let go of for the next key', async () => {
    const operations = watchOperations();
    const [first, second] = [askSlowly(), askSlowly()];
    const { container, render } = mount(<File url={first.url} />);
    await expectOneOpen(first);
    render(<File url={second.url} />);
    await expectAllLetGo(first);
    await expectOneOpen(second);
    expect(operations.named(first.url)).toMatchObject([{ cancelReason: 'superseded' }]);
    expect(texts(container)).toEqual(['Loading']);
    render(<File url={first.url} />);
    await expectAllLetGo(second);
    await expectAskedAgain(first);
    expect(texts(container)).toEqual(['Loading']);
  });

  it('is let go of when it is asked for anew, and shown as loading until that is there', async () => {
    const slow = askSlowly();
    const { container } = mount(<File url={slow.url} />);
    await expectOneOpen(slow);
    void mutate(slow.url);
    await expectAskedAgain(slow);
    await quiet();
    expect(texts(container)).toEqual(['Loading']);
  });

  it('that fails says so', async () => {
    const missing = ask('/api/files/missing');
    const { container } = mount(<File url={missing.url} />);
    await vi.waitFor(() => expect(texts(container)).toEqual(['The server answered 404']), patient);
  });
});

describe('a key that another component shows too', () => {
  // StrictMode sets up the newcomer twice, and the second time SWR asks by itself.
  it.each([true, false])(
    'is asked for by the one that takes its place in the same commit, strict: %s',
    async (strict) => {
      const slow = askSlowly();
      const { container, render } = mount(<File key="one" url={slow.url} />, { strict });
      await expectOneOpen(slow);
      render(<File key="other" url={slow.url} />);
      await expectAskedAgain(slow);
      expect(texts(container)).toEqual(['Loading']);
    },
  );

  it('is asked for by the one that stays when the one that had asked leaves', async () => {
    const slow = askSlowly();
    const both = [<File key="one" url={slow.url} />, <File key="other" url={slow.url} />];
    const { container, render } = mount(both);
    await expectOneOpen(slow);
    render(both.slice(1));
    await expectAskedAgain(slow);
    expect(texts(container)).toEqual(['Loading']);
  });

  it('goes on when one leaves that has not asked', async () => {
    const slow = askSlowly();
    const both = [<File key="one" url={slow.url} />, <File key="other" url={slow.url} />];
    const { render } = mount(both);
    await expectOneOpen(slow);
    render(both.slice(0, 1));
    await quiet();
    await expectGoingOn(slow);
    expect(await slow.rows()).toHaveLength(1);
  });

  // SWR asks nobody any more when the key of the one that had asked is another.
  it('is lost for the others when the one that had asked takes another key', async () => {
    const [slow, other] = [askSlowly(), askSlowly()];
    const page = (url: string) => [<File key="one" url={url} />, <File key="other" url={slow.url} />];
    const { container, render } = mount(page(slow.url));
    await expectOneOpen(slow);
    render(page(other.url));
    await expectAllLetGo(slow);
    await expectOneOpen(other);
    await quiet();
    expect(texts(container)).toEqual(['Loading', '']);
    expect(await slow.rows()).toHaveLength(1);
    void mutate(slow.url);
    await expectAskedAgain(slow);
    expect(texts(container)).toEqual(['Loading', 'Loading']);
  });
});
