import { describe, expect, it, vi } from 'vitest';
import { Cancelable, ParentCancelation, type OperationContext } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';

/** A running operation with two running children, the runs' rejections taken. */
function createFamily(): { parent: Cancelable; children: [Cancelable, Cancelable]; ended: Promise<unknown> } {
  const parent = new Cancelable({ parent: null });
  const children: [Cancelable, Cancelable] = [parent.child(), parent.child()];
  const run = parent.settle(() => Promise.all(children.map((child) => child.run(untilCanceled))));
  return { parent, children, ended: run };
}

describe('a child', () => {
  it('knows its parent, which lists it [case 33]', () => {
    const parent = new Cancelable();
    const child = new Cancelable({ parent });
    const other = parent.child();
    expect(child.parent).toBe(parent);
    expect(child.context.parentId).toBe(parent.id);
    expect(parent.children).toEqual([child, other]);
    expect(parent.parent).toBeUndefined();
  });

  it('is released by its parent when it has ended, in whatever way', async () => {
    const parent = new Cancelable();
    await parent.run(async (op) => {
      await op.child().run(() => 1);
      await op.child().settle(() => Promise.reject(new Error('no')));
      const canceled = op.child();
      canceled.cancel();
      await canceled.settle(() => 1);
      expect(op.children).toEqual([]);
      const alive = op.child();
      expect(op.children).toEqual([alive]);
    });
  });

  it('is listed by its parent in the order of the starts while it runs [case 49]', async () => {
    const { parent, children, ended } = createFamily();
    expect(parent.children).toEqual(children);
    parent.cancel();
    await ended;
    expect(parent.children).toEqual([]);
  });

  it('that is canceled touches neither its parent nor its siblings [case 40]', async () => {
    const parent = new Cancelable();
    const [canceled, sibling] = [parent.child(), parent.child()];
    const gate = createGate<string>();
    const value = await parent.run(async (op) => {
      const first = canceled.run(untilCanceled);
      const second = sibling.run(() => gate.promise);
      canceled.cancel('only this one');
      await op.wait(first).catch(() => {});
      expect([parent.status, canceled.status, sibling.status]).toEqual(['running', 'canceled', 'running']);
      gate.open('done');
      return op.wait(second);
    });
    expect(value).toBe('done');
    expect([parent.status, sibling.status]).toEqual(['completed', 'completed']);
  });

  it('that fails takes its parent along when the body lets the error through, child first [case 46]', async () => {
    const error = new Error('no such row');
    const told: unknown[] = [];
    const tell = ({ name }: OperationContext, thrown: unknown): unknown => told.push([name, thrown]);
    const parent = new Cancelable({ name: 'parent' }).onError(tell);
    const child = parent.child({ name: 'child' }).onError(tell);
    await expect(parent.run(() => child.run(() => Promise.reject(error)))).rejects.toBe(error);
    expect([parent.status, child.status]).toEqual(['failed', 'failed']);
    expect([parent.error, child.error]).toEqual([error, error]);
    expect([parent.context.error, child.context.error]).toEqual(['no such row', 'no such row']);
    expect(told).toEqual([
      ['child', error],
      ['parent', error],
    ]);
  });

  it('that fails is the business of whoever awaits it', async () => {
    const parent = new Cancelable();
    const value = await parent.run(async (op) => {
      await op
        .child()
        .run(() => Promise.reject(new Error('no')))
        .catch(() => {});
      return 'went on';
    });
    expect([value, parent.status]).toEqual(['went on', 'completed']);
  });

  it('starts after its parent and ends before it, level by level [case 39]', async () => {
    const order: string[] = [];
    const descend = async (op: Cancelable, level: number): Promise<void> => {
      order.push(`start ${level}`);
      if (level > 0) await op.child().run((child) => descend(child, level - 1));
      order.push(`end ${level}`);
    };
    await new Cancelable().run((op) => descend(op, 3));
    expect(order).toEqual(
      [3, 2, 1, 0].map((level) => `start ${level}`).concat([0, 1, 2, 3].map((level) => `end ${level}`)),
    );
  });
});

describe('a cancel', () => {
  it('reaches all running children, with reason parent [case 34]', async () => {
    const { parent, children, ended } = createFamily();
    expect(parent.cancel('enough')).toBe(true);
    expect(children.map((child) => [child.status, child.reason])).toEqual([
      ['canceled', 'parent'],
      ['canceled', 'parent'],
    ]);
    await ended;
    expect([parent.reason, parent.message]).toEqual(['manual', 'enough']);
  });

  it('tells a child why its parent was canceled [case 36]', async () => {
    const { parent, children, ended } = createFamily();
    parent.cancel({ reason: 'signal', message: 'bye' });
    await ended;
    const error = children[0].error as ParentCancelation;
    expect(error).toBeInstanceOf(ParentCancelation);
    expect(error).toMatchObject({ reason: 'parent', parentId: parent.id, parentReason: 'signal' });
    expect(error.cause).toBe(parent.error);
    expect(error.cause).toMatchObject({ reason: 'signal', message: 'bye' });
  });

  it('reaches a grandchild, and each knows its own parent [case 38]', async () => {
    const grandparent = new Cancelable({ id: 'grandparent' });
    const parent = grandparent.child({ id: 'parent' });
    const child = parent.child({ id: 'child' });
    const ended = grandparent.settle(() => parent.run(() => child.run(untilCanceled)));
    grandparent.cancel('enough');
    await ended;
    expect([grandparent, parent, child].map((op) => [op.status, op.reason, op.context.parentId])).toEqual([
      ['canceled', 'manual', undefined],
      ['canceled', 'parent', 'grandparent'],
      ['canceled', 'parent', 'parent'],
    ]);
    const error = child.error as ParentCancelation;
    expect(error).toMatchObject({ parentId: 'parent', parentReason: 'parent' });
    expect(error.cause).toBe(parent.error);
    expect(error.rootCause).toBe(grandparent.error);
  });

  it('leaves the children alone when it is told so [case 41]', async () => {
    const gate = createGate<string>();
    const parent = new Cancelable();
    const [running, pending] = [parent.child(), parent.child()];
    const grandchild = running.child();
    const run = parent.settle(() => running.run(() => grandchild.run(() => gate.promise)));
    parent.cancel({ message: 'only me', propagate: false });
    expect([parent, running, grandchild, pending].map((op) => op.status)).toEqual([
      'canceled',
      'running',
      'running',
      'pending',
    ]);
    gate.open('done');
    await expect(run).resolves.toMatchObject({ status: 'canceled', message: 'only me' });
    expect([running.status, grandchild.status]).toEqual(['completed', 'completed']);
    expect(grandchild.signal.aborted).toBe(false);
  });

  it('that leaves the children alone can be followed by one that reaches them', async () => {
    const gate = createGate();
    const parent = new Cancelable();
    const child = parent.child();
    const grandchild = child.child();
    const run = parent.settle(() => child.run(() => grandchild.run(() => gate.promise)));
    parent.cancel({ propagate: false });
    expect(child.cancel('now')).toBe(true);
    await run;
    expect([child.reason, child.message, grandchild.reason]).toEqual(['manual', 'now', 'parent']);
  });

  it('ends a child that was never started: its signal is aborted and its body never runs [case 43]', async () => {
    const parent = new Cancelable();
    const child = parent.child();
    const { signal } = child;
    const onCancel = vi.fn<() => void>();
    child.onCancel(onCancel);
    await Promise.resolve();
    parent.cancel('enough');
    expect([child.status, child.reason, signal.aborted]).toEqual(['canceled', 'parent', true]);
    expect(signal.reason).toBe(child.error);
    expect(onCancel).toHaveBeenCalledOnce();
    const body = vi.fn<() => void>();
    await expect(child.run(body)).rejects.toBe(child.error);
    expect(body).not.toHaveBeenCalled();
  });

  it('leaves children alone that have ended or were canceled before [case 44]', async () => {
    const parent = new Cancelable();
    const gate = createGate();
    const [completed, failed, canceled] = [parent.child(), parent.child(), parent.child()];
    // Canceled before its parent, and still on its way out when that is canceled.
    const unwinding = parent.child({ grace: Infinity });
    const below = unwinding.child({ grace: Infinity });
    const started = createGate();
    const run = parent.settle(async (op) => {
      await completed.run(() => 1);
      await failed.settle(() => Promise.reject(new Error('no')));
      void canceled.run(untilCanceled);
      canceled.cancel('before');
      void unwinding.run(() => below.run(() => gate.promise));
      below.cancel('first below');
      unwinding.cancel('before');
      started.open();
      await untilCanceled(op);
    });
    await started.promise;
    parent.cancel('after');
    gate.open();
    await run;
    expect([completed, failed, canceled, unwinding, below].map((op) => [op.status, op.reason, op.message])).toEqual([
      ['completed', undefined, undefined],
      ['failed', undefined, undefined],
      ['canceled', 'manual', 'before'],
      ['canceled', 'manual', 'before'],
      ['canceled', 'manual', 'first below'],
    ]);
    expect(failed.context.error).toBe('no');
  });

  it('reaches a child of which only the signal is held', async () => {
    const parent = new Cancelable();
    const { signal } = parent.child();
    await Promise.resolve();
    parent.cancel();
    expect(signal.aborted).toBe(true);
  });

  it('forbids new children to start [case 42]', async () => {
    const parent = new Cancelable();
    const before = parent.child();
    parent.cancel({ message: 'enough', propagate: false });
    for (const child of [before, parent.child()]) {
      const body = vi.fn<() => void>();
      const onStart = vi.fn<() => void>();
      child.onStart(onStart);
      await expect(child.run(body)).rejects.toMatchObject({ reason: 'parent', parentReason: 'manual' });
      expect(child.status).toBe('canceled');
      expect((child.error as Error).cause).toBe(parent.error);
      expect(body).not.toHaveBeenCalled();
      expect(onStart).not.toHaveBeenCalled();
    }
  });

  it.each([
    ['completed', (): unknown => 1],
    ['failed', (): unknown => Promise.reject(new Error('no'))],
  ])('is what a child gets that is started under a %s parent', async (status, body) => {
    const parent = new Cancelable();
    await parent.settle(body);
    expect(parent.status).toBe(status);
    await expect(parent.child().run(() => 1)).rejects.toMatchObject({
      reason: 'parent',
      parentId: parent.id,
      parentReason: undefined,
      message: expect.stringContaining(parent.id) as string,
    });
  });
});

describe('a tree', () => {
  it('can be walked from its root [case 49]', async () => {
    const root = new Cancelable({ id: 'root', name: 'page' });
    const gate = createGate();
    const run = root.run(async (op) => {
      const load = op.child({ id: 'load', name: 'load' });
      await op.wait(
        load.run((self) => Promise.all(['a', 'b'].map((id) => self.child({ id, name: id }).run(() => gate.promise)))),
      );
    });
    const walk = (op: Cancelable): unknown => [op.id, op.name, op.status, op.context.parentId, op.children.map(walk)];
    expect(walk(root)).toEqual([
      'root',
      'page',
      'running',
      undefined,
      [
        [
          'load',
          'load',
          'running',
          'root',
          [
            ['a', 'a', 'running', 'load', []],
            ['b', 'b', 'running', 'load', []],
          ],
        ],
      ],
    ]);
    gate.open();
    await run;
    expect(walk(root)).toEqual(['root', 'page', 'completed', undefined, []]);
  });
});
