import { expect, it, vi } from 'vitest';
import { watchStream } from '../../../src/fetch/watchBody.ts';

it('a stream that is let go while it is read ends, and nothing has broken off', async () => {
  const onCanceled = vi.fn<(reason: unknown) => void>();
  const [onRead, onEnd, toError] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<(error: unknown) => unknown>()];
  const source = new ReadableStream<Uint8Array>({ pull: () => new Promise<never>(() => {}), cancel: onCanceled });
  const reader = watchStream(source, { onRead, onChunk: () => {}, onEnd, toError }).getReader();
  const read = reader.read();
  await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
  await reader.cancel('Enough');
  expect(await read).toEqual({ done: true, value: undefined });
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  expect(onCanceled).toHaveBeenCalledWith('Enough');
  expect(source.locked).toBe(false);
  expect(toError).not.toHaveBeenCalled();
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it('a stream that breaks while it is let go has ended once, and nobody is told', async () => {
  const [onRead, onEnd, toError] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<(error: unknown) => unknown>()];
  let breakOff!: () => void;
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      breakOff = () => controller.error(new Error('broken'));
    },
  });
  const reader = watchStream(source, { onRead, onChunk: () => {}, onEnd, toError }).getReader();
  const read = reader.read();
  await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
  breakOff();
  await expect(reader.cancel('Enough')).rejects.toThrow('broken');
  expect(await read).toEqual({ done: true, value: undefined });
  expect(toError).not.toHaveBeenCalled();
  expect(onEnd).toHaveBeenCalledTimes(1);
});
