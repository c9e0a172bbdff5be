// `npm run bench:worker`: a round trip to a worker and back, one after the other and many at once, in Chromium. All contenders
// live in one page and take turns, in a changing order. `rounds=15` measures longer.
import { bundleForMeasuring } from './bundle.mjs';
import { median, ratio, table } from './markdown.mjs';
import { openChromium, openPage } from './openPage.mjs';
import { takeNumber } from './parameters.mjs';

/** @typedef {typeof import('./worker/page.ts')} Page */

const { value: rounds, others: unknown } = takeNumber(process.argv.slice(2), 'rounds', 9);
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error('Parameters: rounds=9.');
  process.exit(1);
}

const usual = 'postMessage'; // what the others are compared with
const count = 1000;
const kinds = [
  { title: 'one after the other', atOnce: 1 },
  { title: '100 at once', atOnce: 100 },
];

const bundle = await bundleForMeasuring('test/bench/worker/page.ts');
const browser = await openChromium();
/** @type {{ loaded: import('playwright').JSHandle<Page> }} */
const { loaded } = await openPage(browser, bundle);
const names = await loaded.evaluate((page) => page.listContenders());
const sets = kinds.map((kind) => ({ ...kind, samples: names.map(() => /** @type {number[]} */ ([])) }));
for (let round = -2; round < rounds; round += 1) {
  for (const { atOnce, samples } of sets) {
    for (let step = 0; step < names.length; step += 1) {
      const index = (Math.max(round, 0) + step) % names.length;
      const question = { name: names[index] ?? '', count, atOnce };
      const value = await loaded.evaluate(
        (page, { name, count, atOnce }) => page.sample(name, count, atOnce),
        question,
      );
      if (round >= 0) samples[index]?.push(value); // the first ones warm up
    }
  }
}
await browser.close();

for (const { title, samples } of sets) {
  const base = median(samples[names.indexOf(usual)] ?? []);
  const rows = names.map((name, index) => {
    const middle = median(samples[index] ?? []);
    return [name, middle.toFixed(1), ratio(middle / base)];
  });
  console.log(`\n${title}: microseconds per round trip, Chromium ${browser.version().split('.')[0]}\n`);
  console.log(table(['', 'µs', `to ${usual}`], rows));
}
