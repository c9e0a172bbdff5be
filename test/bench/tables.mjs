import { median, ratio, table } from './markdown.mjs';
import { targets } from './targets.mjs';

/** @typedef {import('./measure.ts').Measured} Measured */
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
      const samples = samplesOf(measured, name);
      return [
        `${duration(median(samples))} (${spread(samples)})`,
        ratio(median(samples) / median(samplesOf(measured, own))),
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
      const times = median(samplesOf(measured, own)) / median(samplesOf(measured, against));
      return `${ratio(times)} ${times <= factor ? 'met' : 'MISSED'}`;
    });
    return cells.every((cell) => cell === '-') ? [] : [[scenario, `at most ${factor}x ${against}`, ...cells]];
  });
  return rows.length === 0 ? '' : table(['scenario', 'target', ...engines.map(({ engine }) => engine)], rows);
}

/** @param {Measured} measured @param {string} name */
function samplesOf({ contenders }, name) {
  const figures = contenders.find((each) => each.name === name);
  if (figures === undefined) throw new Error(`There is no contender "${name}".`);
  return figures.samples;
}

/** Half of the way from the fastest to the slowest round, in percent of the median. @param {readonly number[]} samples */
function spread(samples) {
  const half = (Math.max(...samples) - Math.min(...samples)) / 2;
  return `${Math.round((100 * half) / median(samples))} %`;
}

/** @param {number} nanoseconds */
function duration(nanoseconds) {
  return nanoseconds < 10_000 ? `${Math.round(nanoseconds)} ns` : `${(nanoseconds / 1000).toFixed(1)} µs`;
}
