import axios, { isCancel } from 'axios';
import { describe, expect, it, vi } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { Upload, upload } from '../../recipes/axiosUpload.tsx';
import { mount } from '../react/mount.tsx';
import { ask, expectAllLetGo, expectStates, patient, watchOperations, type Asked } from './support.ts';

// Far more than the buffers of the two sockets hold: the server sees that the client has gone when it has read those.
const size = 64_000_000;
const large = (): File => new File([new Uint8Array(size)], 'large.bin');
const small = (): File => new File(['a few bytes'], 'small.txt');

const askSlowly = (): Asked => ask('/api/uploads?rate=8000000');

/** Once the server has some of it. */
const expectReceived = (asked: Asked): Promise<void> =>
  vi.waitFor(async () => expect((await asked.rows())[0]?.received).toBeGreaterThan(0), patient);

function open({ url }: Asked) {
  const { container, render } = mount(<Upload url={url} />);
  const choose = async (file: File): Promise<void> => {
    await vi.waitFor(() => expect(container.querySelector('input')).not.toBeNull());
    const input = container.querySelector('input')!;
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  return {
    choose,
    bar: () => container.querySelector('progress')!,
    cancel: () => container.querySelector('button')!.click(),
    text: () => container.querySelector('p')?.textContent,
    leave: () => render(null),
  };
}

describe('an upload', () => {
  it('arrives', async () => {
    const asked = ask('/api/uploads');
    const { choose, bar, text } = open(asked);
    await choose(small());
    await vi.waitFor(() => expect(text()).toBe('11 bytes'), patient);
    expect(bar().value).toBe(100);
    await expectStates(asked, 'sent');
  });

  it('shows how far it is, and is cut off by its button', async () => {
    const operations = watchOperations();
    const asked = askSlowly();
    const { choose, bar, text, cancel } = open(asked);
    await choose(large());
    await expectReceived(asked);
    await vi.waitFor(() => expect(bar().value).toBeGreaterThan(0), patient);
    expect(bar().dataset['status']).toBe('running');
    cancel();
    await expectAllLetGo(asked);
    expect((await asked.rows())[0]?.received).toBeLessThan(size);
    await vi.waitFor(() => expect(text()).toBe('Operation canceled manually'));
    expect(operations.named('upload')).toMatchObject([{ status: 'canceled', cancelReason: 'manual' }]);
    expect(bar().value).toBeLessThan(100);
  });

  it('is cut off with its component', async () => {
    const operations = watchOperations();
    const asked = askSlowly();
    const { choose, leave } = open(asked);
    await choose(large());
    await expectReceived(asked);
    leave();
    await expectAllLetGo(asked);
    expect((await asked.rows())[0]?.received).toBeLessThan(size);
    expect(operations.named('upload')).toMatchObject([
      { cancelReason: 'unmount', cancelMessage: 'The component was unmounted' },
    ]);
  });

  it('that fails says what axios says', async () => {
    const { choose, text } = open(ask('/api/files/LICENSE'));
    await choose(small());
    await vi.waitFor(() => expect(text()).toBe('Request failed with status code 405'), patient);
  });
});

describe('the error of a canceled upload', () => {
  it('is the cancelation of the operation, which axios does not take for its own', async () => {
    const asked = askSlowly();
    const op = new Cancelable();
    let thrown: unknown;
    const run = op.settle(async (op) => {
      try {
        await upload(op, asked.url, large());
      } catch (error) {
        thrown = error;
        throw error;
      }
    });
    await expectReceived(asked);
    op.cancel('Enough');
    expect(await run).toMatchObject({ status: 'canceled', message: 'Enough', error: { suppressed: [] } });
    expect(thrown).toBe(op.error);
    expect(isCancel(thrown)).toBe(false);
    await expectAllLetGo(asked);
  });

  it('is an error of axios when it is awaited alone: the run says the same all the same, and keeps that error', async () => {
    const asked = askSlowly();
    const op = new Cancelable();
    const run = op.settle(async (op) => await axios.post(asked.url, large(), { signal: op.signal }));
    await expectReceived(asked);
    op.cancel('Enough');
    const outcome = await run;
    expect(outcome).toMatchObject({ status: 'canceled', message: 'Enough' });
    const { suppressed } = outcome.status === 'canceled' ? outcome.error : { suppressed: [] };
    expect(suppressed).toMatchObject([{ name: 'CanceledError', code: 'ERR_CANCELED', message: 'canceled' }]);
    expect(isCancel(suppressed[0])).toBe(true);
    await expectAllLetGo(asked);
  });
});
