import { vi, type Mock } from 'vitest';

/** The whole numbers from 0 on, from an async generator. */
export async function* countTo(end: number): AsyncGenerator<number, void> {
  for (let item = 0; item < end; item += 1) {
    await Promise.resolve();
    yield item;
  }
}

export interface Blocked extends AsyncIterable<number> {
  readonly next: Mock<() => Promise<IteratorResult<number>>>;
  readonly return: Mock<() => Promise<IteratorResult<number>>>;
}

/** Gives so many items, then blocks for ever. */
export function createBlocked(items = 0): Blocked {
  let item = 0;
  const iterator = {
    next: vi.fn<() => Promise<IteratorResult<number>>>(() => {
      item += 1;
      return item > items ? new Promise(() => {}) : Promise.resolve({ done: false, value: item - 1 });
    }),
    return: vi.fn<() => Promise<IteratorResult<number>>>(() => Promise.resolve({ done: true, value: undefined })),
  };
  return { ...iterator, [Symbol.asyncIterator]: () => iterator };
}

export interface Watched<T> {
  readonly stream: ReadableStream<T>;
  readonly pull: Mock<() => void>;
  readonly cancel: Mock<(reason: unknown) => void>;
}

/** A ReadableStream of the items, which ends after them, or blocks. */
export function createReadable<T>(items: readonly T[], end: 'close' | 'block' = 'close'): Watched<T> {
  let index = 0;
  const cancel = vi.fn<(reason: unknown) => void>();
  const pulled = vi.fn<() => void>();
  const stream = new ReadableStream<T>(
    {
      pull(controller) {
        pulled();
        if (index < items.length) controller.enqueue(items[index++]!);
        else if (end === 'close') controller.close();
        else return new Promise<void>(() => {});
        return undefined;
      },
      // Newer engines hand over a controller, too.
      cancel: (reason) => cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { stream, pull: pulled, cancel };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
