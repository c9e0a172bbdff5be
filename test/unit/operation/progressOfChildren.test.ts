import { describe, expect, it } from 'vitest';
import { Cancelable, type OperationOptions } from 'use-cancelable/core';
import { takeTurns } from './randomTree.ts';

// How `op.progress` follows from the progress of children.

interface Started {
  readonly op: Cancelable;
  end(): Promise<unknown>;
}

/** A child that runs until it is told to end. */
function start(parent: Cancelable, options?: Omit<OperationOptions, 'parent'>): Started {
  const op = parent.child(options);
  let finish!: () => void;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const running = op.settle(() => op.wait(ended));
  return {
    op,
    end: () => {
      finish();
      return running;
    },
  };
}

/** Calls the body with a running operation, and ends what it has started. */
async function withParent(body: (parent: Cancelable) => unknown): Promise<void> {
  const parent = new Cancelable({ parent: null, children: 'cancel' });
  await parent.run(() => body(parent));
}

describe('the fraction of a parent', () => {
  it('is the mean of its running children', () =>
    withParent((parent) => {
      const [first, second] = [start(parent), start(parent)];
      first.op.report('x', { progress: 20 });
      second.op.report('x', { progress: 60 });
      expect(parent.progress).toMatchObject({ fraction: 0.4, progress: 40, isIndeterminate: false });
    }));

  it('is weighted', () =>
    withParent((parent) => {
      const [light, heavy] = [start(parent, { weight: 1 }), start(parent, { weight: 3 })];
      light.op.report('x', { progress: 80 });
      heavy.op.report('x', { progress: 0 });
      expect(parent.progress.fraction).toBeCloseTo(0.2, 10);
      heavy.op.report('x', { progress: 40 });
      expect(parent.progress.fraction).toBeCloseTo(0.5, 10);
    }));

  it('counts pending children as nothing done', () =>
    withParent((parent) => {
      const pending = parent.child();
      start(parent).op.report('x', { progress: 60 });
      expect(parent.progress.fraction).toBeCloseTo(0.3, 10);
      expect(pending.isPending).toBe(true);
    }));

  it('counts completed children as done, after they were released too', () =>
    withParent(async (parent) => {
      const [first, second] = [start(parent, { weight: 3 }), start(parent)];
      second.op.report('x', { progress: 20 });
      await first.end();
      expect(parent.children).toEqual([second.op]);
      expect(parent.progress.fraction).toBeCloseTo((3 + 0.2) / 4, 10);
    }));

  it('is unknown as soon as that of a running child is', () =>
    withParent((parent) => {
      const known = start(parent);
      known.op.report('x', { progress: 50 });
      expect(parent.progress.fraction).toBe(0.5);
      const unknown = start(parent);
      expect(parent.progress).toMatchObject({ fraction: undefined, progress: undefined, isIndeterminate: true });
      unknown.op.report('x', { progress: 50 });
      expect(parent.progress.fraction).toBe(0.5);
    }));

  it('leaves canceled and failed children out', () =>
    withParent(async (parent) => {
      const [canceled, failed, rest] = [start(parent), start(parent), start(parent)];
      for (const [child, progress] of [
        [canceled, 0],
        [failed, 0],
        [rest, 60],
      ] as const) {
        child.op.report('x', { progress });
      }
      expect(parent.progress.fraction).toBeCloseTo(0.2, 10);
      canceled.op.cancel();
      expect(parent.progress.fraction).toBeCloseTo(0.3, 10);
      failed.op.fail(new Error('failed'));
      expect(parent.progress.fraction).toBeCloseTo(0.6, 10);
      await Promise.all([canceled.end(), failed.end()]);
      expect(parent.progress.fraction).toBeCloseTo(0.6, 10);
    }));

  it('is unknown when only canceled and failed children are left', () =>
    withParent((parent) => {
      const only = start(parent);
      only.op.cancel();
      expect(parent.progress).toMatchObject({ fraction: undefined, isIndeterminate: true });
    }));

  it('leaves children without weight out', () =>
    withParent((parent) => {
      start(parent, { weight: 0 }).op.report('x', { progress: 80 });
      expect(parent.progress.fraction).toBeUndefined();
      start(parent).op.report('x', { progress: 10 });
      expect(parent.progress.fraction).toBeCloseTo(0.1, 10);
    }));

  it('is not that of the children once the parent has reported numbers of its own', () =>
    withParent((parent) => {
      const child = start(parent);
      child.op.report('x', { progress: 80 });
      expect(parent.progress.fraction).toBe(0.8);
      parent.report('I know better', { progress: 20 });
      expect(parent.progress.fraction).toBe(0.2);
      child.op.report('x', { progress: 90 });
      expect(parent.progress.fraction).toBe(0.2);
    }));

  it('stays that of the children when the parent reports words only', () =>
    withParent((parent) => {
      start(parent).op.report('x', { progress: 30 });
      parent.report('Working');
      expect(parent.progress).toMatchObject({ fraction: 0.3, message: 'Working' });
    }));

  it('never falls when children come late', () =>
    withParent((parent) => {
      const first = start(parent);
      first.op.report('x', { progress: 80 });
      expect(parent.progress.fraction).toBe(0.8);
      const late = start(parent);
      late.op.report('x', { progress: 0 });
      expect(parent.progress.fraction).toBe(0.8);
      first.op.report('x', { progress: 95 });
      late.op.report('x', { progress: 85 });
      expect(parent.progress.fraction).toBeCloseTo(0.9, 10);
    }));

  it('never falls when a child starts anew, or becomes unknown for a while', () =>
    withParent((parent) => {
      const child = start(parent);
      child.op.report('x', { progress: 70 });
      expect(parent.progress.fraction).toBe(0.7);
      child.op.report('Once more', { progress: 10 });
      expect(parent.progress.fraction).toBe(0.7);
      const unknown = start(parent);
      expect(parent.progress.fraction).toBeUndefined();
      unknown.op.cancel();
      expect(parent.progress.fraction).toBe(0.7);
    }));

  it('never falls between two looks at it, though nobody looked at the height', () =>
    withParent((parent) => {
      const child = start(parent);
      child.op.report('x', { progress: 10 });
      expect(parent.progress.fraction).toBe(0.1);
      child.op.report('x', { progress: 5 });
      expect(parent.progress.fraction).toBe(0.1);
    }));

  it('is below one as long as the parent runs, though all children have completed', () =>
    withParent(async (parent) => {
      await Promise.all([start(parent).end(), start(parent).end()]);
      expect(parent.progress).toMatchObject({ fraction: 0.99, progress: 99 });
    }));

  it('comes through levels that report nothing themselves', () =>
    withParent(async (parent) => {
      const middle = start(parent);
      const [left, right] = [start(middle.op), start(middle.op)];
      left.op.report('x', { progress: 40 });
      right.op.report('x', { progress: 80 });
      start(parent).op.report('x', { progress: 20 });
      expect(middle.op.progress.fraction).toBeCloseTo(0.6, 10);
      expect(parent.progress.fraction).toBeCloseTo(0.4, 10);
      await left.end();
      expect(middle.op.progress.fraction).toBeCloseTo(0.9, 10);
      expect(parent.progress.fraction).toBeCloseTo(0.55, 10);
    }));
});

describe('the snapshot of a parent', () => {
  it('changes when a child starts, completes or is canceled', () =>
    withParent(async (parent) => {
      const seen = [parent.progress];
      const [first, second] = [start(parent), start(parent)];
      first.op.report('x', { progress: 10 });
      second.op.report('x', { progress: 10 });
      seen.push(parent.progress);
      await first.end();
      seen.push(parent.progress);
      second.op.cancel();
      seen.push(parent.progress);
      expect(seen.map(({ fraction }) => fraction)).toEqual([undefined, 0.1, 0.55, 0.99]);
    }));

  it('stays the same object when a child starts and ends without an effect on it', () =>
    withParent(async (parent) => {
      parent.report('Working', { progress: 30 });
      const snapshot = parent.progress;
      await start(parent).end();
      expect(parent.progress).toBe(snapshot);
    }));

  it('shows a report of a grandchild', () =>
    withParent((parent) => {
      start(start(parent).op).op.report('deep', { progress: 50, file: 'a' });
      expect(parent.progress).toMatchObject({ fraction: 0.5, message: 'deep', metadata: { progress: 50, file: 'a' } });
    }));
});

describe('at the end', () => {
  it.each<[string, (op: Cancelable) => unknown]>([
    ['canceled', (op) => op.cancel()],
    ['failed', (op) => op.fail(new Error('failed'))],
  ])('the whole tree of a %s operation stays where it was, looked at before or not', async (_status, end) => {
    const root = new Cancelable();
    const running = root.settle((op) => op.wait(new Promise(() => {})));
    const inner = start(root);
    const [completed, running1, running2] = [start(inner.op), start(inner.op), start(inner.op)];
    await completed.end();
    running1.op.report('x', { progress: 40 });
    running2.op.report('x', { progress: 10 });
    end(root);
    expect(root.progress).toMatchObject({ fraction: 0.5, progress: 50, isIndeterminate: false });
    expect(inner.op.progress).toMatchObject({ fraction: 0.5, isIndeterminate: false });
    expect(running1.op.progress.fraction).toBe(0.4);
    await running;
    expect(root.progress.fraction).toBe(0.5);
    expect(inner.op.progress.fraction).toBe(0.5);
  });

  it('a canceled child stays where it was under a parent that has numbers of its own', async () => {
    const root = new Cancelable();
    const running = root.settle((op) => op.wait(new Promise(() => {})));
    root.report('My own', { progress: 70 });
    const inner = start(root);
    start(inner.op).op.report('x', { progress: 30 });
    root.cancel();
    expect(root.progress.fraction).toBe(0.7);
    expect(inner.op.progress.fraction).toBe(0.3);
    await running;
  });

  it('an operation whose children were all canceled before does not make up a fraction', async () => {
    const root = new Cancelable();
    const running = root.settle((op) => op.wait(new Promise(() => {})));
    const children = [start(root, { weight: 0.1 }), start(root, { weight: 0.2 })];
    for (const [index, child] of children.entries()) child.op.report('x', { progress: 30 + index * 40 });
    for (const child of children) child.op.cancel();
    await Promise.all(children.map((child) => child.end()));
    await takeTurns();
    root.cancel();
    expect(root.progress.fraction).toBeUndefined();
    await running;
  });

  it('a failure of a spawned child leaves the parent where it was', async () => {
    const root = new Cancelable();
    let fail!: (error: Error) => void;
    const running = root.settle((op) => op.wait(new Promise(() => {})));
    void root.spawn((op) => {
      op.report('x', { progress: 30 });
      return op.wait(
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
      );
    });
    start(root).op.report('x', { progress: 50 });
    fail(new Error('failed'));
    await running;
    expect(root.status).toBe('failed');
    expect(root.progress.fraction).toBeCloseTo(0.4, 10);
  });
});

describe('an operation that fails with its child', () => {
  it('stays where it was, whoever has looked at it when the child was gone', async () => {
    const op = new Cancelable({ parent: null });
    const seen: Array<number | undefined> = [];
    await op.settle(async () => {
      await op.child().run(() => {});
      const bad = op.child({ weight: 6 }).onError(() => seen.push(op.progress.progress));
      const later = op.child();
      await bad.run((bad) => {
        bad.report('', { progress: 10 });
        seen.push(op.progress.progress);
        throw new Error(`before ${later.id}`);
      });
    });
    expect([seen, op.progress.progress]).toEqual([[20, 50], 20]);
  });

  it('stays where it was when that child has to wait for one that ignores its signal', async () => {
    const op = new Cancelable({ parent: null });
    const seen: Array<number | undefined> = [];
    await op.settle(async () => {
      await op.child().run(() => {});
      const bad = op.child({ weight: 6 });
      const later = op.child();
      await bad.run((bad) => {
        void bad.child().settle(() => new Promise(() => {}));
        bad.report('', { progress: 10 });
        seen.push(op.progress.progress);
        throw new Error(`before ${later.id}`);
      });
    });
    expect([seen, op.progress.progress]).toEqual([[20], 20]);
  });

  it('that is canceled at that moment keeps what it has told', () => {
    const op = new Cancelable({ parent: null });
    void op.settle(() => {
      void op.child().settle(() => new Promise(() => {}));
      void op.child().settle(() => new Promise(() => {}));
      return new Promise(() => {});
    });
    const [first, second] = op.children;
    first!.report('', { progress: 0 });
    first!.cancel();
    second!.report('', { progress: 10 });
    expect(op.progress.progress).toBe(10);
    op.cancel();
    expect(op.progress.progress).toBe(10);
  });

  it('goes on without the child when it does not fail with it', async () => {
    const op = new Cancelable({ parent: null });
    await op.run(async () => {
      await op.child().run(() => {});
      const later = op.child();
      await op.child({ weight: 6 }).settle((bad) => bad.fail(new Error('no')));
      await op.sleep(1);
      expect(op.progress.progress).toBe(50);
      await later.run(() => {});
    });
  });
});
