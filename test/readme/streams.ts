import { chunked, wait, type Cancelable } from 'use-cancelable/core';

export async function download(op: Cancelable, url: string) {
  const response = await op.wait(fetch(url, { signal: op.signal }));
  const parts = [];
  for await (const part of op.stream(response.body!, { reportEvery: 10 })) parts.push(part);
  return new Blob(parts);
}

export async function importRows(rows: AsyncIterable<string>, insert: (rows: string[]) => Promise<void>) {
  for await (const hundred of chunked(rows, 100)) await wait(insert(hundred));
}

export async function shrinkAll(op: Cancelable, images: readonly Blob[], shrink: (image: Blob) => Promise<Blob>) {
  const shrunk = [];
  for (const image of op.track(images)) shrunk.push(await op.wait(shrink(image)));
  return shrunk;
}
