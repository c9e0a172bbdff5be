// Makes a bare clone ready; needs nothing but Node. `node scripts/up.mjs [browser] [engines]`
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './system.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

const stamp = join(root, 'node_modules/.up');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing the development dependencies (npm ci) …');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) {
    console.error('npm ci failed: see its message above. Nothing can be run without the dependencies.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

// Imported here: they need what was just installed.
if (process.argv.includes('browser')) (await import('./chromium.mjs')).provideChromium();
if (process.argv.includes('engines')) (await import('./engines.mjs')).provideEngines();
