import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { canInstallPackages, findOnPath, installPackages, isExecutable, root, run } from './system.mjs';

const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

const help = `
No Chromium could be found or installed, and the tests need one. One of these helps:
  - install Chromium or Google Chrome so that PATH leads to it (on Debian and Ubuntu: apt-get install chromium)
  - npx playwright install chromium
  - set CHROME_PATH to the browser's executable
`;

/** Finds a Chromium, or installs one, and leaves its path for vite.config.ts. Ends the process when none can be had. */
export function provideChromium() {
  const path = find() ?? install();
  if (path === undefined) {
    console.error(help);
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(join(root, 'node_modules/.cache/chromium-path'), path);
}

function find() {
  const given = process.env['CHROME_PATH'];
  if (given) {
    if (isExecutable(given)) return given;
    console.error(`CHROME_PATH is ${given}, which cannot be executed.`);
    process.exit(1);
  }
  return (
    findOnPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome') ??
    [...usual, chromium.executablePath()].find(isExecutable)
  );
}

function install() {
  console.log('No Chromium found. Installing one (playwright install chromium) …');
  if (run('npx', ['playwright', 'install', 'chromium'], { timeout: 300_000 })) return find();
  if (canInstallPackages && installPackages(['chromium'])) return find();
  return undefined;
}
