import { describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { File, list } from '../../recipes/clients.tsx';
import { mount } from '../react/mount.tsx';
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

function open({ url }: Asked) {
  const { container, render } = mount(<File url={url} />);
  const buttonOf = (text: string): HTMLButtonElement =>
    [...container.querySelectorAll('button')].find(({ textContent }) => textContent === text)!;
  return {
    load: () => vi.waitFor(() => buttonOf('Load').click()),
    cancel: () => buttonOf('Cancel').click(),
    text: () => container.querySelector('p')?.textContent,
    bar: () => container.querySelector('progress')!,
    leave: () => render(null),
  };
}

describe('ky with the fetch of an operation', () => {
  it('loads', async () => {
    const { load, text, bar } = open(askBriefly());
    await load();
    await vi.waitFor(() => expect(text()).toMatch(/^\d+ bytes$/), patient);
    expect(bar().value).toBe(100);
  });

  it('shows how far it is, and is let go of by its button', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { load, text, bar, cancel } = open(slow);
    await load();
    await expectOneOpen(slow);
    await vi.waitFor(() => expect(bar().value).toBeGreaterThan(0), patient);
    expect(bar().value).toBeLessThan(100);
    cancel();
    await expectAllLetGo(slow);
    await vi.waitFor(() => expect(text()).toBe('Operation canceled manually'));
    expect(operations.named('file')).toMatchObject([{ status: 'canceled', cancelReason: 'manual' }]);
  });

  it('is let go of with its component', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { load, leave } = open(slow);
    await load();
    await expectOneOpen(slow);
    leave();
    await expectAllLetGo(slow);
    expect(operations.named('file')).toMatchObject([{ status: 'canceled', cancelReason: 'unmount' }]);
  });

  it('says what failed', async () => {
    const { load, text } = open(ask('/api/files/missing'));
    await load();
    await vi.waitFor(() => expect(text()).toContain('404'), patient);
  });
});

describe('openapi-fetch with the fetch of an operation', () => {
  it('answers, and its call is a part of the operation', async () => {
    const files = await new Cancelable().run(list);
    expect(files.map(({ name }) => name)).toContain('node');
    const op = new Cancelable();
    op.cancel('Never mind');
    expect(await op.settle(list)).toMatchObject({ status: 'canceled', message: 'Never mind' });
  });
});
