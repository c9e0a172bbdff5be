import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/system.mjs';

/**
 * One of the files of this folder and all it imports, in production form, as one module for Node and pages. Returns its path.
 * @param {string} entry The path of the file, from the root of the repository.
 * @param {{ minify?: boolean, forNode?: boolean }} [options] `forNode`: false takes the form of packages that is for browsers.
 */
export async function bundleForMeasuring(entry, { minify = true, forNode = true } = {}) {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { mainFields: [...(forNode ? [] : ['browser']), 'module', 'main'] },
    build: { target: 'es2022', minify, write: false, lib: { entry: join(root, entry), formats: ['es'] } },
  });
  const [built] = Array.isArray(result) ? result : [result];
  if (built === undefined || !('output' in built)) throw new Error(`${entry} was not built.`);
  const [{ code }] = built.output;
  const folder = join(root, 'node_modules/.cache/measuring');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${entry.replaceAll(/\W+/g, '-')}${minify ? '' : '-plain'}.mjs`);
  writeFileSync(path, code);
  return path;
}
