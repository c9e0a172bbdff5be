import { expect, onTestFinished, vi } from 'vitest';
import { Cancelable, timeout, type Body, type Outcome } from 'use-cancelable/core';

/** What the server knows of a request whose connection is over. */
export interface Fate {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly received: number;
  readonly sentWhole: boolean;
}

export interface Asked {
  readonly url: string;
  /** How much of the request the server has. */
  readonly arrived: () => Promise<'not' | 'begun' | 'whole'>;
  /** What became of it, once its connection is over. */
  readonly fate: () => Promise<Fate>;
  readonly go: () => Promise<unknown>;
}

/** An address of the tests' server. */
export function faults(path: string, query: Record<string, string | number> = {}): Asked {
  const id = crypto.randomUUID();
  const parameters = new URLSearchParams({ ...query, id });
  return {
    url: `/faults/${path}?${parameters}`,
    arrived: async () => (await (await fetch(`/faults/arrived?id=${id}`)).json()) as 'not' | 'begun' | 'whole',
    go: () => fetch(`/faults/go?id=${id}`),
    fate: async () => (await (await fetch(`/faults/fate?id=${id}`)).json()) as Fate,
  };
}

export const untilCanceled: Body<never> = (op) => op.wait(new Promise<never>(() => {}));

/** Cancels the operation as soon as it has reported this many bytes. */
export function cancelAfter(op: Cancelable, bytes: number): void {
  op.onProgress((_id, _message, { current = 0 }) => {
    if (current >= bytes) op.cancel('Enough');
  });
}

export function settle<T>(body: Body<T>, options: { readonly timeout?: number } = {}): Promise<Outcome<T>> {
  return new Cancelable({ ...options, parent: null }).settle(body);
}

/** Runs it in an operation whose time is over when the server has the request, and had a moment to begin its answer. */
export async function settleLate<T>(body: Body<T>, { arrived }: Asked): Promise<Outcome<T>> {
  const op = new Cancelable({ parent: null });
  const outcome = op.settle(body);
  await vi.waitFor(async () => expect(await arrived()).toBe('whole'), { timeout: 10_000 });
  op.addSource(timeout(50));
  return outcome;
}

/** The file that the server has. */
export const whole = async (): Promise<Blob> => (await fetch('/faults/whole')).blob();

/** All of it, byte for byte; Vitest takes half a second to compare as many. */
export async function isWhole(blob: Blob): Promise<boolean> {
  const [given, expected] = await Promise.all([blob, await whole()].map((each) => each.arrayBuffer()));
  const bytes = new Uint8Array(given!);
  return (
    bytes.length === expected!.byteLength && new Uint8Array(expected!).every((byte, index) => byte === bytes[index])
  );
}

/** The same address on another origin, which allows every page to read what it may by default. */
export async function elsewhere(url: string): Promise<string> {
  return (await (await fetch('/faults-elsewhere')).text()) + url.slice('/faults'.length);
}

/** Every stream that was locked by a reader since; those that still are. */
export function watchLocks(): { readonly locked: () => number; readonly all: () => number } {
  const streams = new Set<ReadableStream>();
  // oxlint-disable-next-line typescript/unbound-method -- it is applied to a stream
  const original = ReadableStream.prototype.getReader;
  const getReader = vi.spyOn(ReadableStream.prototype, 'getReader').mockImplementation(function (
    this: ReadableStream,
    ...options: []
  ) {
    streams.add(this);
    return original.apply(this, options);
  });
  onTestFinished(() => getReader.mockRestore());
  return { locked: () => [...streams].filter(({ locked }) => locked).length, all: () => streams.size };
}
