// Chunks of the network are small; a Blob of some megabytes may lie on the disk.
const bytesInMemory = 4 * 1024 * 1024;

const brand: unique symbol = Symbol.for('use-cancelable.partialDownload') as never;

/**
 * What a download may go on from. A `PartialDownload` is one; so is what was kept of it, in IndexedDB say.
 *
 * @example
 * const { blob, validator }: DownloadedPart = partial;
 * await database.put('downloads', { blob, validator }, partial.url);
 */
export interface DownloadedPart {
  readonly blob: Blob;
  /** The version of the file that it belongs to; without one, the download starts over. */
  readonly validator: string | undefined;
}

/**
 * What has arrived of a file: the partial result of `download`, up to date at every moment. After the end of the operation
 * it does not change any more.
 *
 * @example
 * const { partialResult } = op.context;
 * if (isPartialDownload(partialResult)) {
 *   const { blob, validator } = partialResult;
 *   await saveForLater({ blob, validator });
 * }
 */
export class PartialDownload implements DownloadedPart {
  readonly url: string;
  #blob: Blob;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #chunkBytes = 0;
  #total: number | undefined;
  #validator: string | undefined;

  /** @internal */
  constructor(url: string, former?: DownloadedPart) {
    this.url = url;
    this.#blob = former?.blob ?? new Blob();
    this.#validator = former?.validator;
  }

  /** Bytes that have arrived. */
  get received(): number {
    return this.#blob.size + this.#chunkBytes;
  }

  /** Bytes of the whole file; undefined when the server does not say, or has said too few. */
  get total(): number | undefined {
    return this.#total !== undefined && this.received > this.#total ? undefined : this.#total;
  }

  /** The bytes that have arrived. */
  get blob(): Blob {
    this.#flush();
    return this.#blob;
  }

  /** What If-Range asks for: a strong ETag, or the date of the last change; undefined when it cannot be gone on with. */
  get validator(): string | undefined {
    return this.#validator;
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** @internal What the server says before the bytes come. */
  describe(total: number | undefined, validator: string | undefined): void {
    this.#total = total;
    this.#validator = validator;
  }

  /** @internal Forgets all: the server sends the whole file. */
  clear(): void {
    this.#blob = new Blob();
    this.#chunks = [];
    this.#chunkBytes = 0;
  }

  /** @internal */
  add(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#chunkBytes += chunk.byteLength;
    if (this.#chunkBytes >= bytesInMemory) this.#flush();
  }

  #flush(): void {
    if (this.#chunks.length === 0) return;
    this.#blob = new Blob([this.#blob, ...this.#chunks]);
    this.#chunks = [];
    this.#chunkBytes = 0;
  }
}

/**
 * True for what a download that did not end has left in `op.context.partialResult`, also of another copy of this package.
 *
 * @example
 * const rest = isPartialDownload(op.partialResult) ? op.partialResult : undefined;
 * run(() => download('/report.pdf', { resume: rest }));
 */
export function isPartialDownload(value: unknown): value is PartialDownload {
  return typeof value === 'object' && value !== null && brand in value;
}
