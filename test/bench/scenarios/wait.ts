import { abortable } from 'abort-controller-x';
import { CPromise } from 'c-promise2';
import { CAF } from 'caf';
import { run, until } from 'effection';
import { Cancelable, wait } from '../../../src/core.ts';
import { Limit } from '../limit.ts';
import type { Scenario } from '../measure.ts';

// One await of a promise that is resolved already, under a guard that would reject it at once.

const forever = (): Promise<never> => new Promise<never>(() => {});
const controller = new AbortController();
const ours = new Cancelable({ parent: null });
void ours.run(forever);
const limit = new Limit();
void limit.run(forever);

export const waitScenario: Scenario = {
  name: 'wait',
  title: 'one guarded await',
  contenders: [
    {
      name: 'plain await',
      measure: async (count) => {
        for (let done = 0; done < count; done += 1) await Promise.resolve(done);
      },
    },
    {
      name: 'guard by hand',
      measure: async (count) => {
        for (let done = 0; done < count; done += 1) await limit.wait(Promise.resolve(done));
      },
    },
    {
      name: 'use-cancelable',
      measure: (count) =>
        new Cancelable({ parent: null }).run(async (op) => {
          for (let done = 0; done < count; done += 1) await op.wait(Promise.resolve(done));
        }),
    },
    {
      name: 'use-cancelable, outside of a body',
      measure: async (count) => {
        for (let done = 0; done < count; done += 1) await ours.wait(Promise.resolve(done));
      },
    },
    {
      name: 'use-cancelable, wait()',
      measure: (count) =>
        new Cancelable({ parent: null }).run(async () => {
          for (let done = 0; done < count; done += 1) await wait(Promise.resolve(done));
        }),
    },
    {
      name: 'abort-controller-x',
      measure: async (count) => {
        for (let done = 0; done < count; done += 1) await abortable(controller.signal, Promise.resolve(done));
      },
    },
    {
      name: 'caf',
      measure: (count) =>
        CAF<void>(function* () {
          for (let done = 0; done < count; done += 1) yield Promise.resolve(done);
        })(new CAF.cancelToken().signal),
    },
    {
      name: 'c-promise2',
      measure: (count) =>
        CPromise.run<void>(function* () {
          for (let done = 0; done < count; done += 1) yield Promise.resolve(done);
        }),
    },
    {
      name: 'effection',
      measure: (count) =>
        run(function* () {
          for (let done = 0; done < count; done += 1) yield* until(Promise.resolve(done));
        }),
    },
  ],
};
