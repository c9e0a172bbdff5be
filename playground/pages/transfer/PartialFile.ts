import { sha256 } from '@noble/hashes/sha2.js';

const start = { chunk: 0, offset: 0 };

/** What there is of a file so far: its bytes, and the checksum of as many of them as were hashed. */
export class PartialFile {
  readonly name: string;
  #chunks: Uint8Array[];
  #hasher: ReturnType<typeof sha256.create>;
  /** The chunk that is being hashed, and how many of its bytes are. */
  #place: { readonly chunk: number; readonly offset: number };
  #waiting: Array<() => void> = [];

  /** Bytes that have arrived. */
  size: number;
  /** Bytes that are in the checksum. */
  hashed: number;
  /** Bytes of the whole, once the server has told. */
  total: number | undefined;
  /** Which version of the file this is. */
  etag: string | undefined;

  /** With a former part: a copy that goes on from there, so that what an ended run has kept never changes. */
  constructor(name: string, former?: PartialFile) {
    this.name = name;
    this.#chunks = former === undefined ? [] : [...former.#chunks];
    this.#hasher = former === undefined ? sha256.create() : former.#hasher.clone();
    this.#place = former === undefined ? start : former.#place;
    this.size = former?.size ?? 0;
    this.hashed = former?.hashed ?? 0;
    this.total = former?.total;
    this.etag = former?.etag;
  }

  get isWhole(): boolean {
    return this.total !== undefined && this.size === this.total;
  }

  /** What the server says before the bytes come. */
  describe({ total, etag }: { readonly total: number; readonly etag: string | undefined }): void {
    this.total = total;
    this.etag = etag;
    this.#announce();
  }

  /** Forgets all bytes: the server has another version. */
  clear(): void {
    this.#chunks = [];
    this.#hasher = sha256.create();
    this.#place = start;
    this.size = 0;
    this.hashed = 0;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.size += chunk.byteLength;
    this.#announce();
  }

  /** Resolves when there is more of the file, or more is known of it. */
  news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Takes the next bytes into the checksum, at most `most`. False when there are none yet. */
  hashNext(most: number): boolean {
    const { chunk: index, offset } = this.#place;
    const chunk = this.#chunks[index];
    if (chunk === undefined) return false;
    const bytes = chunk.subarray(offset, offset + most);
    this.#hasher.update(bytes);
    this.hashed += bytes.byteLength;
    const end = offset + bytes.byteLength;
    this.#place = end < chunk.byteLength ? { chunk: index, offset: end } : { chunk: index + 1, offset: 0 };
    return true;
  }

  #announce(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** SHA-256 of what was hashed, in hexadecimal. */
  checksum(): string {
    const digest = this.#hasher.clone().digest();
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}
