import { describe, expect, it, vi } from 'vitest';
import { Page } from '../../recipes/fetch.tsx';
import { mount } from '../react/mount.tsx';
import { ask, askBriefly, askSlowly, expectAllLetGo, expectOneOpen, patient, watchOperations } from './support.ts';

const textOf = (container: HTMLElement) => container.querySelector('p')?.textContent;
const barOf = (container: HTMLElement) => container.querySelector('progress')!;

describe('a fetch that is started by an effect', () => {
  it('loads, and shows what came', async () => {
    const { container } = mount(<Page url={askBriefly().url} />);
    await vi.waitFor(() => expect(textOf(container)).toContain('Node.js'), patient);
    expect(barOf(container).value).toBe(100);
  });

  it('shows how far it is, and is let go of with the page', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { container, render } = mount(<Page url={slow.url} />);
    await expectOneOpen(slow);
    await vi.waitFor(() => expect(barOf(container).value).toBeGreaterThan(0), patient);
    expect(textOf(container)).toBe('Loading');
    render(null);
    await expectAllLetGo(slow);
    expect(operations.named('page')).toMatchObject([
      { status: 'canceled', cancelReason: 'unmount', cancelMessage: 'Boundary "page" was unmounted' },
    ]);
    // StrictMode runs the effect twice.
    expect(operations.named('report')).toMatchObject([{ cancelReason: 'superseded' }, { cancelReason: 'parent' }]);
  });

  it('is let go of for the next address', async () => {
    const slow = askSlowly();
    const { container, render } = mount(<Page url={slow.url} />);
    await expectOneOpen(slow);
    render(<Page url={askBriefly().url} />);
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(textOf(container)).toContain('Node.js'), patient);
  });

  it('is let go of by its button, which says so', async () => {
    const slow = askSlowly();
    const { container } = mount(<Page url={slow.url} />);
    await expectOneOpen(slow);
    container.querySelector('button')!.click();
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(textOf(container)).toBe('Operation canceled manually'));
    expect(barOf(container).dataset['status']).toBe('canceled');
  });

  it('says what failed', async () => {
    const { container } = mount(<Page url={ask('/api/files/missing').url} />);
    await vi.waitFor(() => expect(textOf(container)).toBe('The server answered 404'), patient);
  });
});
