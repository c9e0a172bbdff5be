// One contender in a Node of its own; see bench.mjs.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {import('./bench.mjs').Seat} Seat */

/**
 * @param {string} bundle @param {string} scenario @param {string} contender
 * @returns {Promise<Seat>}
 */
export async function seatInNode(bundle, scenario, contender) {
  const child = fork(fileURLToPath(import.meta.url), [bundle, scenario, contender], {
    execArgv: ['--expose-gc', '--no-warnings'],
  });
  const answer = async () => {
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${contender} of ${scenario} has left Node with code ${code}.`);
      }),
    ]);
    return Number(message);
  };
  await answer();
  return {
    sample() {
      child.send('sample');
      return answer();
    },
    async leave() {
      child.disconnect();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [bundle = '', scenario = '', contender = ''] = process.argv.slice(2);
  /** @type {typeof import('./page.ts')} */
  const { choose, sample } = await import(pathToFileURL(bundle).href);
  process.on('message', () => void sample().then((figure) => process.send?.(figure)));
  // Timers of contenders would keep it.
  process.on('disconnect', () => process.exit());
  await choose(scenario, contender);
  process.send?.(0);
}
