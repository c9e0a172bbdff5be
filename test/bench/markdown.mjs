// What tables of figures are made of.

/** @param {readonly number[]} samples */
export function median(samples) {
  const sorted = samples.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [high, low] = [sorted[middle] ?? NaN, sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? NaN];
  return (low + high) / 2;
}

/** @param {number} value */
export function ratio(value) {
  return `${value.toFixed(2)}x`;
}

/** @param {readonly string[]} head @param {readonly string[][]} rows */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
