import { expect, it, vi } from 'vitest';
import { createWorkerPool } from 'use-cancelable/worker';

it('a pool can be made where there are no workers, with the module of a page that is rendered on a server', () => {
  vi.stubGlobal('navigator', undefined); // as in Node 20
  const create = vi.fn<() => Worker>();
  const pool = createWorkerPool(create);
  vi.unstubAllGlobals();
  expect([pool.size, pool.maxConcurrency]).toEqual([0, 1]);
  expect(create).not.toHaveBeenCalled();
});
