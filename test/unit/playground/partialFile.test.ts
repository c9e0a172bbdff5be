import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable';
import { hash } from '../../../playground/pages/transfer/hash.ts';
import { PartialFile } from '../../../playground/pages/transfer/PartialFile.ts';
import { isSettledSoon } from '../operation/nextTask.ts';

const bytesOf = (...values: number[]): Uint8Array => new Uint8Array(values);

const digestOf = (chunks: readonly Uint8Array[]): string => {
  const digest = createHash('sha256');
  for (const chunk of chunks) digest.update(chunk);
  return digest.digest('hex');
};

function hashAll(file: PartialFile, most = 1000): void {
  while (file.hashNext(most));
}

describe('a part of a file', () => {
  it('counts what has arrived, and is whole when that is all', () => {
    const file = new PartialFile('node');
    file.add(bytesOf(1, 2, 3));
    expect(file).toMatchObject({ name: 'node', size: 3, hashed: 0, total: undefined, isWhole: false });
    file.describe({ total: 5, etag: '"v1"' });
    expect(file).toMatchObject({ total: 5, etag: '"v1"', isWhole: false });
    file.add(bytesOf(4, 5));
    expect(file).toMatchObject({ size: 5, isWhole: true });
  });

  it('that is empty is whole at once', () => {
    const file = new PartialFile('empty');
    file.describe({ total: 0, etag: undefined });
    expect(file.isWhole).toBe(true);
    expect(file.checksum()).toBe(digestOf([]));
  });

  it('is hashed in pieces of any length, whatever the chunks were', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 30 }), (chunks, most) => {
        const file = new PartialFile('node');
        for (const chunk of chunks) file.add(chunk);
        hashAll(file, most);
        expect(file.hashed).toBe(file.size);
        expect(file.checksum()).toBe(digestOf(chunks));
      }),
    );
  });

  it('has a checksum of what was hashed so far, which may be asked for at any time', () => {
    const file = new PartialFile('node');
    file.add(bytesOf(1, 2, 3));
    expect(file.hashNext(2)).toBe(true);
    expect([file.hashed, file.checksum()]).toEqual([2, digestOf([bytesOf(1, 2)])]);
    expect(file.hashNext(2)).toBe(true);
    expect([file.hashed, file.checksum()]).toEqual([3, digestOf([bytesOf(1, 2, 3)])]);
    expect(file.hashNext(2)).toBe(false);
  });

  it('goes on from a former one, which never changes', () => {
    const former = new PartialFile('node');
    former.describe({ total: 5, etag: '"v1"' });
    former.add(bytesOf(1, 2, 3));
    former.hashNext(2);
    const file = new PartialFile('node', former);
    expect(file).toMatchObject({ size: 3, hashed: 2, total: 5, etag: '"v1"' });
    file.add(bytesOf(4, 5));
    hashAll(file);
    expect(file.isWhole).toBe(true);
    expect(file.checksum()).toBe(digestOf([bytesOf(1, 2, 3, 4, 5)]));
    expect(former).toMatchObject({ size: 3, hashed: 2, isWhole: false });
    hashAll(former);
    expect(former.checksum()).toBe(digestOf([bytesOf(1, 2, 3)]));
  });

  it('begins anew when the server has another version', () => {
    const file = new PartialFile('node');
    file.describe({ total: 2, etag: '"v1"' });
    file.add(bytesOf(1, 2));
    hashAll(file);
    file.clear();
    expect(file).toMatchObject({ size: 0, hashed: 0 });
    file.add(bytesOf(3));
    hashAll(file);
    expect(file.checksum()).toBe(digestOf([bytesOf(3)]));
  });

  it('has news for all who wait when more arrives, or when more is known', async () => {
    const file = new PartialFile('node');
    const waiting = [file.news(), file.news()];
    expect(await isSettledSoon(Promise.race(waiting))).toBe(false);
    file.add(bytesOf(1));
    await Promise.all(waiting);
    const next = file.news();
    expect(await isSettledSoon(next)).toBe(false);
    file.describe({ total: 1, etag: undefined });
    await next;
  });
});

describe('the hash of a file that arrives', () => {
  it('waits for each part and ends with the checksum of the whole', async () => {
    const file = new PartialFile('node');
    const operation = new Cancelable({ parent: null });
    const checksum = operation.run((op) => hash(op, file));
    file.describe({ total: 5, etag: undefined });
    file.add(bytesOf(1, 2, 3));
    expect(await isSettledSoon(checksum)).toBe(false);
    expect(operation.progress).toMatchObject({ current: 3, total: 5 });
    file.add(bytesOf(4, 5));
    expect(await checksum).toBe(digestOf([bytesOf(1, 2, 3, 4, 5)]));
    expect(operation.progress).toMatchObject({ current: 5, total: 5 });
  });

  it('stops when it is canceled while nothing comes', async () => {
    const file = new PartialFile('node');
    const operation = new Cancelable({ parent: null });
    const outcome = operation.settle((op) => hash(op, file));
    operation.cancel();
    expect(await outcome).toMatchObject({ status: 'canceled', reason: 'manual' });
    await operation.closed;
    expect(operation.isAbandoned).toBe(false);
  });
});
