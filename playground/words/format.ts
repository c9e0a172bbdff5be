/** What is not known. Never 0, NaN or a guess. */
export const unknown = '–';

/** `98.9 MB`, `116 kB`, `8.1 kB`, `512 B`. Units are powers of ten. */
export function formatBytes(bytes: number): string {
  const unit = unitFor(bytes);
  return `${inUnit(bytes, unit)} ${unit.name}`;
}

/** `37.2 of 98.9 MB`: both in the unit of the whole. */
export function formatBytesOf(bytes: number, total: number | undefined): string {
  if (total === undefined) return formatBytes(bytes);
  const unit = unitFor(total);
  return `${inUnit(bytes, unit)} of ${inUnit(total, unit)} ${unit.name}`;
}

/** `4.0 MB/s`. */
export function formatRate(bytesPerSecond: number | undefined): string {
  return bytesPerSecond === undefined ? unknown : `${formatBytes(bytesPerSecond)}/s`;
}

/** `15 s`, below ten `9.3 s`. */
export function formatSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  // What would round up to 10.0 already reads as whole seconds.
  return seconds >= 9.95 ? `${Math.round(seconds)} s` : `${seconds.toFixed(1)} s`;
}

/** `0.18 s`, `2 ms`: for what is over in a moment. */
export function formatMoment(milliseconds: number): string {
  if (milliseconds < 10) return `${Math.max(1, Math.round(milliseconds))} ms`;
  return milliseconds < 995 ? `${(milliseconds / 1000).toFixed(2)} s` : formatSeconds(milliseconds);
}

/** `37.5`, and never 100 before the end: what would round up stays below. */
export function formatPercent(percent: number | undefined, digits = 0): string {
  if (percent === undefined) return unknown;
  if (percent >= 100) return '100';
  const step = 10 ** digits;
  return (Math.floor(percent * step) / step).toFixed(digits);
}

/** `2,210`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

interface Unit {
  readonly name: string;
  readonly size: number;
}

function unitFor(bytes: number): Unit {
  // From 999,500 on, whole kB would read 1000.
  if (bytes >= 999_500) return { name: 'MB', size: 1e6 };
  // Rates are fractions: 999.6 B would read 1000 as well.
  if (bytes >= 999.5) return { name: 'kB', size: 1e3 };
  return { name: 'B', size: 1 };
}

function inUnit(bytes: number, unit: Unit): string {
  const value = bytes / unit.size;
  const digits = unit.size === 1 || (unit.size === 1e3 && value >= 99.95) ? 0 : 1;
  return value.toFixed(digits);
}
