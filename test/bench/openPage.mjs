import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { root } from '../../scripts/system.mjs';

const address = 'https://measuring.test/';

/** A Chromium whose pages have the garbage collector as `gc`. */
export async function openChromium() {
  const found = join(root, 'node_modules/.cache/chromium-path');
  return await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? readFileSync(found, 'utf8'),
    args: [
      '--disable-dev-shm-usage',
      '--js-flags=--expose-gc',
      // Chromium refuses to run its sandbox for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/**
 * A page with a process of its own that has loaded the module.
 * @template Module
 * @param {import('playwright').Browser} browser
 * @param {string} file The module's.
 */
export async function openPage(browser, file) {
  const context = await browser.newContext();
  const page = await context.newPage();
  // A secure address, as a production page has one; nothing leaves this machine.
  await page.route(`${address}**`, (route) =>
    route.request().url() === address
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Measuring</title>' })
      : route.fulfill({ contentType: 'text/javascript', path: file }),
  );
  page.on('pageerror', (error) => console.error(error));
  await page.goto(address);
  /** @type {unknown} The types take what `import()` gives for an element. */
  const imported = await page.evaluateHandle((url) => import(url), `${address}module.mjs`);
  const loaded = /** @type {import('playwright').JSHandle<Module>} */ (imported);
  return { context, page, loaded };
}
