import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';
import { download, isPartialDownload, type Download, type DownloadedPart } from 'use-cancelable/fetch';
import { cancelAfter, elsewhere, faults, isWhole, settle, whole } from './faults.ts';

const receivedOf = (op: Cancelable): number =>
  isPartialDownload(op.context.partialResult) ? op.context.partialResult.received : -1;

/** The first bytes of the file. */
async function partOf(length = 100_000, validator = '"a"'): Promise<DownloadedPart> {
  return { blob: (await whole()).slice(0, length), validator };
}

async function resume(part: DownloadedPart, query: Record<string, string | number>): Promise<Download> {
  const file = await new Cancelable({ parent: null }).run(() => download(faults('file', query).url, { resume: part }));
  expect(await isWhole(file.blob)).toBe(true);
  return file;
}

describe('a download loses nothing of what it goes on with', () => {
  it('when it is canceled before it begins', async () => {
    const part = await partOf();
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle(async (op) => {
      op.cancel('No');
      await download('/faults/file', { resume: part });
    });
    expect(outcome.status).toBe('canceled');
    expect(receivedOf(op)).toBe(100_000);
  });

  it('when the server refuses', async () => {
    const part = await partOf();
    const op = new Cancelable({ parent: null });
    const outcome = await op.settle(() => download(faults('status', { status: 503 }).url, { resume: part }));
    expect(outcome).toMatchObject({ status: 'failed', error: { status: 503 } });
    expect(receivedOf(op)).toBe(100_000);
  });

  it.each([
    ['the range is answered with 200', { ranges: 'ignored' }],
    ['another range is sent, and then the whole', { shift: 10 }],
  ])('when %s, which is cut earlier', async (_name, query) => {
    const part = await partOf();
    const { url, go } = faults('file', { etag: '"a"', cut: 20_000, then: 'reset', ...query });
    const op = new Cancelable({ parent: null });
    op.onProgress(() => void go());
    const outcome = await op.settle(() => download(url, { resume: part }));
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError' } });
    expect(receivedOf(op)).toBe(100_000);
    await resume(op.context.partialResult as DownloadedPart, { etag: '"a"' });
  });
});

describe('a download', () => {
  it('starts over from what is longer than the file', async () => {
    const tooLong = { blob: new Blob([new Uint8Array(300_001)]), validator: '"a"' };
    expect((await resume(tooLong, { etag: '"a"' })).resumedFrom).toBe(0);
    expect((await resume(tooLong, { etag: '"a"', ranges: 'ignored' })).resumedFrom).toBe(0);
  });

  it('starts over when the rest is compressed, whose bytes are others', async () => {
    expect((await resume(await partOf(), { etag: '"a"', encoding: 'x-other' })).resumedFrom).toBe(0);
  });

  it('goes on by the date of the last change, unless the file was changed in the second of the answer', async () => {
    const modified = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const op = new Cancelable({ parent: null });
    cancelAfter(op, 100_000);
    await op.settle(() => download(faults('file', { modified, cut: 100_000, then: 'stall' }).url));
    const part = op.context.partialResult as DownloadedPart;
    expect(part.validator).toBe(modified);
    expect((await resume(part, { modified })).resumedFrom).toBe(100_000);
    expect((await resume(part, { modified: 'Thu, 22 Oct 2015 07:28:00 GMT' })).resumedFrom).toBe(0);
    const fresh = new Cancelable({ parent: null });
    const ahead = new Date(Date.now() + 60_000).toUTCString();
    await fresh.run(() => download(faults('file', { modified: ahead }).url));
    expect((fresh.context.partialResult as DownloadedPart).validator).toBeUndefined();
  });

  it('goes on twice at once from the same part', async () => {
    const part = await partOf();
    const files = await Promise.all([resume(part, { etag: '"a"' }), resume(part, { etag: '"a"' })]);
    expect(files.map(({ resumedFrom }) => resumedFrom)).toEqual([100_000, 100_000]);
  });

  it('asks for the whole when there is nothing to go on with', async () => {
    expect((await resume({ blob: new Blob(), validator: '"a"' }, { etag: '"a"' })).resumedFrom).toBe(0);
  });

  it('of nothing is complete', async () => {
    const op = new Cancelable({ parent: null });
    const { blob } = await op.run(() => download(faults('large', { bytes: 0 }).url));
    expect(blob.size).toBe(0);
    expect(op.progress.progress).toBe(100);
  });

  it('is complete when it was longer, or shorter, in the compressed form that another origin hides', async () => {
    for (const bytes of [100_000, 5]) {
      const url = await elsewhere(faults('compressed', { bytes }).url);
      const outcome = await settle(() => download(url));
      expect(outcome).toMatchObject({ status: 'completed', value: { blob: { size: bytes } } });
    }
  });
});
