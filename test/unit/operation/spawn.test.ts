import { describe, expect, it } from 'vitest';
import { Cancelable, isCancelation } from 'use-cancelable/core';
import { untilCanceled } from './bodies.ts';
import { createGate } from './gate.ts';
import { isSettledSoon } from './nextTask.ts';
import { collectReportedErrors } from './reportedErrors.ts';

describe('spawn', () => {
  it('starts a child at once and gives its value', async () => {
    const op = new Cancelable();
    const value = await op.run(async (self) => {
      const spawned = self.spawn(async (child) => child.name, { name: 'rows' });
      expect(self.children.map(({ name, status }) => [name, status])).toEqual([['rows', 'running']]);
      return self.wait(spawned);
    });
    expect(value).toBe('rows');
  });

  it('makes the parent wait for it', async () => {
    const gate = createGate();
    const op = new Cancelable();
    const run = op.run((self) => {
      self.spawn(() => gate.promise).catch(() => {});
    });
    expect(await isSettledSoon(run)).toBe(false);
    gate.open();
    await run;
  });

  it('makes the failure of the child the failure of the parent, in one step', async () => {
    const error = new Error('no');
    const gate = createGate();
    const op = new Cancelable();
    const statuses: unknown[] = [];
    op.onError((context, thrown) => statuses.push([context.status, thrown, child.status, sibling.status]));
    let child!: Cancelable;
    let sibling!: Cancelable;
    const { signal } = op;
    const run = op.settle(async (self) => {
      void self.spawn((each) => {
        child = each;
        return gate.promise;
      });
      void self.spawn((each) => {
        sibling = each;
        return untilCanceled(each);
      });
      await untilCanceled(self);
    });
    gate.fail(error);
    await expect(run).resolves.toEqual({ status: 'failed', error });
    expect(statuses).toEqual([['failed', error, 'failed', 'canceled']]);
    expect([op.error, child.error]).toEqual([error, error]);
    expect([sibling.reason, (sibling.error as Error).cause]).toEqual(['sibling', error]);
    expect([signal.aborted, signal.reason]).toEqual([true, error]);
  });

  it('rejects the waits in the body of the parent with the error itself', async () => {
    const error = new Error('no');
    const op = new Cancelable();
    let thrown: unknown;
    await op.settle(async (self) => {
      void self.spawn(() => Promise.reject(error));
      await untilCanceled(self).catch((reason: unknown) => {
        thrown = reason;
      });
    });
    expect(thrown).toBe(error);
  });

  it('makes the parent fail although its body swallows the error and returns', async () => {
    const error = new Error('no');
    const op = new Cancelable();
    const run = op.run(async (self) => {
      await self.spawn(() => Promise.reject(error)).catch(() => {});
      return 'a value';
    });
    await expect(run).rejects.toBe(error);
    expect(op.status).toBe('failed');
  });

  it('cancels every kind of sibling, running, pending and what is below', async () => {
    const error = new Error('no');
    const op = new Cancelable();
    const [running, pending] = [op.child(), op.child()];
    const grandchild = running.child();
    await op.settle((self) => {
      void running.run(() => grandchild.run(untilCanceled));
      void self.spawn(() => {
        throw error;
      });
    });
    expect([running, pending, grandchild].map((each) => [each.status, each.reason])).toEqual([
      ['canceled', 'sibling'],
      ['canceled', 'sibling'],
      ['canceled', 'parent'],
    ]);
  });

  it('goes up through parents that were spawned themselves, to the first that was not', async () => {
    const error = new Error('no');
    const gate = createGate();
    const root = new Cancelable({ parent: null });
    const told: string[] = [];
    let middle!: Cancelable;
    const awaited = root.child({ name: 'awaited' }).onError(() => void told.push('awaited'));
    const outcome = root.run(async (op) => {
      const inner = await op.wait(
        awaited.settle((self) => {
          void self.spawn(
            (each) => {
              middle = each;
              each.onError(() => void told.push('middle'));
              void each.spawn(() => gate.promise, { name: 'leaf' });
            },
            { name: 'middle' },
          );
        }),
      );
      return inner.status;
    });
    gate.fail(error);
    await expect(outcome).resolves.toBe('failed');
    expect([awaited.error, middle.error, root.status]).toEqual([error, error, 'completed']);
    expect(told).toEqual(['awaited', 'middle']);
  });

  it('touches nobody when the spawned child is canceled', async () => {
    const op = new Cancelable();
    const value = await op.run(async (self) => {
      let child: Cancelable | undefined;
      const spawned = self.spawn((each) => {
        child = each;
        return untilCanceled(each);
      });
      const timedOut = self.spawn(untilCanceled, { timeout: 1 });
      child!.cancel('not needed');
      const errors = await Promise.all([spawned, timedOut].map((each) => each.catch((error: unknown) => error)));
      expect(errors.map((error) => isCancelation(error))).toEqual([true, true]);
      return 'went on';
    });
    expect([value, op.status]).toEqual(['went on', 'completed']);
  });

  it('makes a failure of the cancelation of somebody else that its body lets through', async () => {
    const stranger = new Cancelable({ parent: null });
    stranger.cancel('not here');
    const op = new Cancelable();
    const run = op.settle((self) => {
      void self.spawn(() => stranger.run(() => 1));
    });
    await expect(run).resolves.toEqual({ status: 'failed', error: stranger.error });
  });

  it('keeps the first of two failures; the second is not lost', async () => {
    const [first, second] = [new Error('first'), new Error('second')];
    const op = new Cancelable();
    let other!: Cancelable;
    const run = op.settle((self) => {
      void self.spawn(async (each) => {
        other = each;
        await untilCanceled(each).catch(() => {});
        throw second;
      });
      void self.spawn(() => Promise.reject(first));
    });
    await expect(run).resolves.toEqual({ status: 'failed', error: first });
    expect(other.error).toMatchObject({ reason: 'sibling', suppressed: [second] });
  });

  it('under a canceled parent rejects with reason parent and never starts', async () => {
    const op = new Cancelable();
    op.cancel();
    let started = false;
    await expect(
      op.spawn(() => {
        started = true;
      }),
    ).rejects.toMatchObject({ reason: 'parent' });
    expect(started).toBe(false);
  });

  it('loses no failure under a parent that was canceled without it', async () => {
    const reported = collectReportedErrors();
    const gate = createGate();
    const error = new Error('lost?');
    const op = new Cancelable();
    const run = op.settle((self) => {
      void self.spawn(() => gate.promise);
      return untilCanceled(self);
    });
    op.cancel({ propagate: false });
    gate.fail(error);
    await expect(run).resolves.toMatchObject({ status: 'canceled' });
    const kept = isCancelation(op.error) ? op.error.suppressed : [];
    expect([...kept, ...reported]).toEqual([error]);
  });

  it('of ten thousand levels fails to the top', async () => {
    const error = new Error('no');
    const gate = createGate();
    const root = new Cancelable({ parent: null });
    const run = root.settle((op) => {
      let at: Cancelable = op;
      for (let level = 0; level < 10_000; level += 1) {
        let below: Cancelable | undefined;
        void at.spawn((each) => {
          below = each;
          return level === 9999 ? gate.promise : untilCanceled(each);
        });
        at = below!;
      }
    });
    gate.fail(error);
    await expect(run).resolves.toEqual({ status: 'failed', error });
  });
});
