import { task } from '../base/jobs.js';
import { isDevelopment } from './isDevelopment.js';

/** Tells an effect that starts a run for every render from a loop that starts many runs at once. */
export interface LoopGuard {
  onRender(): void;
  onRun(): void;
}

const silent: LoopGuard = { onRender() {}, onRun() {} };

/**
 * An effect that depends on the whole object of `useCancelable` starts a run, which renders, which starts a run. React ends
 * that with "Maximum update depth exceeded" after 50; before that this says what is wrong.
 */
export function createLoopGuard(): LoopGuard {
  if (!isDevelopment) return silent;
  let rounds = 0;
  let hasRendered = true;
  return {
    onRender() {
      hasRendered = true;
    },
    onRun() {
      if (!hasRendered) return;
      hasRendered = false;
      if (rounds === 0) task(() => (rounds = 0));
      rounds += 1;
      if (rounds === 25) {
        console.warn(
          'use-cancelable: 25 runs were started within one task, each after a render. Probably an effect depends on the ' +
            'whole object of useCancelable, which changes with every run. Depend on its functions: ' +
            'const { run } = useCancelable(…); useEffect(…, [run]).',
        );
      }
    },
  };
}
