import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// The registry of a bundle that loads it late, or never: the operations come first, from modules of their own.
const load = () => import('../../../src/cancelable/Cancelable.ts');
const loadRegistry = () => import('../../../src/registry/registry.ts');

beforeEach(() => {
  vi.resetModules();
});

// The files that come after it in the same page have the modules that it leaves.
afterEach(async () => (await loadRegistry()).registry.clear());

describe('register: true before the default registry is loaded', () => {
  it('lists what still runs or waits then, and follows it', async () => {
    const { Cancelable } = await load();
    const pending = new Cancelable({ name: 'pending', register: true });
    const running = new Cancelable({ name: 'running', register: true });
    const run = running.settle((op) => op.wait(new Promise<never>(() => {})));
    const ended = new Cancelable({ name: 'ended', register: true });
    await ended.run(() => 1);
    void new Cancelable({ register: false });
    const { registry } = await loadRegistry();
    expect(registry.list()).toMatchObject([{ name: 'pending' }, { name: 'running', status: 'running' }]);
    expect(registry.history()).toEqual([]);
    running.cancel();
    await run;
    expect(registry.history()).toMatchObject([{ name: 'running', status: 'canceled' }]);
    expect(registry.get(pending.id)).toBe(pending);
  });

  it('remembers each of many', async () => {
    const { Cancelable } = await load();
    const all = Array.from({ length: 100 }, () => new Cancelable({ register: true }));
    for (const op of all.slice(0, 50)) op.cancel();
    const more = Array.from({ length: 100 }, () => new Cancelable({ register: true }));
    const { registry } = await loadRegistry();
    expect(registry.list().map(({ id }) => id)).toEqual([...all.slice(50), ...more].map(({ id }) => id));
  });
});
