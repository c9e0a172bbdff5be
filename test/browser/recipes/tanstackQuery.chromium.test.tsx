import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { File, fileOf } from '../../recipes/tanstackQuery.tsx';
import { mount, type Mounted } from '../react/mount.tsx';
import { quiet } from '../react/quiet.ts';
import {
  ask,
  askBriefly,
  askSlowly,
  expectBytes,
  expectGoingOn,
  expectAllLetGo,
  expectOneOpen,
  patient,
  watchOperations,
} from './support.ts';

interface Opened extends Mounted {
  readonly client: QueryClient;
  show(children: ReactNode): void;
  /** What the components say. */
  texts(): string[];
  cancel(): Promise<void>;
}

function open(): Opened {
  const client = new QueryClient();
  onTestFinished(() => client.clear());
  const mounted = mount(null);
  return {
    client,
    show: (children) => mounted.render(<QueryClientProvider client={client}>{children}</QueryClientProvider>),
    texts: () => [...mounted.container.querySelectorAll('p')].map(({ textContent }) => textContent),
    cancel: () => vi.waitFor(() => mounted.container.querySelector<HTMLElement>('button:enabled')!.click()),
    ...mounted,
  };
}

const stateOf = (client: QueryClient, url: string) => client.getQueryState(fileOf(url).queryKey);
const untouched = { status: 'pending', fetchStatus: 'idle', error: null, data: undefined, fetchFailureCount: 0 };

describe('a query', () => {
  it('shows how far it is, and ends with its last observer: the state is as if it had not begun', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { client, show, container } = open();
    show(<File url={slow.url} />);
    // StrictMode leaves and comes back at once; Query begins anew.
    await expectOneOpen(slow);
    const bar = container.querySelector('progress')!;
    await vi.waitFor(() => expect(bar.value).toBeGreaterThan(0), patient);
    expect(bar.dataset['status']).toBe('running');
    show(null);
    await expectAllLetGo(slow);
    const aborted = {
      status: 'canceled',
      cancelReason: 'signal',
      cancelMessage: expect.stringMatching(/^Operation canceled by a signal: ./),
    };
    expect(operations.named('file')).toMatchObject([aborted, aborted]);
    await quiet();
    expect(stateOf(client, slow.url)).toMatchObject(untouched);
    show(<File url={slow.url} />);
    await expectOneOpen(slow);
  });

  it('goes on for those who are left', async () => {
    const slow = askSlowly();
    const { show, texts } = open();
    show([<File key="one" url={slow.url} />, <File key="other" url={slow.url} />]);
    await expectOneOpen(slow);
    show([<File key="other" url={slow.url} />]);
    await quiet();
    await expectGoingOn(slow);
    expect(texts()).toEqual(['']);
    show(null);
    await expectAllLetGo(slow);
  });

  it('goes back to the data that it had when it is canceled, and shows no error', async () => {
    const slow = askSlowly();
    const { client, show, texts, cancel, container } = open();
    client.setQueryData(fileOf(slow.url).queryKey, new Blob(['known']));
    show(<File url={slow.url} />);
    await expectOneOpen(slow);
    await cancel();
    await expectAllLetGo(slow);
    await quiet();
    expect(texts()).toEqual(['5 bytes']);
    expect(stateOf(client, slow.url)).toMatchObject({ status: 'success', fetchStatus: 'idle', error: null });
    expect(container.querySelector('progress')?.dataset['status']).toBe('canceled');
  });

  it('that is canceled for the first time is pending and idle, and not asked again', async () => {
    const slow = askSlowly();
    const { client, show, texts, cancel } = open();
    show(<File url={slow.url} />);
    await expectOneOpen(slow);
    await cancel();
    await expectAllLetGo(slow);
    await quiet();
    expect(texts()).toEqual(['']);
    expect(stateOf(client, slow.url)).toMatchObject(untouched);
  });

  it('that is canceled by anybody but Query has failed, and is not tried again', async () => {
    const operations = watchOperations();
    const slow = askSlowly();
    const { client, show, texts } = open();
    show(<File url={slow.url} />);
    await expectOneOpen(slow);
    operations.cancelAll('file', 'Stopped by hand');
    await vi.waitFor(() => expect(texts()).toEqual(['Stopped by hand']));
    expect(stateOf(client, slow.url)).toMatchObject({ status: 'error', fetchStatus: 'idle', fetchFailureCount: 1 });
    await expectAllLetGo(slow);
  });

  it('that has failed is tried again', async () => {
    const missing = ask('/api/files/missing');
    const { client, show } = open();
    show(<File url={missing.url} />);
    await vi.waitFor(
      async () => expect((await missing.rows()).filter(({ state }) => state === 'answered').length).toBeGreaterThan(1),
      patient,
    );
    const error = expect.objectContaining({ name: 'HttpError', status: 404 });
    expect(stateOf(client, missing.url)).toMatchObject({ status: 'pending', fetchFailureReason: error });
  });

  it('loads', async () => {
    const brief = askBriefly();
    const { show, texts, container } = open();
    show(<File url={brief.url} />);
    await vi.waitFor(() => expect(texts()[0]).toMatch(/^\d+ bytes$/), patient);
    expect(container.querySelector('progress')?.value).toBe(100);
  });

  it('belongs to the cache, not to the operation in which it was asked for', async () => {
    const slow = askSlowly();
    const { client } = open();
    const page = new Cancelable();
    const asking = page.settle(() => client.prefetchQuery(fileOf(slow.url)));
    await expectBytes(slow);
    page.cancel();
    expect(await asking).toMatchObject({ status: 'canceled' });
    await expectGoingOn(slow);
    await client.cancelQueries(fileOf(slow.url));
    await expectAllLetGo(slow);
  });
});
