import { afterEach, describe, expect, it } from 'vitest';
import { Cancelable, createRegistry, currentOperation, registry, type OperationSnapshot } from 'use-cancelable/core';
import { untilCanceled } from '../operation/bodies.ts';
import { createGate } from '../operation/gate.ts';
import { nextTask } from '../operation/nextTask.ts';
import { cancel, complete, fail, startRunning } from './operations.ts';

const idsOf = (snapshots: readonly OperationSnapshot[]): string[] => snapshots.map(({ id }) => id);
const statusesOf = (snapshots: readonly OperationSnapshot[]): string[] => snapshots.map(({ status }) => status);

afterEach(() => registry.clear());

describe('an operation with the option register', () => {
  it('is listed while it runs, and is in the history afterwards [case 255]', async () => {
    const own = createRegistry();
    const op = new Cancelable({ register: own, name: 'load' });
    expect(own.list()).toMatchObject([{ id: op.id, name: 'load', status: 'pending' }]);
    await op.run(() => {
      expect(own.list()).toMatchObject([{ id: op.id, status: 'running' }]);
    });
    expect(own.list()).toEqual([]);
    expect(own.history()).toMatchObject([{ id: op.id, status: 'completed' }]);
  });

  it('leaves the list also when it fails or is canceled [case 255]', async () => {
    const own = createRegistry();
    const ids = [(await fail({ register: own })).id, (await cancel({ register: own })).id];
    const pending = new Cancelable({ register: own });
    pending.cancel('never started');
    expect(own.list()).toEqual([]);
    expect(idsOf(own.history())).toEqual([...ids, pending.id]);
    expect(own.history()).toMatchObject([
      { status: 'failed', error: 'failed' },
      { status: 'canceled', cancelReason: 'manual' },
      { status: 'canceled', cancelMessage: 'never started' },
    ]);
  });

  it('is listed as canceled until its body has ended, and the history has what that wrote', async () => {
    const own = createRegistry();
    const op = new Cancelable({ register: own, grace: 60_000 });
    const gate = createGate();
    const run = op.settle(async () => {
      await gate.promise;
      op.context.metadata['saved'] = true;
    });
    op.cancel();
    expect([statusesOf(own.list()), own.history()]).toEqual([['canceled'], []]);
    gate.open();
    await run;
    expect([own.list(), own.history()]).toMatchObject([[], [{ metadata: { saved: true } }]]);
  });

  it('is in the default registry when it says true, and in no other [case 255]', async () => {
    const own = createRegistry();
    const op = startRunning({ register: true });
    expect([idsOf(registry.list()), own.list()]).toEqual([[op.id], []]);
    op.cancel();
    await op.closed;
    expect([registry.list(), idsOf(registry.history())]).toEqual([[], [op.id]]);
  });

  it('may hand it on to its children by giving them the same', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    const child = op.child({ register: own });
    op.child();
    expect(own.list({ parent: op })).toMatchObject([{ id: child.id, parentId: op.id }]);
    op.cancel();
    await op.closed;
    expect(own.history()).toMatchObject([
      { id: child.id, cancelReason: 'parent' },
      { id: op.id, cancelReason: 'manual' },
    ]);
  });
});

describe('an operation without it', () => {
  it('is not registered [case 256]', async () => {
    await complete();
    await complete({ register: false });
    const op = startRunning();
    expect([registry.list(), registry.history()]).toEqual([[], []]);
    op.cancel();
  });
});

describe('register', () => {
  it('lists an operation until it is unregistered, which puts it into the history', async () => {
    const own = createRegistry();
    const op = new Cancelable({ parent: null });
    own.register(op);
    own.register(op);
    await op.run(() => 1);
    expect(own.list()).toMatchObject([{ id: op.id, status: 'completed' }]);
    expect([own.history(), own.get(op.id)]).toEqual([[], op]);
    expect(own.unregister(op)).toBe(true);
    expect([own.list(), idsOf(own.history())]).toEqual([[], [op.id]]);
    expect(own.unregister(op)).toBe(false);
  });

  it('with keep: false lists it until its end; one that has ended goes to the history', async () => {
    const own = createRegistry();
    const ended = await complete();
    own.register(ended, { keep: false });
    const op = startRunning();
    own.register(op, { keep: false });
    expect([idsOf(own.list()), idsOf(own.history())]).toEqual([[op.id], [ended.id]]);
    op.cancel();
    await op.closed;
    expect([own.list(), idsOf(own.history())]).toEqual([[], [ended.id, op.id]]);
  });

  it('keeps one that would have left by itself', async () => {
    const own = createRegistry();
    const op = new Cancelable({ register: own });
    own.register(op);
    own.register(op, { keep: false });
    await op.run(() => 1);
    expect(statusesOf(own.list())).toEqual(['completed']);
  });

  it('forgets what it does not know without a word [case 269]', async () => {
    const own = createRegistry();
    await complete({ register: own });
    const before = own.history();
    expect(own.unregister('unknown')).toBe(false);
    expect(own.unregister(new Cancelable())).toBe(false);
    expect(own.history()).toEqual(before);
  });

  it('unregisters all with an id; what still runs leaves no trace', async () => {
    const own = createRegistry();
    const [running, ended] = [startRunning({ id: 'same' }), await complete({ id: 'same' })];
    for (const op of [running, ended]) own.register(op);
    expect(own.unregister('same')).toBe(true);
    running.cancel();
    await running.closed;
    expect([own.list(), statusesOf(own.history())]).toEqual([[], ['completed']]);
  });
});

describe('get', () => {
  it('gives the live operation, or undefined', async () => {
    const own = createRegistry();
    const op = startRunning({ register: own });
    expect(own.get(op.id)).toBe(op);
    expect(own.get('unknown')).toBeUndefined();
    op.cancel();
    await op.closed;
    expect(own.get(op.id)).toBeUndefined();
  });

  it('gives the newest of several with one id, an ended one last', async () => {
    const own = createRegistry();
    const [first, second] = [startRunning({ id: 'same' }), startRunning({ id: 'same' })];
    const ended = await complete({ id: 'same' });
    for (const op of [first, second, ended]) own.register(op);
    expect(own.get('same')).toBe(second);
    second.cancel();
    expect(own.get('same')).toBe(first);
    first.cancel();
    expect(own.get('same')).toBe(ended);
  });
});

describe('observe', () => {
  it('lists every operation from now on, with its parent, until it is stopped', async () => {
    const own = createRegistry();
    const before = startRunning();
    const stop = own.observe();
    const page = new Cancelable({ parent: null, name: 'page' });
    const run = page.settle(async (op) => {
      void op.spawn(untilCanceled, { name: 'spawned' });
      await op.shield(async () => {
        expect(own.list({ status: 'shielded' })).toHaveLength(1);
      });
      await untilCanceled(op);
    });
    expect(own.list({ parent: page })).toMatchObject([{ name: 'spawned', status: 'running', parentId: page.id }, {}]);
    await nextTask();
    stop();
    stop();
    startRunning();
    expect(own.list().map(({ name }) => name)).toEqual(['page', 'spawned']);
    page.cancel();
    await run;
    expect([own.list(), own.history().length]).toEqual([[], 3]);
    before.cancel();
  });

  it('may be on twice; two registries do not know of each other', async () => {
    const [one, other] = [createRegistry(), createRegistry()];
    const stops = [one.observe(), one.observe(), other.observe()];
    stops[0]!();
    await complete();
    stops[1]!();
    await complete();
    stops[2]!();
    await complete();
    expect([one.history().length, other.history().length]).toEqual([1, 2]);
  });

  it('registers an operation once that says so itself too', async () => {
    const own = createRegistry();
    const stop = own.observe();
    const op = startRunning({ register: own });
    expect(idsOf(own.list())).toEqual([op.id]);
    stop();
    op.cancel();
    await op.closed;
    expect(idsOf(own.history())).toEqual([op.id]);
  });

  it('changes nothing for the operations', async () => {
    const own = createRegistry();
    const stop = own.observe();
    const op = new Cancelable({ parent: null });
    await op.run(async () => {
      await op.sleep(1);
      expect(currentOperation()).toBe(op);
      await op.wait(op.child().run(() => own.list()));
      expect(currentOperation()).toBe(op);
    });
    stop();
    expect(own.statistics()).toMatchObject({ active: 0, totalCompleted: 2 });
  });
});

describe('the default registry', () => {
  it('is one and the same, from both doors, and can be emptied [case 271]', async () => {
    const [core, root] = await Promise.all([import('use-cancelable/core'), import('use-cancelable')]);
    expect(core.registry).toBe(root.registry);
    expect(core.registry).toBe(registry);
    await complete({ register: true });
    const op = startRunning({ register: true });
    registry.clear();
    expect([registry.list(), registry.history(), registry.statistics().totalCompleted]).toEqual([[], [], 0]);
    expect(op.isRunning).toBe(true);
    op.cancel();
    await op.closed;
    expect(registry.history()).toEqual([]);
  });
});
