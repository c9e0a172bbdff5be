import { formatBytes, formatSeconds } from '../../words/format.ts';
import { formatDuration } from '../../words/reasons.ts';
import type { FileEntry } from '../../server/contract.ts';

export interface Settings {
  /** Name of the file. */
  readonly file: string;
  /** Bytes per second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  /** Milliseconds; undefined: none. */
  readonly timeout: number | undefined;
}

export const defaultSettings: Settings = { file: 'node', rate: 4e6, timeout: 60_000 };

export const rates = [
  { value: 1e6, word: '1 MB/s' },
  { value: 4e6, word: '4 MB/s' },
  { value: 16e6, word: '16 MB/s' },
  { value: undefined, word: 'Full' },
] as const;

export const timeouts = [
  { value: undefined, word: 'None' },
  { value: 10_000, word: '10 s' },
  { value: 60_000, word: '60 s' },
] as const;

/** A name that the server refuses, so that a failure can be seen. */
export const missing = { name: 'missing', title: 'missing · answered 404' };

/** `node, 98.9 MB, at 4 MB/s, timeout 60 s` */
export function describe({ file: name, rate, timeout }: Settings, files: readonly FileEntry[]): string {
  const file = files.find((entry) => entry.name === name);
  return [
    file === undefined ? name : `${file.name}, ${formatBytes(file.size)}`,
    rate === undefined ? 'at full speed' : `at ${rate / 1e6} MB/s`,
    timeout === undefined ? 'no timeout' : `timeout ${formatDuration(timeout)}`,
  ].join(', ');
}

/** What to expect of a start. */
export function forecast({ file: name, rate, timeout }: Settings, files: readonly FileEntry[]): string {
  if (name === missing.name) return 'The server has no such file, and will say so.';
  const file = files.find((entry) => entry.name === name);
  if (file === undefined) return '';
  if (rate === undefined) return 'As fast as this machine goes.';
  const duration = (file.size / rate) * 1000;
  const sentence = `At ${rate / 1e6} MB/s this takes about ${formatSeconds(duration)}`;
  return timeout !== undefined && duration > timeout ? `${sentence}, longer than its timeout.` : `${sentence}.`;
}
