import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIsolated } from './isolated/openIsolated.ts';
import type { Told } from './isolated/page.ts';

let isolated: Awaited<ReturnType<typeof openIsolated>>;
beforeAll(async () => {
  isolated = await openIsolated();
}, 60_000);
afterAll(() => isolated.close());

describe('on an isolated page, a function that never yields', () => {
  it.each(['throwIfCanceled', 'isCanceled', 'status', 'token', 'child', 'wait'])(
    'sees that it is canceled by `%s`, with reason and message, and its worker is kept [case 278]',
    async (name) => {
      // As text: Vitest would take the import for one of its own.
      const script = `import('/page.js').then((page) => page.cancelBusy('${name}'))`;
      const told: Told = await isolated.page.evaluate(script);
      expect(told).toMatchObject({
        isIsolated: true,
        reason: 'signed out',
        message: 'the same',
        made: 1,
        next: true,
      });
      expect(told.duration).toBeLessThan(3000);
    },
  );
});
