// `npm run bench:download`: how long a body of a real server takes through the helpers and without them, and how the memory of
// the page grows meanwhile, in Chromium. Contenders take turns, in a changing order, each in a page of its own for memory.
// Parameters: `rounds=7`, `megabytes=200`.
import { readFileSync } from 'node:fs';
import { bundleForMeasuring } from './bundle.mjs';
import { serveBodies } from './download/server.mjs';
import { median, ratio, table } from './markdown.mjs';
import { openChromium } from './openPage.mjs';
import { takeNumber } from './parameters.mjs';

/** @typedef {typeof import('./download/page.ts')} Page */

const { value: rounds, others } = takeNumber(process.argv.slice(2), 'rounds', 7);
const { value: megabytes, others: unknown } = takeNumber(others, 'megabytes', 200);
if (unknown.length > 0 || !(rounds >= 1) || !(megabytes >= 1)) {
  console.error('Parameters: rounds=7, megabytes=200.');
  process.exit(1);
}

const megabyte = 1_000_000; // bytes
const bytes = megabytes * megabyte;
const usual = 'fetch, read'; // what the others are compared with

const bundle = await bundleForMeasuring('test/bench/download/page.ts', { forNode: false });
const { address, close } = await serveBodies(bundle);
const times = await measureTimes();
const growths = await measureMemory();
close();

const base = median(times.get(usual) ?? []);
const rows = [...times].map(([name, samples]) => {
  const time = median(samples);
  const { most = NaN, left = NaN } = growths.get(name) ?? {};
  return [name, (bytes / megabyte / (time / 1000)).toFixed(0), ratio(time / base), most.toFixed(0), left.toFixed(0)];
});
console.log(`\n${megabytes} MB from a server on this machine, Chromium, ${rounds} rounds (medians).\n`);
console.log(table(['', 'MB/s', `time to ${usual}`, 'page: most MB', 'MB after'], rows));

async function measureTimes() {
  const browser = await openChromium();
  const { loaded } = await open(browser);
  const names = await loaded.evaluate((page) => page.listContenders());
  const samples = new Map(names.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = -1; round < rounds; round += 1) {
    for (let step = 0; step < names.length; step += 1) {
      const name = names[(Math.max(round, 0) + step) % names.length] ?? '';
      const time = await take(loaded, name);
      if (round >= 0) samples.get(name)?.push(time); // the first one warms up
    }
  }
  await browser.close();
  return samples;
}

/** How much more memory than before the page has at most, and after it: its share of what the system gave (PSS). */
async function measureMemory() {
  const growths = new Map();
  for (const name of times.keys()) {
    const browser = await openChromium();
    const { loaded, page } = await open(browser);
    const pids = await pageProcesses(browser);
    const collect = () => page.evaluate(() => globalThis.gc?.());
    await collect();
    const before = memoryOf(pids);
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, memoryOf(pids))), 10);
    await take(loaded, name);
    clearInterval(timer);
    await collect();
    growths.set(name, { most: most - before, left: memoryOf(pids) - before });
    await browser.close();
  }
  return growths;
}

/** @param {import('playwright').JSHandle<Page>} loaded @param {string} name */
function take(loaded, name) {
  const question = { name, url: `${address}/body?bytes=${bytes}`, bytes };
  return loaded.evaluate((page, { name, url, bytes }) => page.sample(name, url, bytes), question);
}

/** @param {import('playwright').Browser} browser */
async function open(browser) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(address);
  /** @type {unknown} The types take what `import()` gives for an element. */
  const imported = await page.evaluateHandle((url) => import(url), `${address}/module.mjs`);
  return { page, loaded: /** @type {import('playwright').JSHandle<Page>} */ (imported) };
}

/** Those of the page, and the spare one that waits for the next. @param {import('playwright').Browser} browser */
async function pageProcesses(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Megabytes, on Linux. @param {readonly number[]} pids */
function memoryOf(pids) {
  let sum = 0;
  for (const pid of pids) {
    const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    sum += (Number(kilobytes) * 1024) / megabyte;
  }
  return sum;
}
