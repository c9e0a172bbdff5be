import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Note } from '../../recipes/tanstackMutation.tsx';
import { mount } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import { ask, askBriefly, expectAllLetGo, expectStates, patient, watchOperations, type Asked } from './support.ts';

// Ten characters, one in half a second.
const askToSaveSlowly = (): Asked => ask('/api/uploads?rate=2');

async function open(saving: Asked) {
  const reading = askBriefly();
  const client = new QueryClient();
  onTestFinished(() => client.clear());
  const { container, render } = mount(
    <QueryClientProvider client={client}>
      <Note url={reading.url} saveTo={saving.url} />
    </QueryClientProvider>,
  );
  const note = () => container.querySelector('pre')?.textContent;
  const reads = async () => (await reading.rows()).filter(({ state }) => state === 'sent').length;
  await vi.waitFor(() => expect(note()).toContain('Node.js'), patient);
  const [save, cancel] = container.querySelectorAll('button');
  return {
    note,
    reads,
    save: save!,
    cancel: cancel!,
    /** What the cache holds, also when nothing is shown. */
    cached: () => client.getQueryData<string>(['note', reading.url]),
    error: () => container.querySelector('p')?.textContent,
    leave: () => render(null),
  };
}

/** Saves, and waits until the server is at it. */
async function saveSlowly({ save, note }: Awaited<ReturnType<typeof open>>, saving: Asked): Promise<void> {
  save.click();
  await vi.waitFor(async () => expect((await saving.rows())[0]).toMatchObject({ state: 'sending', method: 'POST' }));
  expect(note()).toBe('A new note');
}

describe('a mutation that runs in an operation of its component', () => {
  it('shows at once what it saves, and then what the server has', async () => {
    const saving = ask('/api/uploads?rate=20');
    const page = await open(saving);
    const readsBefore = await page.reads();
    await saveSlowly(page, saving);
    await expectStates(saving, 'sent');
    await vi.waitFor(async () => expect(await page.reads()).toBe(readsBefore + 1), patient);
    await vi.waitFor(() => expect(page.note()).toContain('Node.js'));
    expect(page.error()).toBe('');
  });

  it('is canceled by its button: the note is what it was, and no error is shown', async () => {
    const operations = watchOperations();
    const saving = askToSaveSlowly();
    const page = await open(saving);
    const readsBefore = await page.reads();
    await saveSlowly(page, saving);
    expect([page.save.disabled, page.cancel.disabled]).toEqual([true, false]);
    page.cancel.click();
    await expectAllLetGo(saving);
    await vi.waitFor(() => expect(page.note()).toContain('Node.js'));
    expect(operations.named('save')).toMatchObject([
      { status: 'canceled', cancelReason: 'manual', cancelMessage: 'Operation canceled manually' },
    ]);
    // Whether the server has saved it before it heard of the cancel, the server alone knows.
    await vi.waitFor(async () => expect(await page.reads()).toBe(readsBefore + 1), patient);
    await quiet();
    expect(page.error()).toBe('');
    expect([page.save.disabled, page.cancel.disabled]).toEqual([false, true]);
  });

  it('is canceled with its component, and rolled back all the same', async () => {
    const operations = watchOperations();
    const saving = askToSaveSlowly();
    const page = await open(saving);
    await saveSlowly(page, saving);
    page.leave();
    await expectAllLetGo(saving);
    expect(operations.named('save')).toMatchObject([
      { status: 'canceled', cancelReason: 'unmount', cancelMessage: 'The component was unmounted' },
    ]);
    await vi.waitFor(() => expect(page.cached()).toContain('Node.js'));
  });

  it('that fails says so, and is rolled back', async () => {
    const page = await open(ask('/api/files/LICENSE'));
    page.save.click();
    await vi.waitFor(() => expect(page.error()).toBe('The server answered 405'));
    expect(page.note()).toContain('Node.js');
  });
});
