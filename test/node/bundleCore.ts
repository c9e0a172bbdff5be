import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const entry = fileURLToPath(new URL('../../src/core.ts', import.meta.url));

/**
 * The core door and all it imports as one file: a module, or a script that leaves the exports in the variable `core`.
 * Packages are not bundled: an import of React stays one, and fails where there is no React.
 */
export async function bundleCore(format: 'es' | 'iife'): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      target: 'es2022',
      minify: false,
      write: false,
      lib: { entry, formats: [format], name: 'core' },
      rolldownOptions: { external: /^[^./\0]/ },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  if (output.length !== 1) throw new Error(`expected one file, got ${output.map((file) => file.fileName).join(', ')}`);
  return output[0].code;
}
