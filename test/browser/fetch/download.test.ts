import { describe, expect, it } from 'vitest';
import { Cancelable, timeout } from 'use-cancelable/core';
import { download, isPartialDownload, type Download, type PartialDownload } from 'use-cancelable/fetch';
import { cancelAfter, faults, isWhole, settle } from './faults.ts';

/** A download that is cut after some of the file. */
async function cutDownload(query: Record<string, string | number>): Promise<PartialDownload> {
  const { url, fate } = faults('file', { cut: 100_000, then: 'stall', ...query });
  const op = new Cancelable({ parent: null });
  cancelAfter(op, 100_000);
  const outcome = await op.settle(() => download(url));
  expect(outcome).toMatchObject({ status: 'canceled', message: 'Enough' });
  expect((await fate()).sentWhole).toBe(false);
  const { partialResult } = op.context;
  if (!isPartialDownload(partialResult)) throw new Error('It left no partial result.');
  expect(partialResult.received).toBe(100_000);
  expect(partialResult.total).toBe(300_000);
  return partialResult;
}

async function resume(
  part: PartialDownload,
  query: Record<string, string | number>,
): Promise<{ file: Download; range: string | undefined }> {
  const { url, fate } = faults('file', query);
  const op = new Cancelable({ parent: null });
  const file = await op.run(() => download(url, { resume: part }));
  expect(await isWhole(file.blob)).toBe(true);
  return { file, range: (await fate()).headers['range'] };
}

describe('download', () => {
  it('gives the whole file, with its progress', async () => {
    const op = new Cancelable({ parent: null });
    const { url } = faults('file', { etag: '"a"' });
    const { blob, resumedFrom, headers } = await op.run(() => download(url));
    expect(await isWhole(blob)).toBe(true);
    expect(resumedFrom).toBe(0);
    expect(headers.get('etag')).toBe('"a"');
    expect(op.progress).toMatchObject({ current: 300_000, total: 300_000 });
  });

  it('goes on with what a canceled one has left, asking for the rest alone', async () => {
    const part = await cutDownload({ etag: '"a"' });
    const { file, range } = await resume(part, { etag: '"a"' });
    expect(range).toBe('bytes=100000-');
    expect(file.resumedFrom).toBe(100_000);
    expect(part.received).toBe(100_000);
  });

  it('goes on with what was kept of it as plain data', async () => {
    const { blob, validator } = await cutDownload({ etag: '"a"' });
    const { url } = faults('file', { etag: '"a"' });
    const { resumedFrom } = await new Cancelable({ parent: null }).run(() =>
      download(url, { resume: structuredClone({ blob, validator }) }),
    );
    expect(resumedFrom).toBe(100_000);
  });

  it('starts over when the file has changed', async () => {
    const { file, range } = await resume(await cutDownload({ etag: '"a"' }), { etag: '"b"' });
    expect(range).toBe('bytes=100000-');
    expect(file.resumedFrom).toBe(0);
  });

  it('starts over when a range is answered with 200', async () => {
    const { file } = await resume(await cutDownload({ etag: '"a"' }), { etag: '"a"', ranges: 'ignored' });
    expect(file.resumedFrom).toBe(0);
  });

  it('asks for the whole when the version cannot be told', async () => {
    const { file, range } = await resume(await cutDownload({ etag: 'W/"weak"' }), { etag: 'W/"weak"' });
    expect(range).toBeUndefined();
    expect(file.resumedFrom).toBe(0);
  });

  it('is done at once when all of it was there', async () => {
    const { url } = faults('file', { etag: '"a"' });
    const first = await new Cancelable({ parent: null }).run(() => download(url));
    const op = new Cancelable({ parent: null });
    const again = await op.run(() => download(url, { resume: { blob: first.blob, validator: '"a"' } }));
    expect(op.progress).toMatchObject({ current: 300_000, total: 300_000 });
    expect(again.resumedFrom).toBe(300_000);
    expect(again.blob.size).toBe(300_000);
  });

  it('starts over when the server sends another range than the one that was asked for', async () => {
    const part = await cutDownload({ etag: '"a"' });
    const op = new Cancelable({ parent: null });
    const { url } = faults('file', { etag: '"a"', shift: 10 });
    const { blob, resumedFrom } = await op.run(() => download(url, { resume: part }));
    expect(resumedFrom).toBe(0);
    expect(await isWhole(blob)).toBe(true);
  });

  it.each([
    ['reset', { cut: 100_000, then: 'reset', etag: '"a"' }],
    ['that ends before Content-Length', { cut: 100_000, then: 'end', etag: '"a"' }],
  ])('rejects with a NetworkError on a connection %s, and loses no partial result', async (_name, query) => {
    const { url, go } = faults('file', query);
    const op = new Cancelable({ parent: null });
    op.onProgress((_id, _message, { current }) => void (current === 100_000 && go()));
    const outcome = await op.settle(() => download(url));
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'NetworkError' } });
    const { partialResult } = op.context;
    if (!isPartialDownload(partialResult)) throw new Error('It left no partial result.');
    expect(partialResult.received).toBe(100_000);
    await resume(partialResult, { etag: '"a"' });
  });

  it('keeps what has arrived when the body stalls and the time is over', async () => {
    const { url } = faults('file', { cut: 100_000, then: 'stall', etag: '"a"' });
    const op = new Cancelable({ parent: null });
    let isLate = false;
    op.onProgress((_id, _message, { current = 0 }) => {
      if (current < 100_000 || isLate) return;
      isLate = true;
      op.addSource(timeout(50));
    });
    const outcome = await op.settle(() => download(url));
    expect(outcome).toMatchObject({ status: 'canceled', reason: 'timeout' });
    expect(isPartialDownload(op.context.partialResult) && op.context.partialResult.received).toBe(100_000);
  });

  it('does not trust the length of a compressed body, nor goes on with it', async () => {
    const op = new Cancelable({ parent: null });
    const { blob } = await op.run(() => download(faults('compressed').url));
    expect(blob.size).toBe(100_000);
    const { partialResult } = op.context;
    expect(isPartialDownload(partialResult) && [partialResult.total, partialResult.validator]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('rejects with an HttpError', async () => {
    const outcome = await settle(() => download(faults('status', { status: 404 }).url));
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'HttpError', status: 404 } });
  });

  it.each([
    [{ resume: 5 }, 'Option "resume" must be an object; got 5 (number).'],
    [{ resume: { blob: 'text' } }, 'Option "resume": "blob" must be a Blob; got "text" (string).'],
  ])('refuses %o', (options, message) => {
    expect(() => download('/faults/whole', options as never)).toThrow(message);
  });
});
