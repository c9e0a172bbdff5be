import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command and lets its output be seen; true if it succeeded.
 * @param {string} command
 * @param {string[]} parameters
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(command, parameters, options) {
  // npm and npx are batch files on Windows, which only a shell starts.
  const shell = process.platform === 'win32';
  return spawnSync(command, parameters, { cwd: root, stdio: 'inherit', shell, ...options }).status === 0;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first of the programs that PATH leads to.
 * @param {...string} names
 */
export function findOnPath(...names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export const canInstallPackages = process.platform === 'linux' && process.getuid?.() === 0 && findOnPath('apt-get');

/**
 * Installs packages of the distribution; true if that succeeded. For root on a system with apt-get.
 * @param {string[]} packages
 */
export function installPackages(packages) {
  console.log(`Installing ${packages.join(', ')} (apt-get) …`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  // Another installation may be under way: wait for its lock.
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  return (
    run('apt-get', [...patient, 'update'], options) &&
    run('apt-get', [...patient, 'install', '--yes', '--no-install-recommends', ...packages], options)
  );
}
