import { sha256 } from '@noble/hashes/sha2.js';
import { expose } from 'use-cancelable/worker';

// A worker is for one file.
const hasher = sha256.create();
let hashed = 0;

const api = expose({
  /** Takes the next bytes of the file. `total`: how many it has, if that is known. */
  add: async (op, bytes: Blob, total: number | undefined) => {
    for await (const chunk of op.stream(bytes.stream())) {
      hasher.update(chunk);
      hashed += chunk.byteLength;
      op.report('Hashing', total === undefined ? { current: hashed } : { current: hashed, total });
    }
  },
  /** The checksum of what it was given, in hexadecimal. */
  checksum: () => Array.from(hasher.clone().digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
});

export type Api = typeof api;
