// `npm run heap`: how much of the heap a million operations under one parent leave behind, in Node and in Chromium. Fails when
// it is more than noise. Parameters: `node`, `chromium`, `count=100000`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleForMeasuring } from '../bench/bundle.mjs';
import { openChromium, openPage } from '../bench/openPage.mjs';

/** @typedef {typeof import('./page.ts')} Page */
/** @typedef {{ readonly engine: string, readonly kind: string, readonly bytes: number, readonly outside: number | undefined, readonly signals: number | undefined }} Growth */

// Bytes per operation. The smallest thing that could be left behind, an entry in a list, has 8; the engine's own tables and
// its code come and go by some 100 kB, whatever the count: enough operations make that small.
const noise = 1;
const noiseAtOnce = 500_000;
// The browser's own heap, which holds the native half of signals, swings by 3 MB without a trend: it is swept lazily. Signals
// are therefore counted as well.
const noiseOutside = 4;
const noiseOutsideAtOnce = 4_000_000;
const warmUp = 50_000;

const parameters = process.argv.slice(2);
if (parameters[0] === 'measure') await measureHere(parameters.slice(1));
else await measureAll();

async function measureAll() {
  const count = Number(parameters.find((each) => each.startsWith('count='))?.slice(6) ?? 1_000_000);
  const engines = parameters.filter((each) => !each.startsWith('count='));
  if (!(count >= 100) || engines.some((each) => each !== 'node' && each !== 'chromium')) {
    console.error('Parameters: node, chromium, count=1000000.');
    process.exit(1);
  }
  const bundle = await bundleForMeasuring('test/heap/page.ts');
  /** @type {Page} */
  const { listKinds } = await import(pathToFileURL(bundle).href);
  /** @type {Growth[]} */
  const growths = [];
  for (const kind of listKinds()) {
    if (!engines.includes('chromium') || engines.includes('node')) growths.push(inNode(bundle, kind, count));
    if (!engines.includes('node') || engines.includes('chromium')) growths.push(await inChromium(bundle, kind, count));
  }
  const limit = Math.max(noise, noiseAtOnce / count);
  const limitOutside = Math.max(noiseOutside, noiseOutsideAtOnce / count);
  console.log(
    `\n${count.toLocaleString('en')} operations under one parent. Noise, in bytes per operation: ${limit}, and`,
  );
  console.log(`${limitOutside} in the browser's own heap.\n`);
  console.log('| operations | engine | bytes per operation | in the browser | AbortSignals more | |');
  console.log('| --- | --- | ---: | ---: | ---: | --- |');
  for (const { engine, kind, bytes, outside, signals } of growths) {
    const fine = bytes <= limit && (outside ?? 0) <= limitOutside && (signals ?? 0) <= 20;
    if (!fine) process.exitCode = 1;
    const cells = [
      kind,
      engine,
      bytes.toFixed(3),
      outside?.toFixed(3) ?? '',
      signals ?? '',
      fine ? 'nothing' : 'GROWS',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** @param {string} bundle @param {string} kind @param {number} count @returns {Growth} */
function inNode(bundle, kind, count) {
  console.error(`Node: ${kind} …`);
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url), 'measure', bundle, kind, String(count)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`${kind} has failed in Node.`);
  return { engine: 'Node', kind, bytes: Number(stdout), outside: undefined, signals: undefined };
}

/** @param {readonly string[]} parameters */
async function measureHere([bundle = '', kind = '', count = '']) {
  /** @type {Page} */
  const { churn } = await import(pathToFileURL(bundle).href);
  const used = async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  await churn(kind, warmUp);
  const before = await used();
  await churn(kind, Number(count));
  const after = await used();
  process.stdout.write(String((after - before) / Number(count)), () => process.exit());
}

/** @param {string} bundle @param {string} kind @param {number} count @returns {Promise<Growth>} */
async function inChromium(bundle, kind, count) {
  console.error(`Chromium: ${kind} …`);
  const browser = await openChromium();
  const { context, page, loaded } = await openPage(browser, bundle);
  const protocol = await context.newCDPSession(page);
  const used = async () => {
    let least = { usedSize: Infinity, embedderHeapUsedSize: Infinity };
    for (let turn = 0; turn < 8; turn += 1) {
      await protocol.send('HeapProfiler.collectGarbage');
      const usage = await protocol.send('Runtime.getHeapUsage');
      if (usage.usedSize < least.usedSize) least = usage;
      await page.waitForTimeout(50);
    }
    return least;
  };
  const churn = (/** @type {number} */ times) =>
    loaded.evaluate((/** @type {Page} */ { churn }, { kind, times }) => churn(kind, times), { kind, times });
  await churn(warmUp);
  const before = { ...(await used()), signals: await countSignals(protocol) };
  await churn(count);
  const after = { ...(await used()), signals: await countSignals(protocol) };
  await browser.close();
  return {
    engine: 'Chromium',
    kind,
    bytes: (after.usedSize - before.usedSize) / count,
    outside: (after.embedderHeapUsedSize - before.embedderHeapUsedSize) / count,
    signals: after.signals - before.signals,
  };
}

/** All that live, told by the browser itself. @param {import('playwright').CDPSession} protocol */
async function countSignals(protocol) {
  const { result: prototype } = await protocol.send('Runtime.evaluate', { expression: 'AbortSignal.prototype' });
  const prototypeObjectId = String(prototype.objectId);
  const { objects } = await protocol.send('Runtime.queryObjects', { prototypeObjectId, objectGroup: 'signals' });
  const { result: length } = await protocol.send('Runtime.callFunctionOn', {
    objectId: String(objects.objectId),
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await protocol.send('Runtime.releaseObjectGroup', { objectGroup: 'signals' });
  return Number(length.value);
}
