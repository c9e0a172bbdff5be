import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expose } from 'use-cancelable/worker';

const step = 1024 * 1024; // bytes

const api = expose({
  hash: async (op, file: File) => {
    const hash = sha256.create();
    for (let end = step; end < file.size + step; end += step) {
      hash.update(new Uint8Array(await op.wait(file.slice(end - step, end).arrayBuffer())));
      op.report('Hashing', { current: Math.min(end, file.size), total: file.size });
    }
    return bytesToHex(hash.digest());
  },
});

export type Api = typeof api;
