// Makes a bare clone ready; needs nothing but Node. `node scripts/up.mjs [react18] [browser] [engines]`
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './system.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

install();
if (process.argv.includes('react18')) install('test/react18');

// Imported here: they need what was just installed.
if (process.argv.includes('browser')) (await import('./chromium.mjs')).provideChromium();
if (process.argv.includes('engines')) (await import('./engines.mjs')).provideEngines();

/**
 * Installs what the lockfile of a folder says, unless it was that lockfile that was installed there last.
 * @param {string} folder
 */
function install(folder = '.') {
  const stamp = join(root, folder, 'node_modules/.up');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`Installing the development dependencies${folder === '.' ? '' : ` of ${folder}`} (npm ci) …`);
  if (!run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, folder) })) {
    console.error('npm ci failed: see its message above. Nothing can be run without the dependencies.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
