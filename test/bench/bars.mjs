// `npm run bench:bars`: what a page with a thousand progress bars costs, each of an operation that reports 60 times per
// second. Every contender gets a fresh page in each round, in a changing order. `rounds=9` and `seconds=20` measure longer.
import { pathToFileURL } from 'node:url';
import { bundleForMeasuring } from './bundle.mjs';
import { median, ratio, table } from './markdown.mjs';
import { openChromium, openPage } from './openPage.mjs';
import { takeNumber } from './parameters.mjs';

/** @typedef {typeof import('./bars/page.tsx')} Page */
/** Milliseconds of the main thread per frame, unless said otherwise.
 * @typedef {object} Sample
 * @property {number} script
 * @property {number} task All of the main thread's work.
 * @property {number} style Style and layout.
 * @property {number} framesPerSecond
 * @property {number} late Share of the frames that came a frame late or later.
 * @property {number} renders Calls of the bars' component per frame.
 * @property {number} reports Share of the reports that were made in time.
 */

const warmUp = 1; // seconds
const usual = 'useState'; // what the others are compared with

const { value: rounds, others } = takeNumber(process.argv.slice(2), 'rounds', 3);
const { value: seconds, others: unknown } = takeNumber(others, 'seconds', 5);
if (unknown.length > 0 || !(rounds >= 1) || !(seconds > 0)) {
  console.error('Parameters: rounds=3, seconds=5.');
  process.exit(1);
}

const bundle = await bundleForMeasuring('test/bench/bars/page.tsx');
/** @type {Page} */
const { listContenders, barCount, reportsPerSecond } = await import(pathToFileURL(bundle).href);
const contenders = listContenders().map((name) => ({ name, samples: /** @type {Sample[]} */ ([]) }));
const browser = await openChromium();
for (let round = 0; round < rounds; round += 1) {
  for (let step = 0; step < contenders.length; step += 1) {
    const { name, samples } = /** @type {typeof contenders[number]} */ (contenders[(round + step) % contenders.length]);
    console.error(`round ${round + 1}: ${name} …`);
    samples.push(await measure(name));
  }
}
await browser.close();

console.log(
  `\n${barCount} bars, ${reportsPerSecond} reports per second each, Chromium ${browser.version().split('.')[0]};`,
);
console.log(`milliseconds of the main thread per frame, medians of ${rounds} x ${seconds} s.\n`);
const head = [
  '',
  'script',
  `to ${usual}`,
  'all tasks',
  `to ${usual}`,
  'style, layout',
  'frames/s',
  'late',
  'renders/frame',
];
const rows = contenders.map(({ name }) => {
  /** @param {keyof Sample} field */
  const figure = (field) => medianOf(name, field);
  return [
    name,
    figure('script').toFixed(2),
    ratio(figure('script') / medianOf(usual, 'script')),
    figure('task').toFixed(2),
    ratio(figure('task') / medianOf(usual, 'task')),
    figure('style').toFixed(2),
    figure('framesPerSecond').toFixed(1),
    `${(100 * figure('late')).toFixed(1)} %`,
    figure('renders').toFixed(0),
  ];
});
console.log(table(head, rows));
for (const { name } of contenders) {
  const made = medianOf(name, 'reports');
  if (made < 0.98) console.log(`\n${name}: only ${Math.round(100 * made)} % of the reports could be made.`);
}

/** @param {string} name @returns {Promise<Sample>} */
async function measure(name) {
  const { context, page, loaded } = await openPage(browser, bundle);
  const protocol = await context.newCDPSession(page);
  await protocol.send('Performance.enable');
  const read = async () => {
    const counts = await loaded.evaluate((/** @type {Page} */ page) => page.count());
    const { metrics } = await protocol.send('Performance.getMetrics');
    return { counts, times: Object.fromEntries(metrics.map(({ name, value }) => [name, value])) };
  };
  await loaded.evaluate((/** @type {Page} */ page, name) => page.show(name), name);
  await page.waitForTimeout(1000 * warmUp);
  const before = await read();
  await page.waitForTimeout(1000 * seconds);
  const after = await read();
  await loaded.evaluate((/** @type {Page} */ page) => page.checkBars());
  await context.close();

  /** @param {string} metric In seconds, as all times that the browser tells. */
  const passed = (metric) => Number(after.times[metric]) - Number(before.times[metric]);
  /** @param {keyof typeof after.counts} count */
  const counted = (count) => after.counts[count] - before.counts[count];
  const frames = counted('frames');
  const time = passed('Timestamp');
  return {
    script: (1000 * passed('ScriptDuration')) / frames,
    task: (1000 * passed('TaskDuration')) / frames,
    style: (1000 * (passed('RecalcStyleDuration') + passed('LayoutDuration'))) / frames,
    framesPerSecond: frames / time,
    late: counted('lateFrames') / frames,
    renders: counted('renders') / frames,
    reports: counted('reports') / (barCount * reportsPerSecond * time),
  };
}

/** @param {string} name @param {keyof Sample} field */
function medianOf(name, field) {
  const contender = contenders.find((each) => each.name === name);
  return median((contender?.samples ?? []).map((sample) => sample[field]));
}
