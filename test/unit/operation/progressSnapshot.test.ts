import { describe, expect, it } from 'vitest';
import { Cancelable } from 'use-cancelable/core';

// What `op.progress` shows of the operation's own reports. Senseless numbers: progressNumbers.test.ts; children:
// progressOfChildren.test.ts; rate: progressRate.test.ts.

/** Runs the body in an operation that is still running when the body is called. */
const within = async (body: (op: Cancelable) => unknown): Promise<void> => {
  await new Cancelable().run(body);
};

const nothing = {
  progress: undefined,
  fraction: undefined,
  current: undefined,
  total: undefined,
  rate: undefined,
  eta: undefined,
  phase: undefined,
  message: undefined,
  metadata: {},
};

describe('the snapshot', () => {
  it('of a running operation that has reported nothing is indeterminate', () =>
    within((op) => {
      expect(op.progress).toEqual({ ...nothing, isIndeterminate: true });
    }));

  it('of a pending operation is not indeterminate', () => {
    expect(new Cancelable().progress.isIndeterminate).toBe(false);
  });

  it('shows the last report', () =>
    within((op) => {
      op.report('First', { progress: 10 });
      op.report('Copying', { current: 30, total: 40, rate: 5, eta: 2, phase: 'copy', file: 'a.txt' });
      expect(op.progress).toEqual({
        progress: 75,
        fraction: 0.75,
        current: 30,
        total: 40,
        rate: 5,
        eta: 2,
        phase: 'copy',
        message: 'Copying',
        metadata: { current: 30, total: 40, rate: 5, eta: 2, phase: 'copy', file: 'a.txt' },
        isIndeterminate: false,
      });
    }));

  it('keeps the numbers of the last report that had some when a later one has none', () =>
    within((op) => {
      op.report('Copying', { progress: 40, phase: 'copy' });
      op.report('Still copying');
      expect(op.progress).toMatchObject({ progress: 40, fraction: 0.4, message: 'Still copying', metadata: {} });
    }));

  it('prefers progress to current and total', () =>
    within((op) => {
      op.report('x', { progress: 20, current: 1, total: 2 });
      expect(op.progress).toMatchObject({ progress: 20, current: 1, total: 2 });
    }));

  it('shows how much is done though nobody knows how much there is', () =>
    within((op) => {
      op.report('Receiving', { current: 5000, rate: 100 });
      expect(op.progress).toMatchObject({ current: 5000, rate: 100, fraction: undefined, isIndeterminate: true });
    }));

  it('forgets no newer number for an older one', () =>
    within((op) => {
      op.report('Receiving', { current: 10, total: 20, rate: 1, eta: 10 });
      op.report('Receiving more than was said', { current: 30, rate: 2 });
      expect(op.progress).toMatchObject({ current: 30, rate: 2 });
    }));

  it('may fall with the own reports, as after a retry', () =>
    within((op) => {
      op.report('x', { progress: 80 });
      expect(op.progress.fraction).toBe(0.8);
      op.report('Once more', { progress: 5 });
      expect(op.progress.fraction).toBe(0.05);
    }));

  it('shows what was reported before the start', async () => {
    const op = new Cancelable();
    op.report('Queued', { progress: 25, phase: 'queue' });
    expect(op.progress).toMatchObject({ message: 'Queued', phase: 'queue', fraction: 0.25, progress: 25 });
    await op.run(() => expect(op.progress).toMatchObject({ message: 'Queued', fraction: 0.25 }));
  });

  it('shows the message and the metadata of the newest report from below, but no numbers of others', async () => {
    const parent = new Cancelable();
    await parent.run(() =>
      parent.child().run((child) => {
        parent.report('mine', { current: 1, total: 4, rate: 1, eta: 3 });
        child.report('from below', { current: 7, total: 8, rate: 9, eta: 9, phase: 'deep' });
        expect(parent.progress).toMatchObject({ message: 'from below', current: 1, total: 4, rate: 1, eta: 3 });
        expect(parent.progress.metadata).toMatchObject({ current: 7, phase: 'deep' });
        expect(parent.progress.phase).toBe('deep');
        expect(child.progress).toMatchObject({ message: 'from below', current: 7, total: 8 });
      }),
    );
  });

  it('is 1 and 100 percent only when completed', async () => {
    const op = new Cancelable();
    await op.run(() => {
      op.report('Done, nearly', { progress: 100 });
      expect(op.progress).toMatchObject({ fraction: 0.99, progress: 99 });
      op.report('Done, nearly', { current: 5, total: 5 });
      expect(op.progress).toMatchObject({ fraction: 0.99, progress: 99 });
    });
    expect(op.progress).toMatchObject({ fraction: 1, progress: 100, isIndeterminate: false });
  });

  it('is complete at the end of an operation that never reported', async () => {
    const op = new Cancelable();
    await op.run(() => undefined);
    expect(op.progress).toMatchObject({ fraction: 1, progress: 100, message: undefined });
  });

  it('stays where it was when the operation is canceled or fails', async () => {
    for (const end of [(op: Cancelable) => op.cancel(), (op: Cancelable) => op.fail(new Error('failed'))]) {
      const op = new Cancelable();
      const running = op.settle(async () => {
        op.report('On the way', { progress: 60 });
        end(op);
      });
      await running;
      expect(op.progress).toMatchObject({ fraction: 0.6, progress: 60, message: 'On the way', isIndeterminate: false });
    }
  });

  it('of a canceled operation without numbers is not indeterminate any more', async () => {
    const op = new Cancelable();
    await op.settle(() => op.cancel());
    expect(op.progress).toMatchObject({ fraction: undefined, isIndeterminate: false });
  });
});

describe('identity', () => {
  it('is the same object until something changes', () =>
    within((op) => {
      const first = op.progress;
      expect(op.progress).toBe(first);
      op.report('x', { progress: 1 });
      const second = op.progress;
      expect(second).not.toBe(first);
      expect(op.progress).toBe(second);
    }));

  it('is the same object though other operations report, start and end', async () => {
    const bystander = new Cancelable();
    await bystander.run(async () => {
      bystander.report('here', { progress: 5 });
      const snapshot = bystander.progress;
      const other = new Cancelable({ parent: null });
      await other.run(() => other.report('there', { progress: 50 }));
      const child = bystander.child();
      await bystander.wait(child.settle(() => Promise.reject(new Error('failed'))));
      expect(bystander.progress).toBe(snapshot);
    });
  });

  it('changes when a report changes nothing but the message or a field of the user', () =>
    within((op) => {
      op.report('one', { file: 'a' });
      const first = op.progress;
      op.report('two', { file: 'a' });
      const second = op.progress;
      op.report('two', { file: 'b' });
      expect(new Set([first, second, op.progress]).size).toBe(3);
      expect(op.progress.metadata).toEqual({ file: 'b' });
    }));

  it('can not be changed from outside', () =>
    within((op) => {
      op.report('x', { progress: 10 });
      expect(Object.isFrozen(op.progress)).toBe(true);
    }));

  it('does not change with the object that was reported', () =>
    within((op) => {
      const metadata = { current: 1, total: 10, bytes: 100 };
      op.report('x', metadata);
      const snapshot = op.progress;
      metadata.current = 9;
      metadata.bytes = 900;
      expect(snapshot).toMatchObject({ current: 1, metadata: { current: 1, bytes: 100 } });
      expect(op.progress).toBe(snapshot);
    }));

  it('shows what was reported though the object has changed before anybody looks', () =>
    within((op) => {
      const metadata = { current: 1, total: 10, bytes: 100 };
      op.report('x', metadata);
      metadata.current = 9;
      metadata.bytes = 900;
      expect(op.progress).toMatchObject({ current: 1, fraction: 0.1, metadata: { current: 1, bytes: 100 } });
    }));

  it('changes when the same object is reported again with other values', () =>
    within((op) => {
      const metadata = { bytes: 100 };
      op.report('x', metadata);
      const snapshot = op.progress;
      metadata.bytes = 200;
      op.report('x', metadata);
      expect(op.progress).not.toBe(snapshot);
      expect(op.progress.metadata).toEqual({ bytes: 200 });
      expect(snapshot.metadata).toEqual({ bytes: 100 });
    }));

  it('is right in the callbacks of the very report', () =>
    within((op) => {
      const seen: unknown[] = [];
      op.onProgress(() => seen.push(op.progress.progress));
      op.report('x', { progress: 10 });
      op.report('x', { progress: 20 });
      expect(seen).toEqual([10, 20]);
    }));

  it('is right in the callbacks of the end', async () => {
    const seen: unknown[] = [];
    const op = new Cancelable().onComplete(() => seen.push(op.progress.progress));
    await op.run(() => {
      expect(op.progress.progress).toBeUndefined();
    });
    const canceled = new Cancelable().onCancel(() => seen.push(canceled.progress.isIndeterminate));
    await canceled.settle(() => {
      expect(canceled.progress.isIndeterminate).toBe(true);
      canceled.cancel();
    });
    const failed = new Cancelable().onError(() => seen.push(failed.progress.isIndeterminate));
    await failed.settle(() => {
      expect(failed.progress.isIndeterminate).toBe(true);
      throw new Error('failed');
    });
    expect(seen).toEqual([100, false, false]);
  });
});
