import { targets } from './targets.mjs';

/** @typedef {import('./measure.ts').Measured} Measured */
/** @typedef {import('./measure.ts').Figures} Figures */
/** @typedef {{ readonly engine: string, readonly results: readonly Measured[] }} EngineResults */

const own = 'use-cancelable';

/**
 * All figures of one scenario as a Markdown table: medians, and how often the package's time each contender takes.
 * @param {readonly EngineResults[]} engines
 * @param {string} scenario
 */
export function scenarioTable(engines, scenario) {
  const found = engines.flatMap(({ engine, results }) => {
    const measured = results.find((each) => each.scenario === scenario);
    return measured === undefined ? [] : [{ engine, measured }];
  });
  const [first] = found;
  if (first === undefined) return '';
  const names = first.measured.contenders.map(({ name }) => name);
  const rows = names.map((name) => [
    name,
    ...found.flatMap(({ measured }) => {
      const figures = find(measured, name);
      return [
        `${duration(median(figures))} (${spread(figures)})`,
        ratio(median(figures) / median(find(measured, own))),
      ];
    }),
  ]);
  const head = ['', ...found.flatMap(({ engine }) => [`${engine}, per operation (±)`, `to ${own}`])];
  return `**${scenario}**: ${first.measured.title}\n\n${table(head, rows)}`;
}

/**
 * What was asked, and what came of it.
 * @param {readonly EngineResults[]} engines
 */
export function targetTable(engines) {
  const rows = targets.flatMap(({ scenario, against, factor }) => {
    const cells = engines.map(({ results }) => {
      const measured = results.find((each) => each.scenario === scenario);
      if (measured === undefined) return '-';
      const times = median(find(measured, own)) / median(find(measured, against));
      return `${ratio(times)} ${times <= factor ? 'met' : 'MISSED'}`;
    });
    return cells.every((cell) => cell === '-') ? [] : [[scenario, `at most ${factor}x ${against}`, ...cells]];
  });
  return rows.length === 0 ? '' : table(['scenario', 'target', ...engines.map(({ engine }) => engine)], rows);
}

/** @param {Measured} measured @param {string} name */
function find({ contenders }, name) {
  const figures = contenders.find((each) => each.name === name);
  if (figures === undefined) throw new Error(`There is no contender "${name}".`);
  return figures;
}

/** @param {Figures} figures */
function median({ samples }) {
  const sorted = samples.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [high, low] = [sorted[middle] ?? NaN, sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? NaN];
  return (low + high) / 2;
}

/** Half of the way from the fastest to the slowest round, in percent of the median. @param {Figures} figures */
function spread(figures) {
  const half = (Math.max(...figures.samples) - Math.min(...figures.samples)) / 2;
  return `${Math.round((100 * half) / median(figures))} %`;
}

/** @param {number} nanoseconds */
function duration(nanoseconds) {
  return nanoseconds < 10_000 ? `${Math.round(nanoseconds)} ns` : `${(nanoseconds / 1000).toFixed(1)} µs`;
}

/** @param {number} value */
function ratio(value) {
  return `${value.toFixed(2)}x`;
}

/** @param {readonly string[]} head @param {readonly string[][]} rows */
function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
