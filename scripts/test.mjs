// What `npm test` runs. `npm test -- lint types` runs these steps only, and those that they need.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './system.mjs';

const report = 'node_modules/.cache/vitest.json';

/** @typedef {{ name: string, script: string, parameters?: string[], needs?: string }} Step */
/** @typedef {{ name: string, seconds: number, result: 'passed' | 'FAILED' | 'not run' }} Outcome */

// The steps of a round run at the same time. The tests have the machine for themselves: some of them measure.
/** @type {Step[][]} */
const rounds = [
  [
    { name: 'format', script: 'format:check' },
    { name: 'lint', script: 'lint' },
  ],
  [
    { name: 'types', script: 'typecheck' },
    { name: 'build', script: 'build' },
  ],
  [
    { name: 'package', script: 'check:package', needs: 'build' },
    { name: 'size', script: 'size', needs: 'build' },
  ],
  // The built package as a user's compiler sees it, in the newest TypeScript and in 5.
  [{ name: 'consumer', script: 'check:consumer', needs: 'build' }],
  [
    {
      name: 'tests',
      script: 'vitest',
      parameters: ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    },
  ],
];

const steps = rounds.flat();
const names = new Set(steps.map((step) => step.name));
const asked = new Set(process.argv.slice(2));
const unknown = [...asked].filter((name) => !names.has(name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. The steps are: ${[...names].join(', ')}.`);
  process.exit(1);
}
const needed = new Set(steps.flatMap((step) => (asked.has(step.name) && step.needs ? [step.needs] : [])));
const isChosen = (/** @type {Step} */ { name }) => asked.size === 0 || asked.has(name) || needed.has(name);

// Format and lint pass over a folder that is not there without a word.
const missing = ['src', 'test', 'playground', 'scripts'].filter((folder) => !existsSync(join(root, folder)));
if (missing.length > 0) {
  console.error(`Nothing to check: ${missing.join(', ')} is missing.`);
  process.exit(1);
}

// A report of an earlier run must not pass for one of this run.
rmSync(join(root, report), { force: true });

/** @type {Outcome[]} */
const outcomes = [];
for (const round of rounds) {
  const chosen = round.filter(isChosen);
  outcomes.push(...(await Promise.all(chosen.map(runStep))));
}

console.log(`\n${'step'.padEnd(10)}${'seconds'.padStart(8)}   result`);
for (const { name, seconds, result } of outcomes) {
  console.log(`${name.padEnd(10)}${seconds.toFixed(1).padStart(8)}   ${result}`);
}
if (outcomes.some((outcome) => outcome.name === 'tests')) console.log(`\n${counts()}`);
process.exitCode = outcomes.every((outcome) => outcome.result === 'passed') ? 0 : 1;

/**
 * Runs one npm script; what it prints is shown when it fails.
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function runStep({ name, script, parameters = [], needs }) {
  if (needs && outcomes.some((outcome) => outcome.name === needs && outcome.result !== 'passed')) {
    console.log(`${name}: not run, ${needs} failed`);
    return { name, seconds: 0, result: 'not run' };
  }
  console.log(`${name} …`);
  const start = performance.now();
  // npm is a batch file on Windows, which only a shell starts.
  const shell = process.platform === 'win32';
  const child = spawn('npm', ['run', '--silent', script, '--', ...parameters], {
    cwd: root,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - start) / 1000;
  const result = code === 0 ? 'passed' : 'FAILED';
  console.log(`${name}: ${result} after ${seconds.toFixed(1)} s`);
  if (result === 'FAILED') console.log(`\n${Buffer.concat(output).toString().trimEnd()}\n`);
  return { name, seconds, result };
}

function counts() {
  if (!existsSync(join(root, report))) return 'The tests ended before they could be counted.';
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(join(root, report), 'utf8'),
  );
  return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`;
}
