import axios from 'axios';
import ky from 'ky';
import { Cancelable } from '../../../src/core.ts';
import { cancelableFetch, download } from '../../../src/fetch.ts';

const ignore = (): void => {};

/** How a body of the server is taken; each resolves with how many bytes there were. */
const contenders: Readonly<Record<string, (url: string) => PromiseLike<number>>> = {
  'fetch, read': async (url) => read(await fetch(url)),
  'fetch, blob()': async (url) => (await (await fetch(url)).blob()).size,
  'cancelableFetch, read': (url) => new Cancelable().run(async (op) => op.wait(read(await cancelableFetch(url)))),
  'cancelableFetch, blob()': (url) =>
    new Cancelable().run(async (op) => (await op.wait((await cancelableFetch(url)).blob())).size),
  'download, to a Blob': (url) => new Cancelable().run(async () => (await download(url)).blob.size),
  'ky, blob(), onDownloadProgress': async (url) => (await ky(url, { onDownloadProgress: ignore }).blob()).size,
  'axios, blob, onDownloadProgress': async (url) => {
    const { data } = await axios.get<Blob>(url, { responseType: 'blob', onDownloadProgress: ignore });
    return data.size;
  },
  'fetch, arrayBuffer()': async (url) => (await (await fetch(url)).arrayBuffer()).byteLength,
};

export const listContenders = (): readonly string[] => Object.keys(contenders);

async function read({ body }: Response): Promise<number> {
  const reader = body!.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.byteLength;
  }
}

/** Milliseconds until all of it has arrived. */
export async function sample(name: string, url: string, bytes: number): Promise<number> {
  const start = performance.now();
  const received = await contenders[name]!(url);
  const time = performance.now() - start;
  if (received !== bytes) throw new Error(`${name} received ${received} of ${bytes} bytes.`);
  return time;
}
