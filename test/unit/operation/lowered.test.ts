import { describe, expect, it } from 'vitest';
import { Cancelable, currentOperation, sleep, wait } from 'use-cancelable/core';

// Compilers that lower async functions put helpers of their own in the place of `await`.

type Steps = Generator<unknown, unknown, unknown>;
type Helper = (body: () => Steps) => Promise<unknown>;

const helpers: Record<string, Helper> = {
  // The `__awaiter` of TypeScript for ES2015.
  TypeScript: (body) =>
    new Promise((resolve, reject) => {
      const adopt = (value: unknown): Promise<unknown> =>
        value instanceof Promise ? value : new Promise((done) => done(value));
      const fulfilled = (value: unknown): void => attempt(() => step(steps.next(value)));
      const rejected = (error: unknown): void => attempt(() => step(steps.throw(error)));
      const attempt = (action: () => void): void => {
        try {
          action();
        } catch (error) {
          reject(error);
        }
      };
      const step = (result: IteratorResult<unknown>): void => {
        if (result.done === true) resolve(result.value);
        else void adopt(result.value).then(fulfilled, rejected);
      };
      const steps = body();
      step(steps.next());
    }),
  // The `asyncToGenerator` of Babel and SWC.
  Babel: (body) =>
    new Promise((resolve, reject) => {
      const steps = body();
      const advance = (how: 'next' | 'throw', argument: unknown): void => {
        let result: IteratorResult<unknown>;
        try {
          result = steps[how](argument);
        } catch (error) {
          reject(error);
          return;
        }
        if (result.done === true) resolve(result.value);
        else void Promise.resolve(result.value).then(resume, fail);
      };
      const resume = (value: unknown): void => advance('next', value);
      const fail = (error: unknown): void => advance('throw', error);
      resume(undefined);
    }),
};

for (const [compiler, lowered] of Object.entries(helpers)) {
  describe(`async functions lowered by ${compiler}`, () => {
    it('keep the operation after each wait', async () => {
      const op = new Cancelable();
      const seen: unknown[] = [];
      await op.run(() =>
        lowered(function* () {
          yield wait(Promise.resolve());
          seen.push(currentOperation());
          yield sleep(1);
          seen.push(currentOperation());
          try {
            yield wait(Promise.reject(new Error('failed')));
          } catch {
            seen.push(currentOperation());
          }
        }),
      );
      expect(seen).toEqual([op, op, op]);
    });

    it('never have the operation of another one', async () => {
      const seen = new Set<unknown>();
      const first = new Cancelable();
      const second = new Cancelable();
      const body = (op: Cancelable) => () =>
        lowered(function* () {
          for (let turn = 0; turn < 10; turn += 1) {
            yield wait(
              lowered(function* () {
                yield Promise.resolve();
                seen.add(currentOperation() === undefined);
                return wait(1);
              }),
            );
            seen.add(currentOperation() === op);
          }
        });
      await Promise.all([first.run(body(first)), second.run(body(second))]);
      expect(seen).toEqual(new Set([true]));
    });
  });
}
