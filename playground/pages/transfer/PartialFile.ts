import type { PartialDownload } from 'use-cancelable/fetch';

/** What a transfer has of a file so far. Once it has ended, that never changes. */
export class PartialFile {
  readonly name: string;
  /** What the transfer before has left. */
  readonly former: PartialDownload | undefined;
  #arrived: PartialDownload | undefined;
  #waiting: Array<() => void> = [];
  /** True when nothing more will come. */
  isWhole: boolean;
  /** SHA-256 of the whole in hexadecimal, once it is known. */
  checksum: string | undefined;

  /** With a former part: one that goes on from there. */
  constructor(name: string, from?: PartialFile) {
    this.name = name;
    this.former = from?.download;
    this.isWhole = from?.isWhole ?? false;
    if (this.isWhole) this.#arrived = this.former;
  }

  /** The bytes that are here. Until the server has answered, those of the transfer before: it may have another version. */
  get download(): PartialDownload | undefined {
    return this.#arrived ?? this.former;
  }

  /** Bytes that are here. */
  get size(): number {
    return this.download?.received ?? 0;
  }

  /** Bytes of the whole, once the server has told. */
  get total(): number | undefined {
    return this.download?.total;
  }

  /** Takes what comes in: once it is known, and whenever there is more of it. */
  arrive(download: PartialDownload): void {
    this.#arrived = download;
    this.#announce();
  }

  complete(): void {
    this.isWhole = true;
    this.#announce();
  }

  /** The bytes that have arrived behind the first `start`: at least `least`, or all that is left. Undefined: not yet. */
  bytesFrom(start: number, least: number): Blob | undefined {
    const download = this.#arrived;
    if (download === undefined || (!this.isWhole && download.received - start < least)) return undefined;
    return download.blob.slice(start);
  }

  /** Resolves when there is more of the file, or more is known of it. */
  news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #announce(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
