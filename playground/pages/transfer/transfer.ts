import type { Cancelable } from 'use-cancelable';
import { fetchFile } from './fetchFile.ts';
import { hash } from './hash.ts';
import { PartialFile } from './PartialFile.ts';

export interface Order {
  readonly name: string;
  /** Bytes per second; as fast as it goes when absent. */
  readonly rate?: number | undefined;
  /** What an earlier transfer has kept: this one goes on from there. */
  readonly from?: PartialFile | undefined;
}

/** Downloads a file and computes its checksum on the way. What has arrived is the partial result. */
export async function transfer(op: Cancelable, { name, rate, from }: Order): Promise<PartialFile> {
  const file = new PartialFile(name, from);
  op.context.partialResult = file;
  // Two children at once: the first to fail takes the other down with it. Their weights are their shares of the progress.
  void op.spawn((op) => fetchFile(op, file, rate), { name: 'Download', weight: 4 });
  const checksum = op.spawn((op) => hash(op, file), { name: 'SHA-256', weight: 1 });
  file.checksum = await op.wait(checksum);
  return file;
}
