// `npm run bench`: the package and its contenders, measured in Node and in Chromium. Parameters choose parts of it: `node`,
// `chromium`, names of scenarios; `rounds=15` measures longer.
import { pathToFileURL } from 'node:url';
import { bundleForMeasuring } from './bundle.mjs';
import { seatInNode } from './node.mjs';
import { openChromium, openPage } from './openPage.mjs';
import { takeNumber } from './parameters.mjs';
import { scenarioTable, targetTable } from './tables.mjs';

/** @typedef {import('./measure.ts').Measured} Measured */
/** @typedef {typeof import('./page.ts')} Page */
/** @typedef {import('./page.ts').Listed} Listed */
/** Where one contender is measured. @typedef {{ sample(): Promise<number>, leave(): Promise<void> }} Seat */
/** @typedef {(scenario: string, contender: string) => Promise<Seat>} TakeSeat */
/** @typedef {{ readonly name: string, readonly takeSeat: TakeSeat, readonly close: () => Promise<void> }} Engine */

const bundle = await bundleForMeasuring('test/bench/page.ts');
/** @type {Page} */
const { listScenarios } = await import(pathToFileURL(bundle).href);
const scenarios = listScenarios();
/** @type {Readonly<Record<string, () => Promise<Engine>>>} */
const engines = { node: openNode, chromium: openBrowser };

const { value: rounds, others: asked } = takeNumber(process.argv.slice(2), 'rounds', 5);
const unknown = asked.filter((each) => !(each in engines) && !scenarios.some(({ name }) => name === each));
if (unknown.length > 0 || !(rounds >= 1)) {
  const names = scenarios.map(({ name }) => name).join(', ');
  console.error(`Unknown: ${unknown.join(', ')}. Engines: node, chromium. Scenarios: ${names}. Rounds: rounds=5.`);
  process.exit(1);
}
const chosenScenarios = chooseFrom(scenarios, ({ name }) => asked.includes(name));
const chosenEngines = chooseFrom(Object.entries(engines), ([name]) => asked.includes(name));

const measured = [];
for (const [, open] of chosenEngines) {
  const engine = await open();
  const results = [];
  for (const scenario of chosenScenarios) results.push(await measureScenario(engine, scenario));
  await engine.close();
  measured.push({ engine: engine.name, results });
}
for (const { name } of chosenScenarios) console.log(`\n${scenarioTable(measured, name)}`);
console.log(`\n${targetTable(measured)}`);

/** @param {Engine} engine @param {Listed} scenario @returns {Promise<Measured>} */
async function measureScenario(engine, { name, title, contenders }) {
  console.error(`${engine.name}: ${name} …`);
  const seats = [];
  for (const contender of contenders) {
    seats.push({
      name: contender,
      seat: await engine.takeSeat(name, contender),
      samples: /** @type {number[]} */ ([]),
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < seats.length; step += 1) {
      const { seat, samples } = /** @type {typeof seats[number]} */ (seats[(round + step) % seats.length]);
      samples.push(await seat.sample());
    }
  }
  for (const { seat } of seats) await seat.leave();
  return { scenario: name, title, contenders: seats.map(({ name, samples }) => ({ name, samples })) };
}

/** @returns {Promise<Engine>} */
async function openNode() {
  return {
    name: `Node ${process.versions.node}`,
    takeSeat: (scenario, contender) => seatInNode(bundle, scenario, contender),
    close: async () => {},
  };
}

/** @returns {Promise<Engine>} */
async function openBrowser() {
  const browser = await openChromium();
  return {
    name: `Chromium ${browser.version().split('.')[0]}`,
    async takeSeat(scenario, contender) {
      const { context, loaded } = await openPage(browser, bundle);
      await loaded.evaluate((/** @type {Page} */ page, names) => page.choose(names.scenario, names.contender), {
        scenario,
        contender,
      });
      return {
        sample: () => loaded.evaluate((/** @type {Page} */ page) => page.sample()),
        leave: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/**
 * Those that were asked for, or all if none was.
 * @template T
 * @param {readonly T[]} all @param {(each: T) => boolean} isAsked
 */
function chooseFrom(all, isAsked) {
  const some = all.filter(isAsked);
  return some.length > 0 ? some : all;
}
